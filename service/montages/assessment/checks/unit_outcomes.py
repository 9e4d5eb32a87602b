"""What is concluded of one unit: its outcomes, its verdicts, what is still open and what concerns it.

Answers are supposed of it to say what each would change: the status an arrangement would take.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from operator import and_
from typing import NamedTuple

from montages.assessment.premises import bears
from montages.assessment.verdict.answers import StatedAnswers, stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.assessment.verdict.unit_verdict import UnitVerdict
from montages.engine.protocol import OutcomeBits
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.law import Preference, Requirement
from montages.knowledge.logic import DutyState
from montages.knowledge.model import EVERYTHING, Attention
from montages.knowledge.periods import Rules
from montages.one_line import OneLine


class MaskParts(NamedTuple):
    """What requirements stand on for a unit: four parts of a bit a requirement, two of a bit a criterion."""

    against: int
    contradicted: int
    undetermined: int
    resting: int
    unsettled: int
    assumed: int

    def __repr__(self) -> str:
        return f"MaskParts(bits={[part.bit_count() for part in self]})"

    def read(self, parts: MaskParts) -> MaskParts:
        """Return the bits that are among those of other parts."""
        return MaskParts(*map(and_, self, parts))


@dataclass(frozen=True, eq=False)
class UnitOutcomes(OneLine):
    """A unit with its outcomes; each thing is worked out when it is asked for, once."""

    unit: Unit
    outcomes: Mapping[str, str]
    rules: Rules

    @cached_property
    def bits(self) -> OutcomeBits:
        """Return the outcomes, one bit a requirement."""
        return OutcomeBits.of(self.outcomes, masks(self.rules).position)

    @cached_property
    def stated(self) -> StatedAnswers:
        """Return the answers as verdicts read them."""
        return stated(self.unit.answers, self.rules)

    @cached_property
    def verdicts(self) -> Mapping[str, UnitVerdict]:
        """Return arrangement in force → the verdict on it."""
        answers, rules, asserted = self.stated, self.rules, self.unit.asserted
        return {slug: unit_verdict(slug, answers, rules, asserted) for slug in rules.arrangements}

    @cached_property
    def duty_states(self) -> Mapping[Requirement, DutyState | None]:
        """Return where each duty stands, None where it is not due."""
        answers, rules = self.unit.answers, self.rules
        return FunctionCache(lambda duty: logic.duty_state(duty, answers, rules))

    @cached_property
    def folding(self) -> int:
        """Return the preferences that fold what they are about, a bit each by their place in the rules."""
        answers, tests = self.stated.bits, masks(self.rules).requirements
        return sum(
            1 << n
            for n, preference in enumerate(self.rules.requirements)
            if isinstance(preference, Preference) and preference.folds and tests[n].folds(answers)
        )

    @cached_property
    def suppositions(self) -> Suppositions:
        """Return what answers would change for the unit."""
        return Suppositions(self.unit, obstacles(self.bits), self.rules)

    def status(self, slug: str) -> str:
        """Return the status of an arrangement in force."""
        return self.suppositions.now.status(masks(self.rules).hard[slug])

    @cached_property
    def unsettled(self) -> int:
        """Return the criteria still open, a bit each: unanswered, assumed, a list not declared complete."""
        places, settled = masks(self.rules).criterion_places, 0
        criteria = self.rules.criteria
        for name, given in self.unit.answers.items():
            if criteria[name].multiple:
                known = given.values | given.excluded
                is_open = any(value.slug not in known for value in criteria[name].values)
            else:
                is_open = not given.values or given.state == "default"
            if not is_open:
                settled |= 1 << places[name]
        return ~settled & (1 << len(places)) - 1

    @cached_property
    def assumed(self) -> int:
        """Return the criteria whose answer is only assumed, a bit each."""
        places = masks(self.rules).criterion_places
        return sum(1 << places[name] for name in self.stated.assumed)

    @cached_property
    def resting(self) -> int:
        """Return the requirements that come out otherwise without what is only assumed, a bit each."""
        if not self.assumed:
            return 0
        now, bare = self.bits, self._bare
        differing = (
            (now.satisfied ^ bare.satisfied)
            | (now.violated ^ bare.violated)
            | (now.exempt ^ bare.exempt)
        )
        return sum(
            1 << n
            for n, requirement in enumerate(self.rules.requirements)
            if differing >> n & 1 and now[requirement.slug] != bare[requirement.slug]
        )

    @cached_property
    def mask(self) -> MaskParts:
        """Return all that the standing of arrangements depends on."""
        return MaskParts(*self.suppositions.now, self.resting, self.unsettled, self.assumed)

    @cached_property
    def provisional(self) -> frozenset[str]:
        """Return the arrangements whose status would be another without what is only assumed (R7)."""
        if not self.resting:
            return frozenset()
        now, bare = self.suppositions.now, obstacles(self._bare)
        hard = masks(self.rules).hard.items()
        return frozenset(slug for slug, bits in hard if now.status(bits) != bare.status(bits))

    @cached_property
    def _bare(self) -> OutcomeBits:
        """Return the outcomes without what is only assumed: another test only where that is read."""
        known, asserted, now = masks(self.rules), self.unit.asserted, self.bits
        answers = self.stated.bare.bits
        differing = answers ^ self.stated.bits
        changed = dict[str, str]()
        for n, requirement in enumerate(self.rules.requirements):
            if known.read_bits[n] & differing:
                slug = requirement.slug
                changed[slug] = known.requirements[n].outcome(answers, slug in asserted)
        again = OutcomeBits.of(changed, now.position)
        kept = ~sum(1 << now.position[slug] for slug in changed)
        return OutcomeBits(
            now.satisfied & kept | again.satisfied,
            now.violated & kept | again.violated,
            now.exempt & kept | again.exempt,
            now.position,
        )

    @cached_property
    def beside(self) -> frozenset[str]:
        """Return the points of attention beside the point for the unit: what they say of it is refuted.

        Those about usages or layers, and those that say what not to do, are beside it unless they apply.
        """
        _, about_some, conditional = _by_condition(self.rules)
        refuted = {point.slug for point in conditional if self._refuted(point)}
        return (about_some | refuted) - self.to_the_point

    def _refuted(self, point: Attention) -> bool:
        given, rules = self.unit.answers, self.rules
        return any(
            logic.refuted(clause, given, rules) for when in point.when for clause in when.clauses
        ) or any(logic.holds(condition, given, rules) for condition in point.unless)

    @cached_property
    def to_the_point(self) -> frozenset[str]:
        """Return the points of attention that apply to the unit: each condition, if any, is met."""
        return to_the_point(self.unit, self.rules)


def outcomes_of(unit: Unit, rules: Rules) -> dict[str, str]:
    """Return the outcome of each requirement for what a unit answers."""
    known = masks(rules)
    answers = known.encode(unit.answers)
    return {
        requirement.slug: known.requirements[n].outcome(answers, requirement.slug in unit.asserted)
        for n, requirement in enumerate(rules.requirements)
    }


def to_the_point(unit: Unit, rules: Rules) -> frozenset[str]:
    """Return the points of attention that apply to a unit: its usages, its layers, each condition."""
    always, _, conditional = _by_condition(rules)
    return always | {
        point.slug
        for point in conditional
        if bears(point.bearing, frozenset(), unit)
        and all(logic.holds(condition, unit.answers, rules) for condition in point.when)
        and not any(logic.holds(condition, unit.answers, rules) for condition in point.unless)
    }


@cache
def _by_condition(rules: Rules) -> tuple[frozenset[str], frozenset[str], tuple[Attention, ...]]:
    """Return the points said in any case, those about some things or not to do, and the conditional ones."""
    conditional = tuple(
        p for p in rules.attentions if p.when or p.unless or p.bearing != EVERYTHING
    )
    about_some = frozenset(
        p.slug for p in rules.attentions if p.to_avoid or p.bearing != EVERYTHING
    )
    return (
        frozenset(p.slug for p in rules.attentions if p not in conditional),
        about_some,
        conditional,
    )


# An answer → an arrangement → the status it would take.
Impact = Mapping[str, Mapping[str, str]]


class Obstacles(NamedTuple):
    """What stands against arrangements for a unit: a bit for each requirement that came out so."""

    against: int
    contradicted: int
    undetermined: int

    def __repr__(self) -> str:
        """Return how many requirements came out so."""
        counts = (
            f"{name}=<{bits.bit_count()}>" for name, bits in zip(self._fields, self, strict=True)
        )
        return f"Obstacles({', '.join(counts)})"

    def status(self, hard: int) -> str:
        """Return the status of an arrangement with these hard requirements (R5)."""
        return logic.status_of(
            self.against & hard, self.contradicted & hard, self.undetermined & hard
        )


def obstacles(outcomes: OutcomeBits) -> Obstacles:
    """Return what the outcomes of a unit put against arrangements."""
    every = (1 << len(outcomes)) - 1
    return Obstacles(outcomes.against, outcomes.contradicted, every & ~outcomes.settled)


@dataclass(frozen=True, eq=False)
class Suppositions(OneLine):
    """Supposes answers of one unit, each once, and says what would then stand against arrangements."""

    unit: Unit
    now: Obstacles
    rules: Rules
    _known: dict[str, tuple[Obstacles, ...]] = field(default_factory=dict, repr=False)

    @cached_property
    def _answers(self) -> int:
        return masks(self.rules).encode(self.unit.answers)

    def of(self, criterion: str) -> tuple[Obstacles, ...]:
        """Return what would stand if the unit answered a criterion, for each of its values in order."""
        if criterion not in self._known:
            values = self.rules.criteria[criterion].values
            self._known[criterion] = tuple(self.supposing(criterion, v.slug) for v in values)
        return self._known[criterion]

    def supposing(self, criterion: str, value: str) -> Obstacles:
        """Return what would stand if the unit answered a criterion with a value."""
        known, answers = masks(self.rules), self._answers
        if self.unit.answer(criterion).state == "default":
            answers &= ~known.of_criterion[criterion]
        effect = known.effects[criterion, value]
        supposed = effect.obstacles(answers, self.unit.asserted)
        return Obstacles(
            *(now & ~effect.requirements | new for now, new in zip(self.now, supposed, strict=True))
        )


def impact(of: Suppositions | None, slug: str, criterion: str, before: str) -> Impact:
    """Return {answer: {arrangement: new status}} for the answers that change its status.

    `of` are the suppositions of a unit for which the criterion is still open, None where it is settled.
    """
    if of is None:
        return {}
    hard, values = masks(of.rules).hard[slug], of.rules.criteria[criterion].values
    after = [obstacles.status(hard) for obstacles in of.of(criterion)]
    return {v.slug: {slug: new} for v, new in zip(values, after, strict=True) if new != before}
