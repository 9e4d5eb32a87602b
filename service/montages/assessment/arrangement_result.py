"""What is concluded of one arrangement as data: its verdict, and the checks it rests on (R30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, NotRequired, TypedDict

from montages.assessment.json_pieces import compact
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.bilingual import Text, in_both
from montages.json_schema import Rule, Slug
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.logic import DutyState, Outcome, ProcedureVerdict, Verdict
from montages.knowledge.model import Arrangement, Attention
from montages.one_line import OneLine


def plain_number(number: Decimal) -> int | float:
    """Return a number as JSON writes it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


OutcomeSlug = Annotated[str, Rule(enum=[outcome.value for outcome in Outcome])]


class CheckEntry(TypedDict):
    """A requirement looked at, in slugs and numbers; what is as usual is left out."""

    requirement: Slug
    outcome: OutcomeSlug
    given: NotRequired[
        Annotated[Slug | int | float | list[Slug], "The answer; absent where there is none."]
    ]
    asserted: NotRequired[
        Annotated[Literal[True], "The description says that the whole requirement is met."]
    ]
    presumed: NotRequired[
        Annotated[Literal[True], "The answer is presumed, by law or by practice."]
    ]
    not_in_force_at_signature: NotRequired[Literal[True]]


@dataclass(frozen=True)
class Check(OneLine):
    """One requirement looked at for what units answer together."""

    requirement: Requirement
    outcome: str
    given: tuple[str, ...]
    shown: Text
    state: str
    accepted: Text
    accepted_values: tuple[str, ...]
    number: Decimal | None = None
    asserted: bool = False
    presumed: bool = False
    after_signature: bool = False

    @cached_property
    def json(self) -> bytes:
        """Return the check as JSON, written: what its slugs stand for is in no check."""
        entry: CheckEntry = {"requirement": self.requirement.slug, "outcome": self.outcome}
        if self.number is not None:
            entry["given"] = plain_number(self.number)
        elif self.given:
            entry["given"] = self.given[0] if len(self.given) == 1 else list(self.given)
        if self.asserted:
            entry["asserted"] = True
        elif self.presumed:
            entry["presumed"] = True
        if self.after_signature:
            entry["not_in_force_at_signature"] = True
        return compact(entry)


@dataclass(frozen=True)
class DutyResult(OneLine):
    """A duty with where it stands for a project, the most pressing of its units."""

    requirement: Duty
    state: DutyState


@dataclass(frozen=True)
class Fold(OneLine):
    """Why an arrangement is lawful and hardly sensible: preferences not met, presumptions that close it."""

    because: tuple[Requirement, ...]
    presumed: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class ArrangementResult(OneLine):
    """What is concluded of one arrangement, for some units together: one, or all of a project.

    `best` is the verdict, with its terms. Of what is beside it, such as the checks, there is nothing here, as
    for what is not in force: an `ExplainedResult` works it out when it is asked for.
    """

    arrangement: Arrangement
    best: UnitVerdict
    folded: Fold | None = None
    procedure: ProcedureVerdict | None = None

    @property
    def verdict(self) -> Verdict:
        """Return the verdict (R34)."""
        return self.best.verdict

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms one accepts by taking the arrangement."""
        return self.best.terms

    @property
    def to_verify(self) -> tuple[Term, ...]:
        """Return the facts to verify, with the values needed."""
        return self.best.to_verify

    @property
    def reopens_to(self) -> tuple[Reopening, ...]:
        """Return the changes of stated choices that reopen the arrangement."""
        return self.best.reopens_to

    @property
    def provisional(self) -> bool:
        """Tell whether the verdict would be another without what is only assumed (R7)."""
        return self.best.provisional

    @property
    def in_force(self) -> bool:
        """Tell whether the arrangement exists at the date."""
        return True

    @property
    def wanted(self) -> tuple[str, ...]:
        """Return the criteria it waits for: to verify, presumed, then terms that are not ordinary."""
        facts = (term.criterion for term in self.to_verify)
        terms = (term.criterion for term in self.terms if not term.ordinary)
        return tuple(dict.fromkeys((*facts, *self.best.presumed, *terms)))

    @property
    def summary(self) -> Text:
        """Return the verdict in one sentence."""
        return in_both(self.summary_in)

    def summary_in(self, lang: str) -> str:
        """Return the verdict in one sentence of a language."""
        return ""

    @property
    def checks(self) -> Sequence[Check]:
        """Return every requirement looked at."""
        return ()

    @property
    def attention(self) -> Sequence[Attention]:
        """Return the points of attention that no answer refutes."""
        return ()

    @property
    def to_the_point(self) -> frozenset[str]:
        """Return the points of attention that answers establish."""
        return frozenset()

    @property
    def duties(self) -> Sequence[DutyResult]:
        """Return the duties that may be due."""
        return ()
