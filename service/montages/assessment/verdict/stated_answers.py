"""The answers of a unit as a search reads them: bits, and which of them were chosen, derived or assumed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial

from montages.assessment.verdict.answer_changes import Pair, changed
from montages.assessment.verdict.criterion_bits import linking, open_after, open_criteria, touched
from montages.assessment.verdict.gate_bits import GateBits
from montages.assessment.verdict.masked_gates import reached
from montages.knowledge import suppositions
from montages.knowledge.compiled.masks import masks
from montages.knowledge.logic import Answers
from montages.knowledge.periods import Rules


@dataclass(frozen=True, eq=False)
class FactBits:
    """Answers without some choices: their bits, what may then be answered, and what gates come to."""

    bits: int
    left: int
    answers: StatedAnswers

    @cached_property
    def linking(self) -> int:
        """Return the criteria that may then be answered, and what may change with them."""
        rules = self.answers.rules
        still_open = open_after(self.answers.open, self.left, self.bits, rules)
        return linking(self.bits, still_open, rules)

    @cached_property
    def gates(self) -> GateBits:
        """Return what gates come to."""
        return self.answers.gates.after(self.left, self.bits, self.answers.rules)


@dataclass(frozen=True, eq=False)
class StatedAnswers:
    """Answers and their bits; those of the criteria that are stated, derived, or assumed by practice.

    `open` are the criteria that may still be answered; `write` gives the answers by criterion.
    """

    write: Callable[[], Answers]
    rules: Rules
    bits: int
    explicit: int
    derived: int
    default: int
    open: int
    gates: GateBits
    within: int = -1
    _facts: dict[int, FactBits] = field(default_factory=dict)

    @cached_property
    def whole(self) -> Answers:
        """Return all answers by criterion."""
        return self.write()

    @cached_property
    def answers(self) -> Answers:
        """Return the answers by criterion, those among some bits."""
        if self.within == -1:
            return self.whole
        of = masks(self.rules).of_criterion
        return {name: given for name, given in self.whole.items() if of[name] & self.within}

    @cached_property
    def linking(self) -> int:
        """Return the criteria that may still be answered, and what may change with them."""
        return linking(self.bits, self.open, self.rules)

    @cached_property
    def bare(self) -> StatedAnswers:
        """Return the answers that rest on nothing assumed."""
        if not self.default:
            return self
        implied = _criteria_implied(self.default, self.rules)
        left = 0
        for criterion in touched(self.default | self.derived & implied, self.rules):
            left |= self.bits & criterion.every
        bare = partial(_without_assumptions, self)
        return self._with(bare, self.bits & ~left, left)

    def changed_to(self, pairs: tuple[Pair, ...]) -> StatedAnswers:
        """Return the answers with some criteria answered otherwise, as `answer_changes.changed` does."""
        rest, left = self.without(masks(self.rules).of_criteria(name for name, _ in pairs))
        bits = supposing(rest, pairs, self.rules)
        return self._with(partial(_changed, self, pairs), bits, left, bits & ~rest)

    def _with(
        self, write: Callable[[], Answers], bits: int, left: int, chosen: int = 0
    ) -> StatedAnswers:
        """Return answers of other bits: some left, and criteria are chosen."""
        moved, rules, explicit = bits ^ self.bits, self.rules, 0
        for criterion in touched(chosen, rules) if chosen else ():
            left |= criterion.values
            explicit |= bits & criterion.values
        return StatedAnswers(
            write,
            rules,
            bits,
            self.explicit & ~left | explicit,
            self.derived & ~left,
            self.default & ~left,
            open_after(self.open, moved, bits, rules),
            self.gates.after(moved, bits, rules),
        )

    def cut(self, bits: int) -> StatedAnswers:
        """Return the same answers, of which `answers` gives those among some bits."""
        return StatedAnswers(
            lambda: self.whole,
            self.rules,
            self.bits,
            self.explicit,
            self.derived,
            self.default,
            self.open,
            self.gates,
            bits,
            self._facts,
        )

    def without(self, dropped: int) -> tuple[int, int]:
        """Return the bits without some criteria, and what followed from these alone; and what left."""
        bits = self.bits
        left = bits & dropped
        followed = _followed(left, self.rules) if left else 0
        for criterion in touched(followed & self.derived, self.rules):
            given = bits & criterion.values
            if not given & ~followed and not dropped & criterion.values:
                left |= bits & criterion.every
        return bits & ~left, left

    def facts(self, choices: int) -> FactBits:
        """Return the answers without some choices, worked out once."""
        facts = self._facts.get(choices)
        if facts is None:
            facts = self._facts[choices] = FactBits(*self.without(choices), self)
        return facts

    def changed(self, pairs: Iterable[Pair]) -> int:
        """Return the bits with some criteria answered otherwise, and with what that implies."""
        pairs = tuple(pairs)
        bits, _ = self.without(masks(self.rules).of_criteria(name for name, _ in pairs))
        return supposing(bits, pairs, self.rules)


def supposing(bits: int, pairs: Iterable[Pair], rules: Rules) -> int:
    """Return the bits of answers with some more, and with what these imply."""
    effects = masks(rules).effects
    for pair in pairs:
        bits = effects[pair].suppose(bits)
    return bits


def stated(answers: Answers, rules: Rules, near: StatedAnswers | None = None) -> StatedAnswers:
    """Return answers with their bits; sooner where others are `near`, of which few are changed."""
    known = masks(rules)
    bits, states = 0, {"explicit": 0, "derived": 0, "default": 0}
    for name, answer in answers.items():
        given = 0
        for value in answer.values:
            given |= known.answer_bits.get((name, value), 0)
        for value in answer.excluded:
            bits |= known.excluded_bits.get((name, value), 0)
        bits |= given
        if answer.state in states:
            states[answer.state] |= given
    if near:
        moved = near.bits ^ bits
        still_open = open_after(near.open, moved, bits, rules)
        gates = near.gates.after(moved, bits, rules)
    else:
        still_open, gates = open_criteria(bits, rules), GateBits.of(bits, rules)
    explicit, derived, default = states.values()
    return StatedAnswers(
        lambda: answers, rules, bits, explicit, derived, default, still_open, gates
    )


def _changed(answers: StatedAnswers, pairs: tuple[Pair, ...]) -> Answers:
    return changed(answers.whole, pairs, answers.rules)


def _without_assumptions(answers: StatedAnswers) -> Answers:
    return suppositions.without_assumptions(answers.whole, answers.rules)


@lru_cache(maxsize=4096)
def _followed(answers: int, rules: Rules) -> int:
    """Return all that some answers imply, themselves included."""
    out = 0
    for pair, bit in masks(rules).answer_bits.items():
        if answers & bit:
            out |= reached(pair, rules)
    return out


@lru_cache(maxsize=1024)
def _criteria_implied(answers: int, rules: Rules) -> int:
    """Return the values of the criteria that some answers imply, their own included."""
    out = 0
    for criterion in touched(_followed(answers, rules), rules):
        out |= criterion.values
    return out
