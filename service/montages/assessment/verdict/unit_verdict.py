"""What a verdict on an arrangement says: open or closed, on what terms, after what (R34)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
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


@dataclass(frozen=True)
class UnitVerdict:
    """A verdict with what it rests on; `presumed`: the criteria presumed by practice it is softened for."""

    verdict: Verdict
    terms: tuple[Term, ...] = ()
    to_verify: tuple[Term, ...] = ()
    reopens_to: tuple[Reopening, ...] = ()
    closed_by: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()
    provisional: bool = False

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(tuple(getattr(self, each.name) for each in fields(self)))

    @cached_property
    def unusual(self) -> int:
        """Return how many terms are not ordinary."""
        return sum(not term.ordinary for term in self.terms)

    @cached_property
    def rank(self) -> tuple[int, int, int, int]:
        """Return what sorts verdicts, best first: facts to verify, then terms that are not ordinary."""
        return (self.verdict.rank, len(self.to_verify), self.unusual, len(self.closed_by))


NOT_IN_FORCE = UnitVerdict(Verdict.CLOSED)
