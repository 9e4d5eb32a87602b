"""A contract for some units of a project together: its verdict, its terms, and what goes around it (R23)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.assessment.answer.named_rows import AnswerRow
from montages.assessment.answer.ways import Ways, ways_of
from montages.assessment.arrangement_result import ArrangementResult, DutyResult
from montages.assessment.conclusions import UnitAssessment
from montages.assessment.explain import Concluded
from montages.assessment.ranking import PLAIN
from montages.assessment.rows import Row
from montages.assessment.verdict.unit_verdict import Term
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.model import Requirement
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class ContractPart(OneLine):
    """A contract for some units, by what is concluded of them together: `result` is that of the row shown.

    `buys` is what a way of running buys by, `apart` are the gates that have something entrusted by a contract
    of its own; `otherwise`: a choice that is stated has it in the contract.
    """

    units: tuple[UnitAssessment, ...]
    of: Row
    result: ArrangementResult
    concluded: Concluded
    buys: ContractPart | None
    apart: tuple[Requirement, ...]
    otherwise: bool

    @property
    def rank(self) -> tuple[Any, ...]:
        """Return what sorts the contracts for the same units: as the rows of the answer (R49)."""
        return (self.otherwise, not self.of.named, self.of.place)

    @property
    def proposed(self) -> bool:
        """Tell whether the contract is one to name: called or plain, open, sensible."""
        return self.of.named or (self.of.group <= PLAIN and not self.otherwise)

    @property
    def row(self) -> str:
        """Return the row of the contract: those of one row are one contract in law."""
        return self.of.slug

    @cached_property
    def _ways(self) -> Ways:
        return ways_of(AnswerRow(self.of, self.concluded), self.concluded.rules)

    @property
    def procedure(self) -> ArrangementResult | None:
        """Return the procedure that awards the contract, None where a channel takes its place (R44)."""
        ways = self._ways
        if ways.channel is not None:
            return None
        return ways.enough or ways.allowed or next(iter(ways.awaited), None)

    @cached_property
    def channels(self) -> tuple[ArrangementResult, ...]:
        """Return the channels that an answer concerns, the one in place of a procedure first."""
        instead = self._ways.channel
        others = (each for each in self._around("channel") if each is not instead)
        return (*([instead] if instead is not None else []), *others)

    @cached_property
    def vehicles(self) -> tuple[ArrangementResult, ...]:
        """Return the companies of their own that are open and that an answer concerns."""
        return tuple(self._around("vehicle"))

    def _around(self, kind: str) -> Iterator[ArrangementResult]:
        """Yield what goes around the contract, is open and that some answer is about."""
        for result in self.concluded.verdicts:
            if result.arrangement.kind == kind and result.verdict.open:
                slug = result.arrangement.slug
                own = (c for c in result.checks if c.requirement.arrangement == slug)
                if any(check.given and check.requirement.hard for check in own):
                    yield result

    @property
    def verdict(self) -> Verdict:
        """Return the verdict."""
        return self.result.verdict

    @property
    def folded(self) -> bool:
        """Tell whether the contract is lawful and hardly sensible."""
        return self.of.folded

    @property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms one accepts."""
        return self.result.terms

    @property
    def to_verify(self) -> tuple[Term, ...]:
        """Return the facts to verify."""
        return self.result.to_verify

    @property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return what must, or may have to be done."""
        return tuple(duty for duty in self.result.duties if duty.state is not DutyState.DONE)
