"""Montages: which contractual set-ups fit a French smart-territory project, and why.

>>> import montages
>>> montages.load().assess("data/projects/dijon.ttl").status("mpgp")  # doctest: +SKIP
'undetermined'
"""

from montages.decision.api import Knowledge, load
from montages.decision.assessment import Assessment
from montages.decision.findings import Report

__all__ = ["Assessment", "Knowledge", "Report", "load"]
