"""A verdict as data: one arrangement's status, the checks it rests on, and the answers it lacks (R30)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from montages.assessment.json_pieces import compact
from montages.assessment.verdict.unit_verdict import Reopening, Term, UnitVerdict
from montages.bilingual import Text
from montages.knowledge.logic import DutyState, ProcedureVerdict, Verdict
from montages.knowledge.model import Arrangement, Attention, Requirement


def plain_number(number: Decimal) -> int | float:
    """Return a number as JSON writes it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)


@dataclass(frozen=True)
class Check:
    """One requirement looked at for one unit, or for several that agree."""

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
    units: tuple[str, ...] = ()

    @cached_property
    def json(self) -> bytes:
        """Return the check as JSON, in slugs and numbers: what they stand for is in no check."""
        value: Any = self.given[0] if len(self.given) == 1 else list(self.given) or None
        out: dict[str, Any] = {"requirement": self.requirement.slug, "outcome": self.outcome}
        if self.number is not None:
            out["given"] = plain_number(self.number)
        elif value is not None:
            out["given"] = value
        if self.asserted:
            out["asserted"] = True
        elif self.presumed:
            out["presumed"] = True
        if self.after_signature:
            out["not_in_force_at_signature"] = True
        if self.units:
            out["units"] = list(self.units)
        return compact(out)


@dataclass(frozen=True)
class Missing:
    """A criterion whose answer could still settle a status, why, and what each answer would do."""

    criterion: str
    question: Text
    because: tuple[str, ...]
    impact: dict[str, dict[str, str]]


@dataclass(frozen=True)
class DutyResult:
    """A duty with where it stands for a project, the most pressing of its units."""

    requirement: Requirement
    state: DutyState


@dataclass(frozen=True)
class Fold:
    """Why an arrangement is lawful and hardly sensible: preferences not met, presumptions that close it."""

    because: tuple[Requirement, ...]
    presumed: tuple[str, ...] = ()


@dataclass(frozen=True)
class ArrangementResult:
    """What is concluded of one arrangement, for one unit or for the whole project.

    `best` is the verdict of the unit it does best for, with its terms: `of_unit`, None where all units have
    that verdict. Without what is assumed, the verdict
    or the status would be another where it is `provisional`, the status where `provisional_status` is true.
    `attention` leaves out what answers refute, `to_the_point` names what they establish.
    `own_gates_hold`: whether the gates stated for it alone hold where it is open; None: its checks tell.
    `last_resort`: it would be folded if any other contract were open, and terms are left to accept.
    """

    arrangement: Arrangement
    status: str
    best: UnitVerdict
    soft: tuple[float, float]
    summary: Text
    checks: Sequence[Check] = ()
    missing: tuple[Missing, ...] = ()
    attention: tuple[Attention, ...] = ()
    to_the_point: frozenset[str] = frozenset()
    duties: Sequence[DutyResult] = ()
    folded: Fold | None = None
    provisional: bool = False
    provisional_status: bool = False
    covers: tuple[str, ...] | None = None
    procedure: ProcedureVerdict | None = None
    of_unit: str | None = None
    own_gates_hold: bool | None = None
    last_resort: bool = False

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
