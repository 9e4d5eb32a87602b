"""What a verdict asks for: terms to accept, facts to verify, choices to change (R34)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from montages.knowledge.logic import Verdict


@dataclass(frozen=True)
class Term:
    """An answer that is wanted: a term to accept, a fact to verify, a choice to change."""

    criterion: str
    to: tuple[str, ...]
    ordinary: bool = False

    def to_json(self) -> dict[str, Any]:
        """Return the term as JSON."""
        return {"criterion": self.criterion, "to": list(self.to), "ordinary": self.ordinary}


@dataclass(frozen=True)
class Reopening:
    """Changes of stated choices, and the verdict that they lead to."""

    changes: tuple[Term, ...]
    verdict: Verdict

    def to_json(self) -> dict[str, Any]:
        """Return the reopening as JSON."""
        changes = [{"criterion": c.criterion, "to": list(c.to)} for c in self.changes]
        return {"changes": changes, "verdict": self.verdict.value}
