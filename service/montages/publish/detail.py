"""How much an output says: brief, what one acts on; full, all that it rests on (R40)."""

from __future__ import annotations

BRIEF, FULL = "brief", "full"
DETAILS = (BRIEF, FULL)
# Of a batch alone: a row a project, a verdict a contract.
VERDICTS = "verdicts"
# Of an explanation: how deep it goes.
DEPTHS = ("sentence", "checklist", "proof")
