"""The checklist of an arrangement: every requirement looked at, what came out and on what answer (R14).

Then the duties of whoever takes it: due, perhaps due, done (R37b).
"""

from __future__ import annotations

from functools import cache, lru_cache

from montages.assessment.check import Check, DutyResult
from montages.assessment.wording import accepted_text, answer_in_words
from montages.knowledge.law import Clause, Duty, Requirement
from montages.knowledge.logic import OUTCOME_RANK, Answer, DutyState
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules

# So much is kept from one project to the next: alike answers give alike checks and duties.
_KEPT = 4096


def check_order(check: Check) -> tuple[bool, int]:
    """Return what sorts checks: hard first, then violated, undetermined, satisfied."""
    return (not check.requirement.hard, OUTCOME_RANK[check.outcome])


@lru_cache(maxsize=_KEPT)
def check_of(
    rules: Rules,
    requirement: Requirement,
    outcome: str,
    given: Answer,
    asserted: bool,
    presumed: bool,
    after: bool,
) -> Check:
    """Return the check of a requirement; `after`: it came into force after the signature."""
    criterion = rules.criteria[requirement.own.criterion]
    accepted = rules.accepted(requirement.own) or frozenset()
    return Check(
        requirement=requirement,
        outcome=outcome,
        given=tuple(v.slug for v in criterion.values if v.slug in given.values),
        number=given.number,
        shown=answer_in_words(given, criterion),
        state=given.state,
        accepted=accepted_text(requirement.own, rules),
        accepted_values=tuple(v.slug for v in criterion.values if v.slug in accepted),
        asserted=asserted,
        presumed=presumed,
        after_signature=after,
    )


@cache
def hard_requirements(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return the hard requirements of an arrangement, each once."""
    return tuple({r.slug: r for r in rules.effective(slug) if r.hard}.values())


@cache
def points_about(slug: str, rules: Rules) -> tuple[Attention, ...]:
    """Return the points of attention about an arrangement or what it specialises."""
    about = set(rules.lineage(slug))
    return tuple(point for point in rules.attentions if about & set(point.arrangements))


@cache
def duties_of(slug: str, rules: Rules) -> tuple[Duty, ...]:
    """Return the duties of whoever takes an arrangement."""
    return tuple(r for r in rules.effective(slug) if isinstance(r, Duty))


@lru_cache(maxsize=_KEPT)
def duty_results(
    slug: str, states: tuple[DutyState | None, ...], rules: Rules
) -> tuple[DutyResult, ...]:
    """Return the duties that may be due, those that surely are first.

    Of duties that exclude each other, only the first is told as perhaps due.
    """
    results: list[DutyResult] = []
    for duty, state in zip(duties_of(slug, rules), states, strict=True):
        if state is None:
            continue
        others = [r.requirement for r in results if r.state is not DutyState.DONE]
        if state is DutyState.MAYBE and any(_exclude(duty, other, rules) for other in others):
            continue
        results.append(DutyResult(duty, state))
    return tuple(sorted(results, key=lambda result: result.state.rank))


@cache
def _exclude(one: Requirement, other: Requirement, rules: Rules) -> bool:
    """Tell whether no answer makes two duties due together.

    Either wants of an answer what the other does not, or the conditions of a variant of a duty are among
    its exceptions.
    """
    if one.own == other.own and (_excepts(one, other, rules) or _excepts(other, one, rules)):
        return True
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


def _excepts(one: Requirement, other: Requirement, rules: Rules) -> bool:
    """Tell whether an exception of a duty holds wherever another is due."""
    wanted = [clause for condition in other.when for clause in condition.clauses]
    return any(
        all(any(_implies(mine, clause, rules) for mine in wanted) for clause in exception.clauses)
        for exception in one.unless
    )


def _implies(one: Clause, other: Clause, rules: Rules) -> bool:
    """Tell whether the answers that a clause accepts are among those of another."""
    values, others = rules.accepted(one), rules.accepted(other)
    return one.criterion == other.criterion and bool(values and others and values <= others)
