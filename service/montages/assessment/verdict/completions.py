"""The answers that would make every gate of an arrangement true: terms to accept, facts to verify (R34).

The search branches on what would make a first gate true that is not, over bits; each set of answers is
looked at once, and none that costs more than one that is known already.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

from montages.assessment.verdict.answer_changes import Pair, clashing, implied
from montages.assessment.verdict.criterion_bits import CriterionBits, criterion_bits
from montages.assessment.verdict.gate_formula import to_ask
from montages.assessment.verdict.masked_gates import AGAINST, MaskedGate, adding, masked_gate
from montages.assessment.verdict.verdict_gates import all_clauses, is_term
from montages.knowledge.compiled.masks import Masks, masks
from montages.knowledge.logic import Answers
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# What an answer costs: a fact to find out outweighs any number of terms, a term any number of ordinary ones.
FACT, TERM, ORDINARY = 1_000_000, 1_000, 1
# Searches are the same for all projects; some hundred bytes to some ten thousand each.
_MOST = 2048


def price(pair: Pair, rules: Rules) -> int:
    """Return what supposing an answer costs: little for a term, most for a fact."""
    name, value = pair
    if not is_term(name, rules):
        return FACT
    return ORDINARY if rules.criteria[name].value(value).ordinary else TERM


@dataclass(frozen=True, eq=False)
class OpenAnswer:
    """An answer that may be given: what it adds, what it costs, what it does not go with."""

    pair: Pair
    bit: int
    place: int  # in author order
    price: int
    adds: int
    clashes: int
    implied: tuple[tuple[int, int], ...]  # an answer, and what is stated against it

    def coherent(self, answers: int) -> bool:
        """Tell whether the answer goes with those that are stated."""
        return not answers & self.against or not any(
            answers & against and not answers & bit for bit, against in self.implied
        )

    @cached_property
    def against(self) -> int:
        """Return all that may be stated against the answer, or what it implies."""
        bits = 0
        for _, against in self.implied:
            bits |= against
        return bits


class _OpenCriterion(NamedTuple):
    """A criterion that may be answered, and its answers, those alike together."""

    bits: CriterionBits
    alike: tuple[tuple[OpenAnswer, ...], ...]


@dataclass
class _Best:
    """The cheapest answers up to now, those first in author order among equals."""

    price: int
    places: list[int] | None = None

    def offer(self, price: int, places: list[int]) -> None:
        places = sorted(places)
        if self.places is None or (price, places) < (self.price, self.places):
            self.price, self.places = price, places


@dataclass(frozen=True, eq=False)
class CompletionSearch:
    """Searches what would make gates true; those asserted are true already, and may not be violated."""

    gates: tuple[MaskedGate, ...]
    asserted: tuple[MaskedGate, ...]
    questions: tuple[_OpenCriterion, ...]
    answers: tuple[OpenAnswer, ...]  # by place
    by_bit: dict[int, OpenAnswer] = field(repr=False)

    def cheapest(self, answers: int) -> tuple[Pair, ...] | None:
        """Return the cheapest answers to unanswered criteria that make every gate true, None if none do.

        They hold a fact only where no terms do. Ties fall in the order of the criteria.
        """
        best = _Best(1 << 62)
        self._extend(answers, self.possible(answers), 0, [], best)
        if best.places is None:
            return None
        return tuple(self.answers[place].pair for place in best.places)

    def possible(self, answers: int) -> int:
        """Return the answers that may be given; of those that no gate tells apart, the first."""
        possible = 0
        for question in self.questions:
            if question.bits.open(answers):
                for alike in question.alike:
                    for answer in alike:
                        if not answers & answer.bit and answer.coherent(answers):
                            possible |= answer.bit
                            break
        return possible

    def _extend(
        self, answers: int, possible: int, price: int, places: list[int], best: _Best
    ) -> None:
        false = None
        for gate in self.gates:
            standing = gate.standing[answers & gate.direct]
            if standing >= AGAINST and not gate.duty:
                return  # and no answer more would mend it
            if standing and false is None:
                false = gate
        if self.asserted and any(gate.test.violated(answers) for gate in self.asserted):
            return
        if false is None:
            best.offer(price, places)
            return
        wanted = false.helped_by(answers) & possible
        while wanted:
            bit = wanted & -wanted
            wanted ^= bit
            possible ^= bit  # what comes with it is looked at here, and not again
            answer = self.by_bit[bit]
            if price + answer.price <= best.price:
                self._extend(
                    answers | answer.adds,
                    possible & ~answer.clashes,
                    price + answer.price,
                    [*places, answer.place],
                    best,
                )


def completion(
    gates: Sequence[Requirement], answers: Answers, rules: Rules, asserted: frozenset[str]
) -> tuple[Pair, ...] | None:
    """Return the cheapest answers to unanswered criteria that make every gate true, None if none do."""
    masked = tuple(masked_gate(gate, rules) for gate in gates)
    search = completion_search(masked, rules, asserted)
    return search.cheapest(masks(rules).encode(answers))


@lru_cache(maxsize=_MOST)
def completion_search(
    gates: tuple[MaskedGate, ...], rules: Rules, asserted: frozenset[str]
) -> CompletionSearch:
    """Return the search over some gates, made once. Duties among them must not be refused."""
    wanted = tuple(gate for gate in gates if gate.slug not in asserted)
    others = tuple(gate for gate in gates if gate.slug in asserted and not gate.duty)
    questions = tuple(_questions([gate.requirement for gate in wanted], rules))
    answers = tuple(a for question in questions for alike in question.alike for a in alike)
    return CompletionSearch(
        gates=wanted,
        asserted=others,
        questions=questions,
        answers=answers,
        by_bit={answer.bit: answer for answer in answers},
    )


def _questions(gates: Sequence[Requirement], rules: Rules) -> Iterator[_OpenCriterion]:
    place = 0
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    for name, groups in to_ask(clauses, rules).items():
        alike = []
        for values in groups:
            alike.append(
                tuple(open_answer((name, v), place + n, rules) for n, v in enumerate(values))
            )
            place += len(values)
        yield _OpenCriterion(criterion_bits(rules)[name], tuple(alike))


@lru_cache(maxsize=_MOST)
def open_answer(pair: Pair, place: int, rules: Rules) -> OpenAnswer:
    """Return what giving an answer does."""
    bits = masks(rules)
    return OpenAnswer(
        pair=pair,
        bit=bits.answer_bits[pair],
        place=place,
        price=price(pair, rules),
        adds=adding(pair, rules),
        clashes=sum(bits.answer_bits.get(other, 0) for other in clashing(rules, pair)),
        implied=tuple(
            (bits.answer_bits.get(one, 0), _against(one, bits)) for one in sorted(implied(pair))
        ),
    )


def _against(pair: Pair, bits: Masks) -> int:
    """Return what excludes an answer: it is left out, or another one is stated that it does not go with."""
    name, chosen = pair
    question = bits.rules.criteria[name]
    one = question.value(chosen)
    others = (
        bits.answer_bits[name, v.slug]
        for v in question.values
        if v.slug != chosen and (not question.multiple or one.excludes_others or v.excludes_others)
    )
    return bits.excluded_bits.get(pair, 0) | sum(others)
