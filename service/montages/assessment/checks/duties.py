"""The duties of whoever takes an arrangement: due, perhaps due, done (R37b)."""

from __future__ import annotations

from functools import cache, lru_cache

from montages.assessment.arrangement_result import DutyResult
from montages.assessment.checks.unit_outcomes import UnitOutcomes
from montages.knowledge.logic import DutyState
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules


@cache
def _duties(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    return tuple(r for r in rules.effective(slug) if r.duty)


def duties(slug: str, reading: UnitOutcomes, rules: Rules) -> tuple[DutyResult, ...]:
    """Return the duties of an arrangement that may be due, those that surely are first.

    Of duties that exclude each other, only the first is told as perhaps due.
    """
    states = tuple([reading.duty_states[duty] for duty in _duties(slug, rules)])
    return _results(slug, states, rules)


@lru_cache(maxsize=4096)
def _results(
    slug: str, states: tuple[DutyState | None, ...], rules: Rules
) -> tuple[DutyResult, ...]:
    results: list[DutyResult] = []
    for duty, state in zip(_duties(slug, rules), states, strict=True):
        if state is None:
            continue
        others = [r.requirement for r in results if r.state is not DutyState.DONE]
        if state is DutyState.MAYBE and any(_exclude(duty, other, rules) for other in others):
            continue
        results.append(DutyResult(duty, state))
    return tuple(sorted(results, key=lambda result: result.state.rank))


@cache
def _exclude(one: Requirement, other: Requirement, rules: Rules) -> bool:
    """Tell whether no answer makes two duties due together."""
    clauses, others = (
        [clause for condition in duty.when for clause in condition.clauses] for duty in (one, other)
    )
    return any(
        mine.criterion == theirs.criterion
        and not rules.criteria[mine.criterion].multiple
        and not (rules.accepted(mine) or frozenset()) & (rules.accepted(theirs) or frozenset())
        for mine in clauses
        for theirs in others
    )
