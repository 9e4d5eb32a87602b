"""The Python door: in come descriptions in any form, out go findings, assessments and advice.

`load` gives the `Knowledge` (read `knowledge`), which advises, and reads, checks and assesses
(`project_assessor`) what it is given (`description_source`). Advice is imported when it is asked for.
"""

from montages.api.description_source import Source
from montages.api.knowledge import Knowledge, load

__all__ = ["Knowledge", "Source", "load"]
