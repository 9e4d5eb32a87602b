"""A contract for some units of a project: its verdict, its terms, and what goes around it (R23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from montages.assessment.arrangement_result import ArrangementResult, DutyResult
from montages.assessment.conclusions import UnitAssessment
from montages.assessment.ranking import Preference, preference, row_of
from montages.assessment.verdict.unit_verdict import Term
from montages.knowledge.logic import DutyState, Verdict
from montages.knowledge.model import Arrangement, Requirement


class PartRank(NamedTuple):
    """What sorts the contracts for the same units: as the answer sorts those of a project (R20)."""

    folded: bool
    gives_way: bool
    otherwise: bool
    verdict: int
    facts: int
    preference: Preference


@dataclass(frozen=True, eq=False)
class ContractPart:
    """A contract for some units, by what is concluded of each: `results` go with `units`.

    `proposed` is the arrangement one proposes by itself: the contract's own, or where the answers do not tell
    which of a row it is, the best of them; `row_rank` is the rank of the row's best. `common` are the facts
    to verify for every contract alike. `procedure` is the one that awards it, lightest first; `channels` and
    `vehicles` are those that are open for all of the units and that an answer concerns; `buys` is what a way
    of running buys by, `apart` are the gates that have something entrusted by a contract of its own;
    `otherwise`: a choice that is stated has it in the contract.
    """

    units: tuple[UnitAssessment, ...]
    results: tuple[ArrangementResult, ...]
    procedure: ArrangementResult | None
    channels: tuple[ArrangementResult, ...]
    vehicles: tuple[ArrangementResult, ...]
    buys: ContractPart | None
    apart: tuple[Requirement, ...]
    gives_way: bool
    otherwise: bool
    proposed: Arrangement
    common: frozenset[str] = frozenset()
    row_rank: PartRank | None = None

    @cached_property
    def rank(self) -> PartRank:
        """Return what sorts it: as the best of its row, where it stands for a row."""
        if self.row_rank is not None:
            return self.row_rank
        simplicity = self.first.arrangement.simplicity
        return PartRank(
            self.folded,
            self.gives_way,
            self.otherwise,
            self.verdict.rank,
            self.facts,
            preference(self.soft, self.unusual, simplicity),
        )

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
        """Tell whether the contract is lawful and hardly sensible for some unit, a last resort or not."""
        return any(result.folded is not None or result.last_resort for result in self.results)

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

    @property
    def facts(self) -> int:
        """Return how many facts are to be verified for this contract, those common to all left out."""
        return sum(term.criterion not in self.common for term in self.to_verify)

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


def _narrowest(terms: Sequence[Term]) -> Sequence[Term]:
    """Return the one answer that terms about a criterion all take, or these terms if none does for all."""
    first, *others = terms
    common = tuple(value for value in first.to if all(value in other.to for other in others))
    return [replace(first, to=common)] if common and others else terms
