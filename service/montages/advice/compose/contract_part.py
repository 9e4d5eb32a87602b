"""A contract for some units of a project: its verdict, its terms, and what goes around it (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from montages.assessment.arrangement_result import ArrangementResult, DutyResult
from montages.assessment.conclusions import UnitAssessment
from montages.assessment.ranking import row_of
from montages.assessment.verdict.unit_verdict import Term
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.model import Requirement


@dataclass(frozen=True, eq=False)
class ContractPart:
    """A contract for some units, by what is concluded of each: `results` go with `units`.

    `procedure` is the one that awards it, lightest first; `channels` and `vehicles` are those that are open
    for all of the units and that an answer concerns; `buys` is what a way of running buys by,
    `apart` are the gates that have something entrusted by a contract of its own.
    """

    units: tuple[UnitAssessment, ...]
    results: tuple[ArrangementResult, ...]
    procedure: ArrangementResult | None
    channels: tuple[ArrangementResult, ...]
    vehicles: tuple[ArrangementResult, ...]
    buys: ContractPart | None
    apart: tuple[Requirement, ...]
    gives_way: bool

    @property
    def row(self) -> str:
        """Return the row of the contract: those of one row are one contract in law."""
        return row_of(self.results[0])

    @property
    def first(self) -> ArrangementResult:
        """Return what is concluded for the first unit."""
        return self.results[0]

    @cached_property
    def worst(self) -> ArrangementResult:
        """Return what is concluded for the unit that the contract does worst for."""
        return max(self.results, key=lambda result: result.best.rank)

    @property
    def verdict(self) -> Verdict:
        """Return the verdict of the unit that the contract does worst for."""
        return self.worst.verdict

    @cached_property
    def soft(self) -> float:
        """Return how well preferences are met, from −1 to 1, on average over units."""
        return sum(low + high - 1 for low, high in (r.soft for r in self.results)) / len(
            self.results
        )

    @property
    def folded(self) -> bool:
        """Tell whether the contract is lawful and hardly sensible for some unit."""
        return any(result.folded is not None for result in self.results)

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """Return the terms one accepts, of all units."""
        return tuple(dict.fromkeys(term for result in self.results for term in result.terms))

    @property
    def unusual(self) -> int:
        """Return how many of the terms are not ordinary: without any it is as good as one that fits (R20)."""
        return sum(not term.ordinary for term in self.terms)

    @cached_property
    def to_verify(self) -> tuple[Term, ...]:
        """Return the facts to verify, of all units, each with what does for all of them if anything does."""
        facts: dict[str, list[Term]] = {}
        for term in dict.fromkeys(term for result in self.results for term in result.to_verify):
            facts.setdefault(term.criterion, []).append(term)
        return tuple(term for terms in facts.values() for term in _narrowest(terms))

    @cached_property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return what must, or may have to be done, each duty once."""
        duties: dict[str, DutyResult] = {}
        for duty in (d for result in self.results for d in result.duties):
            slug = duty.requirement.slug
            if duty.state is not DutyState.DONE and (
                slug not in duties or duty.state is DutyState.DUE
            ):
                duties[slug] = duty
        return tuple(duties.values())


def part_rank(part: ContractPart) -> tuple[float, ...]:
    """Return what sorts the contracts for the same units."""
    return (
        part.folded,
        part.gives_way,
        part.verdict.rank,
        len(part.to_verify),
        part.unusual > 0,
        -part.soft,
        part.unusual,
        part.first.arrangement.simplicity,
    )


def _narrowest(terms: Sequence[Term]) -> Sequence[Term]:
    """Return the one answer that terms about a criterion all take, or these terms if none does for all."""
    first, *others = terms
    common = tuple(value for value in first.to if all(value in other.to for other in others))
    return [replace(first, to=common)] if common and others else terms
