"""The rules of a period as bit masks: Kleene's logic in a few operations on whole numbers.

An answer is a bit, what a complete list leaves out is another; a unit's answers are one whole number.
`decision.kleene` says the same in plain words, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from montages.decision.answers import Given
from montages.knowledge.implications import implications
from montages.knowledge.model import Clause, Condition
from montages.knowledge.periods import Rules

# How many combinations of answers are kept for each answer supposed.
_KEPT = 4096


@dataclass(frozen=True)
class Test:
    """A clause: met if a bit of `met` is there, refuted if a bit of `refuting` is, or all of `all_out`."""

    met: int
    refuting: int
    all_out: int | None

    def holds(self, answers: int) -> bool:
        """Tell whether a stated value meets the clause."""
        return bool(answers & self.met)

    def fails(self, answers: int) -> bool:
        """Tell whether a stated value refutes the clause."""
        if self.all_out is None:
            return bool(answers & self.refuting)
        return answers & self.all_out == self.all_out


Tests = tuple[Test, ...]


@dataclass(frozen=True)
class Masked:
    """A requirement: its own test, and those of its conditions."""

    own: Test
    when: tuple[Tests, ...]
    unless: tuple[Tests, ...]
    hard: bool

    def outcome(self, answers: int, asserted: bool) -> str:
        """Return satisfied, violated, not-applicable, contradicted or undetermined (R3)."""
        idle = any(_fails(condition, answers) for condition in self.when)
        satisfied = (
            idle
            or self.own.holds(answers)
            or any(_holds(condition, answers) for condition in self.unless)
            or (self.hard and asserted)
        )
        violated = (
            self.own.fails(answers)
            and all(_fails(condition, answers) for condition in self.unless)
            and all(_holds(condition, answers) for condition in self.when)
        )
        if violated:
            return "contradicted" if satisfied else "violated"
        if idle:
            return "not-applicable"
        return "satisfied" if satisfied else "undetermined"


def _holds(condition: Tests, answers: int) -> bool:
    return all(test.holds(answers) for test in condition)


def _fails(condition: Tests, answers: int) -> bool:
    return any(test.fails(answers) for test in condition)


class Step(NamedTuple):
    """One answer supposed: its bit, what it clears and adds on a list with left-out values, what follows."""

    answer: tuple[str, str]
    bit: int
    cleared: int
    added: int
    implied: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class Effect:
    """What supposing one answer does: to the answers, and to the hard requirements that read it."""

    steps: tuple[Step, ...]
    read: int
    readers: tuple[tuple[int, Masked, str], ...]
    _known: dict[int, tuple[int, int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def requirements(self) -> int:
        """Return the bits of the requirements that may come out otherwise."""
        return sum(bit for bit, _, _ in self.readers)

    def standing(self, answers: int, asserted: frozenset[str]) -> tuple[int, int, int]:
        """Return which of these requirements come out violated, contradicted and undetermined."""
        if asserted:
            return self._standing(answers, asserted)
        key = answers & self.read
        if key not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = self._standing(key, asserted)
        return self._known[key]

    def _standing(self, answers: int, asserted: frozenset[str]) -> tuple[int, int, int]:
        supposed = self.suppose(answers)
        found = {"violated": 0, "contradicted": 0, "undetermined": 0}
        for bit, requirement, slug in self.readers:
            outcome = requirement.outcome(supposed, slug in asserted)
            if outcome in found:
                found[outcome] |= bit
        return found["violated"], found["contradicted"], found["undetermined"]

    def suppose(self, answers: int) -> int:
        """Return answers with one more and what it implies; one already given implies nothing new."""
        reached = {self.steps[0].answer}
        for step in self.steps:
            if step.answer in reached and not answers & step.bit:
                answers = (answers | step.bit) & ~step.cleared | step.added
                reached.update(step.implied)
        return answers


@dataclass(frozen=True, eq=False)
class Masks:
    """The rules of a period with a bit for each answer and each requirement."""

    rules: Rules

    @cached_property
    def given(self) -> dict[tuple[str, str], int]:
        """Return (criterion, value) → the bit of that answer."""
        pairs = [(c.slug, v.slug) for c in self.rules.criteria.values() for v in c.values]
        return {pair: 1 << n for n, pair in enumerate(pairs)}

    @cached_property
    def left_out(self) -> dict[tuple[str, str], int]:
        """Return (criterion, value) → the bit of a value left out, where a criterion takes several."""
        several = [c for c in self.rules.criteria.values() if c.multiple]
        pairs = [(c.slug, v.slug) for c in several for v in c.values]
        return {pair: 1 << n for n, pair in enumerate(pairs, len(self.given))}

    @cached_property
    def of_criterion(self) -> dict[str, int]:
        """Return criterion → all its bits."""
        found = dict.fromkeys(self.rules.criteria, 0)
        for bits in (self.given, self.left_out):
            for (criterion, _), bit in bits.items():
                found[criterion] |= bit
        return found

    @cached_property
    def requirements(self) -> tuple[Masked, ...]:
        """Return the requirements in force, in their order."""
        return tuple(
            Masked(
                self.test(r.own),
                tuple(self.condition(c) for c in r.when),
                tuple(self.condition(c) for c in r.unless),
                r.hard,
            )
            for r in self.rules.requirements
        )

    @cached_property
    def position(self) -> dict[str, int]:
        """Return requirement slug → its place."""
        return {r.slug: n for n, r in enumerate(self.rules.requirements)}

    @cached_property
    def hard(self) -> dict[str, int]:
        """Return arrangement slug → the bits of its hard requirements."""
        return {
            slug: sum(1 << self.position[r.slug] for r in self.rules.effective(slug) if r.hard)
            for slug in self.rules.arrangements
        }

    @cached_property
    def effects(self) -> dict[tuple[str, str], Effect]:
        """Return (criterion, value) → the effect of that answer."""
        return {pair: self._effect(*pair) for pair in self.given}

    def _effect(self, criterion: str, value: str) -> Effect:
        steps = [(criterion, value)]
        for step in steps:
            steps += (s for s in implications().get(step, ()) if s not in steps)
        touched = {name for name, _ in steps}
        readers = {
            n: {clause.criterion for clause in r.clauses()}
            for n, r in enumerate(self.rules.requirements)
            if r.hard and any(clause.criterion in touched for clause in r.clauses())
        }
        read = touched.union(*readers.values())
        return Effect(
            steps=tuple(self._step(*step) for step in steps),
            read=sum(self.of_criterion[name] for name in read),
            readers=tuple(
                (1 << n, self.requirements[n], self.rules.requirements[n].slug) for n in readers
            ),
        )

    def _step(self, criterion: str, value: str) -> Step:
        bit, out, added = self.given.get((criterion, value), 0), 0, 0
        found = self.rules.criteria[criterion]
        if found.multiple and any(v.slug == value and v.excludes_others for v in found.values):
            bits = [self.left_out[criterion, v.slug] for v in found.values]
            out, added = sum(bits), sum(bits) - self.left_out[criterion, value]
        implied = implications().get((criterion, value), ())
        return Step((criterion, value), bit, out, added, implied)

    def test(self, clause: Clause) -> Test:
        """Return a clause as masks."""
        name = clause.criterion
        criterion = self.rules.criteria[name]
        accepted = self.rules.accepted(clause) or frozenset()
        met = sum(self.given[name, v.slug] for v in criterion.values if v.slug in accepted)
        if criterion.multiple:
            return Test(met, 0, sum(self.left_out[name, value] for value in clause.accepts))
        rejected = self.rules.rejected(clause)
        return Test(met, sum(self.given[name, value] for value in rejected), None)

    def condition(self, condition: Condition) -> Tests:
        """Return a condition as masks."""
        return tuple(self.test(clause) for clause in condition.clauses)

    def encode(self, answers: Mapping[str, Given]) -> int:
        """Return answers as one whole number; what is on no list has no bit, and no effect."""
        total = 0
        for name, given in answers.items():
            for value in given.values:
                total |= self.given.get((name, value), 0)
            for value in given.excluded:
                total |= self.left_out.get((name, value), 0)
        return total


@cache
def masks(rules: Rules) -> Masks:
    """Return the masks of a period, made once."""
    return Masks(rules)
