"""Montages: which contractual set-ups fit a French smart-territory project, and why.

The rooms, from the ground up, each importing those before it only: `knowledge`, `description`, `validation`
and `reasoning`, `engine`, `assessment`, `proof`, `advice`, `store`, `publish`, `quality` and
`rulebook_tests`, `api`, `batch`, then the doors `cli`, `web` and `mcp`. The docstring of each says what comes
in and out, and what to read first; `names`, `errors` and `settings` are for all.

>>> import montages
>>> montages.load().assess("data/projects/dijon.ttl").verdict("mpgp")  # doctest: +SKIP
'undetermined'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from montages.api import Knowledge, load
    from montages.assessment.assessment import Assessment
    from montages.batch.assess_frame import assess_many
    from montages.description.description import Description
    from montages.validation.findings import Report

__all__ = ["Assessment", "Description", "Knowledge", "Report", "assess_many", "load"]

_MODULES = {
    "Assessment": "assessment.assessment",
    "Description": "description.description",
    "Knowledge": "api",
    "Report": "validation.findings",
    "assess_many": "batch.assess_frame",
    "load": "api",
}

# Not for checkers of types: by it they would take any name for one of ours.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Return a public name, imported when first used: no command needs all of them."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(f"montages.{_MODULES[name]}"), name)
        globals()[name] = value
        return value

    def __dir__() -> list[str]:
        """Return the public names, those not yet imported among them."""
        return sorted({*globals(), *__all__})
