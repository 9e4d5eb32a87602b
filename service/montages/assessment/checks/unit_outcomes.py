"""What an explanation reads of one unit, each thing worked out once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from montages.assessment.checks.impact import Obstacles, Suppositions, obstacles
from montages.engine.units import Unit
from montages.knowledge import logic, suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import Answers
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class UnitOutcomes:
    """A unit with its outcomes: what is still open for it, and what concerns it."""

    unit: Unit
    outcomes: Mapping[str, str]
    rules: Rules
    _unsettled: dict[str, bool] = field(default_factory=dict, repr=False)
    _open: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def suppositions(self) -> Suppositions:
        """Return what answers would change for the unit."""
        return Suppositions(self.unit, obstacles(self.outcomes, self.rules), self.rules)

    def unsettled(self, name: str) -> bool:
        """Tell whether a criterion is still open: unanswered, assumed, or a list not declared complete."""
        if name not in self._unsettled:
            given, criterion = self.unit.answer(name), self.rules.criteria[name]
            self._unsettled[name] = (
                any(v.slug not in given.values | given.excluded for v in criterion.values)
                if criterion.multiple
                else not given.values or given.state == "default"
            )
        return self._unsettled[name]

    def open(self, requirement: Requirement) -> tuple[str, ...]:
        """Return the unanswered or merely assumed criteria a requirement still reads."""
        if requirement.slug not in self._open:
            read = dict.fromkeys(clause.criterion for clause in requirement.clauses())
            unknown = [name for name in read if self.unsettled(name)]
            self._open[requirement.slug] = tuple(
                asked for name in unknown for asked in suppositions.asked_for(name, self.rules)
            )
        return self._open[requirement.slug]

    def missing_for(self, requirement: Requirement) -> list[str]:
        """Return the criteria to answer for a requirement: what is open, or what it rests on (R7)."""
        outcome = self.outcomes[requirement.slug]
        if outcome == "undetermined":
            return list(self.open(requirement))
        answer = self.unit.answer
        assumed = [n for n in self.open(requirement) if answer(n).state == "default"]
        return assumed if assumed and self._unassumed(requirement) != outcome else []

    @cached_property
    def _bare(self) -> Answers:
        return suppositions.without_assumptions(self.unit.answers, self.rules)

    def _unassumed(self, requirement: Requirement) -> str:
        """Return the outcome of a requirement without what is only assumed."""
        return logic.outcome(requirement, self._bare, self.rules, self.unit.asserted)

    def status(self, slug: str) -> str:
        """Return the status of an arrangement in force."""
        return self.suppositions.now.status(masks(self.rules).hard[slug])

    def bare_status(self, slug: str) -> str:
        """Return the status of an arrangement in force without what is only assumed."""
        return self._bare_obstacles.status(masks(self.rules).hard[slug])

    @cached_property
    def _bare_obstacles(self) -> Obstacles:
        known, asserted = masks(self.rules), self.unit.asserted
        answers = known.encode(self._bare)
        pairs = zip(self.rules.requirements, known.requirements, strict=True)
        outcomes = {
            gate.slug: masked.outcome(answers, gate.slug in asserted) for gate, masked in pairs
        }
        return obstacles(outcomes, self.rules)

    @cached_property
    def beside(self) -> frozenset[str]:
        """Return the points of attention beside the point for the unit: a condition is refuted."""
        given, rules = self.unit.answers, self.rules
        return frozenset(
            point.slug
            for point in rules.attentions
            if any(logic.refuted(c, given, rules) for w in point.when for c in w.clauses)
        )

    @cached_property
    def to_the_point(self) -> frozenset[str]:
        """Return the points of attention that apply to the unit: each condition, if any, is met."""
        given, rules = self.unit.answers, self.rules
        return frozenset(
            point.slug
            for point in rules.attentions
            if all(logic.holds(condition, given, rules) for condition in point.when)
        )
