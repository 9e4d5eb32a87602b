"""The rules of a period as bit masks: Kleene's logic in a few operations on whole numbers.

An answer is a bit, what a complete list leaves out is another; a unit's answers are one whole number.
`knowledge.logic` says the same in plain words, and the tests compare the two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, reduce
from operator import or_

from montages.knowledge.law import Clause, Condition, Preference, Requirement
from montages.knowledge.logic import Answer, outcome_of
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import gates_of


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
    closes_if: tuple[MaskedCondition, ...]
    hard: bool
    folds_unstated: bool

    def outcome(self, answers: int, asserted: bool) -> str:
        """Return satisfied, violated, not-applicable, contradicted or undetermined (`logic.outcome`)."""
        satisfied = self.satisfied(answers) or (self.hard and asserted)
        return outcome_of(satisfied, self.violated(answers), self._idle(answers))

    def satisfied(self, answers: int) -> bool:
        """Tell whether answers make it true, whatever else they say of it."""
        return self.own.holds(answers) or self._idle(answers) or self._excepted(answers)

    def violated(self, answers: int) -> bool:
        """Tell whether answers violate it, whatever else they say of it."""
        return (
            self.own.fails(answers)
            and all(_fails(condition, answers) for condition in self.unless)
            and self._due(answers)
        )

    def refused(self, answers: int) -> bool:
        """Tell whether answers refuse the duty that it is."""
        return (
            any(_holds(condition, answers) for condition in self.closes_if)
            and not self._idle(answers)
            and not self._excepted(answers)
        )

    def folds(self, answers: int) -> bool:
        """Tell whether answers fold by it, where it is a preference that folds."""
        own = self.own
        unmet = not own.holds(answers) if self.folds_unstated else own.fails(answers)
        return unmet and not self._excepted(answers) and self._due(answers)

    def _due(self, answers: int) -> bool:
        """Tell whether all conditions hold."""
        return all(_holds(condition, answers) for condition in self.when)

    def _idle(self, answers: int) -> bool:
        """Tell whether a condition is refuted."""
        return any(_fails(condition, answers) for condition in self.when)

    def _excepted(self, answers: int) -> bool:
        """Tell whether an exception holds."""
        return any(_holds(condition, answers) for condition in self.unless)


def _holds(condition: MaskedCondition, answers: int) -> bool:
    return all(answers & test.met for test in condition)


def _fails(condition: MaskedCondition, answers: int) -> bool:
    return any(test.fails(answers) for test in condition)


# Clauses that are met together, each by any of its bits.
ClauseBits = tuple[int, ...]


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
                own=self.test(r.own),
                when=tuple(map(self.condition, r.when)),
                unless=tuple(map(self.condition, r.unless)),
                closes_if=tuple(map(self.condition, r.closes_if)),
                hard=r.hard,
                folds_unstated=isinstance(r, Preference) and r.folds_unstated,
            )
            for r in self.rules.requirements
        )

    @cached_property
    def position(self) -> dict[str, int]:
        """Return requirement slug → its place."""
        return {r.slug: n for n, r in enumerate(self.rules.requirements)}

    @cached_property
    def gates(self) -> dict[str, int]:
        """Return arrangement slug → the bits of its gates, and of its duties that may be refused."""
        return {
            slug: sum(1 << self.position[gate.slug] for gate in gates_of(slug, self.rules))
            for slug in self.rules.arrangements
        }

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

    def against(self, gate: Requirement, bits: int) -> bool:
        """Tell whether answers violate a gate or dispute it, or refuse a duty."""
        test = self.requirements[self.position[gate.slug]]
        return test.refused(bits) if gate.duty else test.violated(bits)

    def all_against(self, bits: int) -> int:
        """Return the gates that answers violate or dispute, and the duties they refuse, a bit each."""
        against = 0
        for bit, reads, stands_against in self._gates:
            if reads & bits and stands_against(bits):
                against |= bit
        return against

    @cached_property
    def _gates(self) -> tuple[tuple[int, int, Callable[[int], bool]], ...]:
        """Return each gate: its bit, the answers without which it stands against nothing, its test."""
        out = []
        for n, (requirement, test) in enumerate(
            zip(self.rules.requirements, self.requirements, strict=True)
        ):
            if requirement.hard:
                out.append((1 << n, test.own.refuting | (test.own.all_out or 0), test.violated))
            elif requirement.closes_if:
                refusing = (c.criterion for w in requirement.closes_if for c in w.clauses)
                reads = reduce(or_, (self.of_criterion[name] for name in refusing), 0)
                out.append((1 << n, reads, test.refused))
        return tuple(out)

    def holds(self, gate: Requirement, bits: int, asserted: frozenset[str]) -> bool:
        """Tell whether answers make a gate true, or leave a duty unrefused; an asserted one is true."""
        if self.against(gate, bits):
            return False
        test = self.requirements[self.position[gate.slug]]
        return gate.duty or gate.slug in asserted or test.satisfied(bits)

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


def clause_bits(clauses: Iterable[Clause], rules: Rules) -> ClauseBits:
    """Return clauses as the bits of the answers that meet them."""
    return tuple(masks(rules).test(clause).met for clause in clauses)


def meets(bits: int, clauses: ClauseBits) -> bool:
    """Tell whether answers meet all of some clauses."""
    return all(map(bits.__and__, clauses))
