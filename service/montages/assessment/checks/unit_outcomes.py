"""The results for one unit: its outcomes, verdicts, checks, duties and relevant points of attention.

A check says what came out of a requirement, on what answer (R14); a duty is due, perhaps due or done (R37b).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, lru_cache

from montages.assessment.check import Check, DutyResult
from montages.assessment.premises import bears, extent_of
from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.assessment.wording import accepted_text, answer_in_words
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masks import ClauseBits, MaskedClause, clause_bits, masks, meets
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Clause, Duty, Requirement
from montages.knowledge.logic import OUTCOME_RANK, Answer, DutyState
from montages.knowledge.model import EVERYTHING, Attention, Bearing
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class UnitOutcomes(OneLine):
    """A unit and its outcomes, with or without a signing date; each is computed once, on first use."""

    unit: Unit
    rules: Rules
    signed: date | None = None
    _checked: dict[str, Check] = field(default_factory=dict, repr=False)

    @cached_property
    def outcomes(self) -> Mapping[str, str]:
        """Return the outcome of each requirement by slug, computed on demand."""
        known, answers, asserted = masks(self.rules), self.stated.bits, self.unit.asserted
        tests, position = known.requirements, known.position
        return FunctionCache(lambda slug: tests[position[slug]].outcome(answers, slug in asserted))

    @cached_property
    def stated(self) -> StatedAnswers:
        """Return the answers in verdict form."""
        return stated(self.unit.answers, self.rules)

    @cached_property
    def verdicts(self) -> Mapping[str, UnitVerdict]:
        """Return the verdict by arrangement in force, computed on demand."""
        answers, rules, asserted = self.stated, self.rules, self.unit.asserted
        return FunctionCache(lambda slug: unit_verdict(slug, answers, rules, asserted))

    @cached_property
    def duty_states(self) -> Mapping[Requirement, DutyState | None]:
        """Return the state of each duty, None if it is not due."""
        answers, rules = self.unit.answers, self.rules
        return FunctionCache(lambda duty: logic.duty_state(duty, answers, rules))

    def check(self, requirement: Requirement) -> Check:
        """Return the check of a requirement, computed once for all arrangements."""
        slug = requirement.slug
        if slug not in self._checked:
            name, signed = requirement.own.criterion, self.signed
            self._checked[slug] = check_of(
                self.rules,
                requirement,
                self.outcomes[slug],
                self.unit.answer(name),
                asserted=slug in self.unit.asserted,
                presumed=name in self.unit.presumed,
                after=signed is not None and requirement.span.first > signed,
            )
        return self._checked[slug]

    def checks(self, slug: str) -> tuple[Check, ...]:
        """Return every check of an arrangement: hard first, then violated, undetermined, satisfied."""
        effective = (r for r in self.rules.effective(slug) if not r.duty)
        return tuple(sorted(map(self.check, effective), key=check_order))

    def duties(self, slug: str) -> tuple[DutyResult, ...]:
        """Return the due and maybe due duties of an arrangement, certain ones first."""
        states = tuple([self.duty_states[duty] for duty in duties_of(slug, self.rules)])
        return duty_results(slug, states, self.rules)

    @cached_property
    def to_the_point(self) -> Mapping[str, bool]:
        """Return whether each point of attention applies to the unit: its conditions, if any, are met."""
        points, answers, extent = _points(self.rules), self.stated.bits, extent_of(self.unit)
        return FunctionCache(
            lambda slug: (
                points[slug].holds(answers) and bears(points[slug].bearing, frozenset(), extent)
            )
        )

    @cached_property
    def beside(self) -> Mapping[str, bool]:
        """Return whether each point of attention is irrelevant: the unit's answers refute it.

        Those on usages, layers or what to avoid are irrelevant unless they apply.
        """
        points, answers = _points(self.rules), self.stated.bits
        return FunctionCache(
            lambda slug: (
                not self.to_the_point[slug]
                and (points[slug].about_some or points[slug].refuted(answers))
            )
        )


@dataclass(frozen=True)
class _Point:
    """A point of attention, conditions as bits; `about_some`: limited in scope, or on what to avoid."""

    bearing: Bearing
    about_some: bool
    when: ClauseBits
    unless: tuple[ClauseBits, ...]
    refuting: tuple[MaskedClause, ...]

    def holds(self, answers: int) -> bool:
        """Tell whether answers meet its conditions, and none of its exceptions."""
        return meets(answers, self.when) and not self._excepted(answers)

    def refuted(self, answers: int) -> bool:
        """Tell whether answers refute a condition, or meet an exception."""
        return self._excepted(answers) or any(clause.fails(answers) for clause in self.refuting)

    def _excepted(self, answers: int) -> bool:
        return any(meets(answers, exception) for exception in self.unless)


@cache
def _points(rules: Rules) -> Mapping[str, _Point]:
    known = masks(rules)
    when = {
        p.slug: [c for condition in p.when for c in condition.clauses] for p in rules.attentions
    }
    return {
        p.slug: _Point(
            p.bearing,
            p.to_avoid or p.bearing != EVERYTHING,
            clause_bits(when[p.slug], rules),
            tuple(clause_bits(condition.clauses, rules) for condition in p.unless),
            tuple(map(known.test, when[p.slug])),
        )
        for p in rules.attentions
    }


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
