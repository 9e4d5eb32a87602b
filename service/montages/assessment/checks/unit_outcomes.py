"""The results for one unit: its outcomes, verdicts, checks, duties and relevant points of attention."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property

from montages.assessment.check import Check, DutyResult
from montages.assessment.checks.requirement_checks import (
    check_of,
    check_order,
    duties_of,
    duty_results,
)
from montages.assessment.premises import bears, extent_of
from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masked_requirement import MaskedClause
from montages.knowledge.compiled.masks import ClauseBits, clause_bits, masks, meets
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import DutyState
from montages.knowledge.model import EVERYTHING, Bearing
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
        """Return the verdict by arrangement in force."""
        answers, rules, asserted = self.stated, self.rules, self.unit.asserted
        return {slug: unit_verdict(slug, answers, rules, asserted) for slug in rules.arrangements}

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
