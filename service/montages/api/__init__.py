"""The Python door: in come descriptions in any form, out go findings, assessments and advice.

`load` gives the `Knowledge` (read `knowledge`), which reads and checks (`source_reader`), assesses
(`project_assessor`) and advises (`project_adviser`). Advice is imported when it is asked for; what serves
many calls `import_advice` before it starts.
"""

from montages.api.description_source import Source
from montages.api.knowledge import Knowledge, load

__all__ = ["Knowledge", "Source", "load"]
