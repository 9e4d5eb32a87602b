"""How much an output says: brief, what one acts on; full, all that it rests on (R40)."""

from __future__ import annotations

from montages.bilingual import Text

BRIEF, FULL = "brief", "full"
DETAILS = (BRIEF, FULL)
# Of a batch alone: a row a project, a verdict a contract.
VERDICTS = "verdicts"
DETAIL_HELP = Text(
    "ce qui est dit : brief, l'essentiel ; full, tout",
    "how much is said: brief, the essential; full, all of it",
)
