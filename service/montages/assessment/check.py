"""What a requirement means for a project, as data: a check, a duty, a reason to fold (R30)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal, NotRequired, TypedDict

from montages.assessment.json_pieces import compact
from montages.bilingual import Text
from montages.json_schema import Rule, Slug
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.logic import DutyState, Outcome
from montages.one_line import OneLine


def plain_number(number: Decimal) -> int | float:
    """Return a JSON number: int if whole, else float."""
    return int(number) if number == number.to_integral_value() else float(number)


OutcomeSlug = Annotated[str, Rule(enum=[outcome.value for outcome in Outcome])]


class CheckEntry(TypedDict):
    """A checked requirement, in slugs and numbers; default values are left out."""

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
    """One requirement checked on the units' joint answers."""

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
        """Return the check as JSON bytes, with slugs but without their labels."""
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
    """A duty and its state for a project: the most pressing among its units."""

    requirement: Duty
    state: DutyState


@dataclass(frozen=True)
class Fold(OneLine):
    """Why an arrangement is lawful but unwise: unmet preferences, or presumptions that close it."""

    because: tuple[Requirement, ...]
    presumed: tuple[str, ...] = ()
