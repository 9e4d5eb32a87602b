"""The gates of an arrangement over bits: which hold, which stand against, which answers would tell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from montages.assessment.verdict.answer_changes import Pair, implied
from montages.assessment.verdict.verdict_gates import all_clauses, unknown_threshold
from montages.knowledge import suppositions
from montages.knowledge.compiled.masked_requirement import MaskedClause, MaskedRequirement
from montages.knowledge.compiled.masks import Masks, masks
from montages.knowledge.files.caching import FunctionCache
from montages.knowledge.model import Clause, Requirement
from montages.knowledge.periods import Rules

FALSE, AGAINST, CONTESTED = 1, 3, 7
# How often at most a gate is looked at for good: 100 bytes each, for some hundred gates a period.
_MOST = 1024
# A clause, and the answers that would meet it.
MeetingAnswers = tuple[MaskedClause, int]


@dataclass(frozen=True, eq=False)
class MaskedGate:
    """A gate over the bits of a unit's answers; a duty is one that must not be refused.

    `bit` is its place among requirements, `reads` all that may decide it, `direct` what it is read off.
    `helping` are the answers that would meet it or refute a condition; exceptions want all their clauses met.
    """

    requirement: Requirement
    slug: str
    duty: bool
    test: MaskedRequirement
    bit: int
    reads: int
    direct: int
    helping: int
    exceptions: tuple[tuple[MeetingAnswers, ...], ...]

    @cached_property
    def standing(self) -> FunctionCache[int, int]:
        """Return how the gate stands under answers cut down to `direct`: 0 where they make it true.

        `FALSE` where they do not, `AGAINST` where they violate it or refuse the duty: it is false too;
        `CONTESTED` where they satisfy it as well.
        """
        return FunctionCache(self._standing, _MOST)

    def _standing(self, answers: int) -> int:
        if self.duty:
            return AGAINST if self.test.refused(answers) else 0
        if self.test.violated(answers):
            return CONTESTED if self.test.satisfied(answers) else AGAINST
        return 0 if self.test.satisfied(answers) else FALSE

    def against(self, answers: int) -> bool:
        """Tell whether answers violate the gate or dispute it, or refuse the duty."""
        return self.standing[answers & self.direct] >= AGAINST

    def holds(self, answers: int, asserted: frozenset[str]) -> bool:
        """Tell whether answers make the gate true, or leave the duty unrefused."""
        standing = self.standing[answers & self.direct]
        return not standing or (standing == FALSE and self.slug in asserted)

    def helped_by(self, answers: int) -> int:
        """Return the answers one of which is wanted to make the gate true, where it is not yet."""
        wanted = self.helping
        for clauses in self.exceptions:
            wanted |= next(met_by for clause, met_by in clauses if not clause.holds(answers))
        return wanted


@cache
def masked_gate(gate: Requirement, rules: Rules) -> MaskedGate:
    """Return a gate as masks."""
    bits = masks(rules)
    place = bits.position[gate.slug]
    helping = _union(_refuted_by(c, bits) for condition in gate.when for c in condition.clauses)
    if not gate.duty:
        helping |= _giving(bits.test(gate.own).met, rules)
    return MaskedGate(
        requirement=gate,
        slug=gate.slug,
        duty=gate.duty,
        test=bits.requirements[place],
        bit=1 << place,
        reads=sum(bits.of_criterion[n] for n in suppositions.read_by(all_clauses(gate), rules)),
        direct=sum(bits.of_criterion[n] for n in {c.criterion for c in all_clauses(gate)}),
        helping=helping,
        exceptions=tuple(
            tuple((test, _giving(test.met, rules)) for test in map(bits.test, condition.clauses))
            for condition in gate.unless
        ),
    )


@cache
def every_gate(rules: Rules) -> tuple[MaskedGate, ...]:
    """Return the gates of a period whose thresholds are known, and the duties that close where refused."""
    gates = (r for r in rules.requirements if r.hard or r.closes_if)
    return tuple(masked_gate(g, rules) for g in gates if unknown_threshold(g, rules) is None)


def _refuted_by(clause: Clause, bits: Masks) -> int:
    """Return the answers that would refute a clause."""
    refuting, question = bits.test(clause).refuting, bits.rules.criteria[clause.criterion]
    if question.multiple:
        # Of several values, only one that stands alone leaves the others out.
        alone = [v.slug for v in question.values if v.excludes_others]
        refuting = sum(bits.answer_bits[question.slug, v] for v in alone if v not in clause.accepts)
    return _giving(refuting, bits.rules)


def _giving(values: int, rules: Rules) -> int:
    """Return the answers that are among some values or imply one of them."""
    return sum(
        bit for pair, bit in masks(rules).answer_bits.items() if reached(pair, rules) & values
    )


@cache
def reached(pair: Pair, rules: Rules) -> int:
    """Return an answer with all that it implies."""
    bits = masks(rules).answer_bits
    return sum(bits.get(other, 0) for other in implied(pair))


@cache
def adding(pair: Pair, rules: Rules) -> int:
    """Return what an answer adds to others: itself, what it implies, and the values these leave out."""
    effect = masks(rules).effects[pair]
    return reached(pair, rules) | _union(step.added for step in effect.steps)


def _union(sets: Iterable[int]) -> int:
    out = 0
    for one in sets:
        out |= one
    return out
