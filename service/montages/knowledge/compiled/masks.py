"""The rules of a period as bit masks: Kleene's logic in a few operations on whole numbers.

An answer is a bit, what a complete list leaves out is another; a unit's answers are one whole number.
`knowledge.logic` says the same in plain words, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import NamedTuple

from montages.knowledge.implications import implications
from montages.knowledge.logic import Answer, outcome_of
from montages.knowledge.model import Clause, Condition
from montages.knowledge.periods import Rules

# How many combinations of answers are kept for each answer supposed.
_MOST = 4096


@dataclass(frozen=True)
class MaskedClause:
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


MaskedCondition = tuple[MaskedClause, ...]


@dataclass(frozen=True)
class MaskedRequirement:
    """A requirement: its own test, and those of its conditions."""

    own: MaskedClause
    when: tuple[MaskedCondition, ...]
    unless: tuple[MaskedCondition, ...]
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
        return outcome_of(satisfied, violated, idle)


def _holds(condition: MaskedCondition, answers: int) -> bool:
    return all(test.holds(answers) for test in condition)


def _fails(condition: MaskedCondition, answers: int) -> bool:
    return any(test.fails(answers) for test in condition)


class SupposedAnswer(NamedTuple):
    """One answer supposed: its bit, what it clears and adds on a list with left-out values, what follows."""

    answer: tuple[str, str]
    bit: int
    cleared: int
    added: int
    implied: tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class AnswerEffect:
    """What supposing one answer does: to the answers, and to the hard requirements that read it."""

    steps: tuple[SupposedAnswer, ...]
    read: int
    readers: tuple[tuple[int, MaskedRequirement, str], ...]
    _cache: dict[int, tuple[int, int, int]] = field(default_factory=dict, repr=False)

    @cached_property
    def requirements(self) -> int:
        """Return the bits of the requirements that may come out otherwise."""
        return sum(bit for bit, _, _ in self.readers)

    def obstacles(self, answers: int, asserted: frozenset[str]) -> tuple[int, int, int]:
        """Return which of these requirements come out violated, contradicted and undetermined."""
        if asserted:
            return self._obstacles(answers, asserted)
        key = answers & self.read
        if key not in self._cache:
            if len(self._cache) >= _MOST:
                self._cache.clear()
            self._cache[key] = self._obstacles(key, asserted)
        return self._cache[key]

    def _obstacles(self, answers: int, asserted: frozenset[str]) -> tuple[int, int, int]:
        supposed = self.suppose(answers)
        bits = {"violated": 0, "contradicted": 0, "undetermined": 0}
        for bit, requirement, slug in self.readers:
            outcome = requirement.outcome(supposed, slug in asserted)
            if outcome in bits:
                bits[outcome] |= bit
        return bits["violated"], bits["contradicted"], bits["undetermined"]

    def suppose(self, answers: int) -> int:
        """Return answers with one more and what it implies; one already there implies nothing new."""
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
    def answer_bits(self) -> dict[tuple[str, str], int]:
        """Return (criterion, value) → the bit of that answer."""
        pairs = [(c.slug, v.slug) for c in self.rules.criteria.values() for v in c.values]
        return {pair: 1 << n for n, pair in enumerate(pairs)}

    @cached_property
    def excluded_bits(self) -> dict[tuple[str, str], int]:
        """Return (criterion, value) → the bit of a value left out, where a criterion takes several."""
        several = [c for c in self.rules.criteria.values() if c.multiple]
        pairs = [(c.slug, v.slug) for c in several for v in c.values]
        return {pair: 1 << n for n, pair in enumerate(pairs, len(self.answer_bits))}

    @cached_property
    def of_criterion(self) -> dict[str, int]:
        """Return criterion → all its bits."""
        out = dict.fromkeys(self.rules.criteria, 0)
        for bits in (self.answer_bits, self.excluded_bits):
            for (criterion, _), bit in bits.items():
                out[criterion] |= bit
        return out

    @cached_property
    def requirements(self) -> tuple[MaskedRequirement, ...]:
        """Return the requirements in force, in their order."""
        return tuple(
            MaskedRequirement(
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
    def effects(self) -> dict[tuple[str, str], AnswerEffect]:
        """Return (criterion, value) → the effect of that answer."""
        return {pair: self._effect(*pair) for pair in self.answer_bits}

    def _effect(self, criterion: str, value: str) -> AnswerEffect:
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
        return AnswerEffect(
            steps=tuple(self._step(*step) for step in steps),
            read=sum(self.of_criterion[name] for name in read),
            readers=tuple(
                (1 << n, self.requirements[n], self.rules.requirements[n].slug) for n in readers
            ),
        )

    def _step(self, criterion: str, value: str) -> SupposedAnswer:
        bit, out, added = self.answer_bits.get((criterion, value), 0), 0, 0
        definition = self.rules.criteria[criterion]
        if definition.multiple and any(
            v.slug == value and v.excludes_others for v in definition.values
        ):
            bits = [self.excluded_bits[criterion, v.slug] for v in definition.values]
            out, added = sum(bits), sum(bits) - self.excluded_bits[criterion, value]
        implied = implications().get((criterion, value), ())
        return SupposedAnswer((criterion, value), bit, out, added, implied)

    def test(self, clause: Clause) -> MaskedClause:
        """Return a clause as masks."""
        name = clause.criterion
        criterion = self.rules.criteria[name]
        accepted = self.rules.accepted(clause) or frozenset()
        met = sum(self.answer_bits[name, v.slug] for v in criterion.values if v.slug in accepted)
        if criterion.multiple:
            return MaskedClause(
                met, 0, sum(self.excluded_bits[name, value] for value in clause.accepts)
            )
        rejected = self.rules.rejected(clause)
        return MaskedClause(met, sum(self.answer_bits[name, value] for value in rejected), None)

    def condition(self, condition: Condition) -> MaskedCondition:
        """Return a condition as masks."""
        return tuple(self.test(clause) for clause in condition.clauses)

    def encode(self, answers: Mapping[str, Answer]) -> int:
        """Return answers as one whole number; what is on no list has no bit, and no effect."""
        total = 0
        for name, answer in answers.items():
            for value in answer.values:
                total |= self.answer_bits.get((name, value), 0)
            for value in answer.excluded:
                total |= self.excluded_bits.get((name, value), 0)
        return total


@cache
def masks(rules: Rules) -> Masks:
    """Return the masks of a period, made once."""
    return Masks(rules)
