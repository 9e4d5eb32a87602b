"""Which criteria answers leave open, over bits, and what may then change with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from montages.assessment.verdict.answer_changes import implied
from montages.knowledge.compiled.masks import Masks, masks
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class CriterionBits:
    """A criterion: the bits of its values, with those left out, and the criteria that some values imply.

    `each` has the bit of each value beside that of its being left out.
    """

    values: int
    every: int
    several: bool
    each: tuple[tuple[int, int], ...]
    implying: tuple[tuple[int, int], ...]

    def open(self, answers: int) -> bool:
        """Tell whether it may still be answered: no value, or a list not complete."""
        if self.several:
            return any(not answers & (bit | out) for bit, out in self.each)
        return not answers & self.values


def open_criteria(answers: int, rules: Rules) -> int:
    """Return the criteria that answers leave open."""
    return sum(c.every for c in criterion_bits(rules).values() if c.open(answers))


def open_after(before: int, changed: int, answers: int, rules: Rules) -> int:
    """Return the criteria left open once some bits have changed, from those before."""
    for criterion in touched(changed, rules):
        if criterion.open(answers):
            before |= criterion.every
        else:
            before &= ~criterion.every
    return before


def linking(answers: int, still_open: int, rules: Rules) -> int:
    """Return the criteria that answers leave open, and those that what is stated of them implies."""
    bits = still_open
    for criterion in _implying(rules):
        if answers & criterion.values and still_open & criterion.every:
            for value, others in criterion.implying:
                if answers & value:
                    bits |= others
    return bits


@lru_cache(maxsize=4096)
def touched(bits: int, rules: Rules) -> tuple[CriterionBits, ...]:
    """Return the criteria that some bits are of."""
    return tuple(c for c in criterion_bits(rules).values() if c.every & bits)


@cache
def _implying(rules: Rules) -> tuple[CriterionBits, ...]:
    """Return the criteria that may be open and yet have a value that implies others."""
    return tuple(c for c in criterion_bits(rules).values() if c.several and c.implying)


@cache
def criterion_bits(rules: Rules) -> Mapping[str, CriterionBits]:
    """Return each criterion over bits, in author order."""
    known = masks(rules)
    return {name: _criterion_bits(question, known) for name, question in rules.criteria.items()}


def _criterion_bits(question: Criterion, known: Masks) -> CriterionBits:
    name, pairs = question.slug, [(question.slug, value.slug) for value in question.values]
    implying = []
    for pair in pairs:
        others = {other for other, _ in implied(pair)} - {name}
        if others:
            criteria = sum(known.of_criterion[other] for other in others)
            implying.append((known.answer_bits[pair], criteria))
    return CriterionBits(
        known.of_values[name],
        known.of_criterion[name],
        question.multiple,
        tuple((known.answer_bits[pair], known.excluded_bits.get(pair, 0)) for pair in pairs),
        tuple(implying),
    )
