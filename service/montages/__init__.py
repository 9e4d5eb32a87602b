"""Montages: which contractual set-ups fit a French smart-territory project, and why.

>>> import montages
>>> montages.load().assess("data/projects/dijon.ttl").status("mpgp")  # doctest: +SKIP
'undetermined'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from montages.decision.api import Knowledge, load
    from montages.decision.assessment import Assessment
    from montages.decision.findings import Report

__all__ = ["Assessment", "Knowledge", "Report", "load"]

_WHERE = {
    "Assessment": "assessment",
    "Knowledge": "api",
    "Report": "findings",
    "load": "api",
}


def __getattr__(name: str) -> Any:
    """Return a public name, imported when first used: no command needs all of them."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"montages.decision.{_WHERE[name]}"), name)
    globals()[name] = found
    return found
