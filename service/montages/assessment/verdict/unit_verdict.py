"""What a verdict on an arrangement says: open or closed, on what terms, after what (R34)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, TypedDict

from montages.assessment.entry_types import Disputed, VerdictKind
from montages.json_schema import Slug
from montages.knowledge.logic import Verdict
from montages.one_line import OneLine


class ChangeEntry(TypedDict):
    """An answer that is wanted, any of its values."""

    criterion: Slug
    to: list[Slug]


class TermEntry(ChangeEntry):
    """An answer that is wanted, with every value that serves."""

    ordinary: Annotated[bool, "Whether one of these values is what such a purchase has anyway."]


class ReopeningEntry(TypedDict):
    """Changes of stated choices, and the verdict they lead to."""

    changes: list[ChangeEntry]
    verdict: VerdictKind


class TermsEntry(TypedDict):
    """What a verdict rests on: terms, facts to verify or in dispute, what reopens and closes it."""

    terms: Annotated[list[TermEntry], "What one accepts by taking it."]
    to_verify: Annotated[list[TermEntry], "The facts to find out, with the values needed."]
    disputed: Disputed
    reopens_to: list[ReopeningEntry]
    closed_by: Annotated[Sequence[Slug], "The requirements that close it."]


@dataclass(frozen=True)
class Term(OneLine):
    """An answer that is wanted: a term to accept, a fact to verify, a choice to change."""

    criterion: str
    to: tuple[str, ...]
    ordinary: bool = False

    def to_json(self) -> TermEntry:
        """Return the term as JSON."""
        return {"criterion": self.criterion, "to": list(self.to), "ordinary": self.ordinary}

    def change_json(self) -> ChangeEntry:
        """Return the term as JSON, whether it is ordinary or not."""
        return {"criterion": self.criterion, "to": list(self.to)}


@dataclass(frozen=True)
class Reopening(OneLine):
    """Changes of stated choices, and the verdict that they lead to."""

    changes: tuple[Term, ...]
    verdict: Verdict

    def to_json(self) -> ReopeningEntry:
        """Return the reopening as JSON."""
        changes = [change.change_json() for change in self.changes]
        return {"changes": changes, "verdict": self.verdict}


@dataclass(frozen=True)
class UnitVerdict(OneLine):
    """A verdict with what it rests on; `presumed`: the criteria presumed by practice it is softened for.

    `disputed` are the facts that a gate both accepts and refuses. `reopen` works out the changes that
    reopen it, when they are asked for.
    """

    verdict: Verdict
    terms: tuple[Term, ...] = ()
    to_verify: tuple[Term, ...] = ()
    closed_by: tuple[str, ...] = ()
    presumed: tuple[str, ...] = ()
    disputed: tuple[str, ...] = ()
    provisional: bool = False
    reopen: Callable[[], tuple[Reopening, ...]] = field(default=tuple, repr=False, compare=False)

    @cached_property
    def reopens_to(self) -> tuple[Reopening, ...]:
        """Return the changes of stated choices that reopen it, the first few."""
        return self.reopen()

    @cached_property
    def terms_entry(self) -> TermsEntry:
        """Return what it rests on as JSON, not to be changed: a verdict is that of many projects."""
        return {
            "terms": [term.to_json() for term in self.terms],
            "to_verify": [term.to_json() for term in self.to_verify],
            "disputed": self.disputed,
            "reopens_to": [reopening.to_json() for reopening in self.reopens_to],
            "closed_by": self.closed_by,
        }

    @cached_property
    def unusual(self) -> int:
        """Return how many terms are not ordinary."""
        return sum(not term.ordinary for term in self.terms)


NOT_IN_FORCE = UnitVerdict(Verdict.CLOSED)
