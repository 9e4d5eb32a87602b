"""Whether any change of stated choices would open an arrangement that something stands against (R34).

It is what `reopenings` tells without saying which: each part of the gates is searched by itself, once for all
projects whose facts are alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from montages.assessment.verdict.answer_changes import implied
from montages.assessment.verdict.completions import (
    CompletionSearch,
    OpenAnswer,
    completion_search,
    open_answer,
)
from montages.assessment.verdict.gate_formula import alike
from montages.assessment.verdict.gate_parts import GatePart, all_read, gate_parts
from montages.assessment.verdict.masked_gates import AGAINST, MaskedGate
from montages.assessment.verdict.stated_answers import StatedAnswers
from montages.assessment.verdict.verdict_gates import all_clauses
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.periods import Rules

# Some 200 bytes each: 7 MB a period at most.
_MOST = 32_768
_NONE: frozenset[str] = frozenset()
# What a fact closes.
_BY_FACT = "closed by a fact"


def reopenable(
    gates: tuple[MaskedGate, ...], answers: StatedAnswers, within: int = -1
) -> bool | None:
    """Tell whether a change of choices leaves nothing against gates, and answers that make them true.

    Something stands against them as they are. The choices looked at are `within` some bits. None: this search
    cannot tell, as choices that are stated go neither together nor with the facts.
    """
    rules, explicit = answers.rules, answers.explicit & within
    read = _reading(gates, rules)
    choices, free, tied = [], 0, 0
    for choice in read.choices:
        if explicit & choice.values:
            choices.append(choice)
            free |= choice.every
            tied |= choice.values
    facts = answers.facts(free)
    key = _Key(read.gates, tied, facts.bits & read.bits)
    cached = _arrangements(rules)
    possible = cached.get(key)
    if possible is None and facts.gates.against & read.gates:
        possible = cached.add(key, _BY_FACT)
    if possible is _BY_FACT:
        return False  # whatever is chosen
    if not _go_together(choices, answers.bits, facts.bits):
        return None
    if possible is None:
        false = facts.gates.false
        seeds = [gate for gate in gates if false & gate.bit or gate.reads & tied]
        parts = gate_parts(seeds, gates, facts.linking)
        every = (_possible(part, choices, facts.bits, answers.bits, rules) for part in parts)
        possible = cached.add(key, all(every))
    return bool(possible)


@dataclass(frozen=True, eq=False)
class Choice:
    """A choice that gates read: its bits, its values, and those of them that no gate tells apart together."""

    every: int
    values: int
    alike: tuple[tuple[OpenAnswer, ...], ...]

    @cached_property
    def by_bits(self) -> dict[int, OpenAnswer]:
        """Return each answer by its bit."""
        return {one.bit: one for several in self.alike for one in several}

    def stated(self, answers: int) -> list[OpenAnswer]:
        """Return the answers that are stated to the choice."""
        return [one for bit, one in self.by_bits.items() if answers & bit]

    def others(self, facts: int, answers: int) -> Iterator[OpenAnswer]:
        """Yield the answers that gates tell apart from the one stated, and that go with facts."""
        given = answers & self.values
        for several in self.alike:
            if given & ~sum(one.bit for one in several):
                first = next((one for one in several if one.coherent(facts)), None)
                if first is not None:
                    yield first


def _go_together(choices: Sequence[Choice], answers: int, facts: int) -> bool:
    """Tell whether each choice has one answer, and these go together and with facts."""
    bits = clashes = 0
    for choice in choices:
        one = choice.by_bits.get(answers & choice.values)
        if one is None or not one.coherent(facts):
            return False
        bits |= one.bit
        clashes |= one.clashes
    return not bits & clashes


class _Reading(NamedTuple):
    """Some gates as bits, all that may decide them, and the choices that may bear on them."""

    gates: int
    bits: int
    choices: tuple[Choice, ...]


@lru_cache(maxsize=512)
def _reading(gates: tuple[MaskedGate, ...], rules: Rules) -> _Reading:
    own = sum(gate.bit for gate in gates)
    return _Reading(own, all_read(gates), tuple(_choices(gates, rules)))


def _choices(gates: tuple[MaskedGate, ...], rules: Rules) -> Iterator[Choice]:
    """Yield the choices that may bear on some gates, in author order."""
    clauses = [clause for gate in gates for clause in all_clauses(gate.requirement)]
    reads = {clause.criterion for clause in clauses}
    known = masks(rules)
    for name, question in rules.criteria.items():
        if (
            question.nature == "choice"
            and not question.multiple
            and any(reads & {c for c, _ in implied((name, v.slug))} for v in question.values)
        ):
            yield Choice(
                known.of_criterion[name],
                known.of_values[name],
                tuple(
                    tuple(open_answer((name, value), 0, rules) for value in values)
                    for values in alike(name, clauses, rules)
                ),
            )


class _Key(NamedTuple):
    gates: int
    choices: int
    facts: int


def _possible(
    part: GatePart, choices: Sequence[Choice], facts: int, answers: int, rules: Rules
) -> bool:
    """Tell whether some answer to each choice, and others to what is open, make the gates of a part true."""
    free = 0
    for choice in choices:
        if choice.values & part.reads:
            free |= choice.values
    key = _Key(part.bits, free, facts & part.reads)
    cached = _parts(rules)
    possible = cached.get(key)
    if possible is None:
        mine = [choice for choice in choices if choice.values & free]
        options = [[*c.stated(answers), *c.others(facts, answers)] for c in mine]
        search = completion_search(part.gates, rules, _NONE)
        possible = cached.add(key, _Search(search, mine, options, facts).succeeds())
    return possible


@cache
def _parts(rules: Rules) -> CountedCache[_Key, bool]:
    return CountedCache(_MOST)


@cache
def _arrangements(rules: Rules) -> CountedCache[_Key, bool | str]:
    return CountedCache(_MOST)


class _Search:
    """Searches answers to choices and to open questions that make gates true; one solution is enough."""

    def __init__(
        self,
        search: CompletionSearch,
        choices: Sequence[Choice],
        options: Sequence[Sequence[OpenAnswer]],
        facts: int,
    ) -> None:
        self._gates, self._choices, self._facts = search.gates, choices, facts
        chosen = 0
        for choice in choices:
            chosen |= choice.values
        self._by_bit = dict(search.by_bit)
        self._possible = search.possible(facts) & ~chosen
        self._options = [0] * len(choices)
        for n, several in enumerate(options):
            for one in several:
                self._by_bit[one.bit] = one
                self._options[n] |= one.bit
                self._possible |= one.bit

    def succeeds(self) -> bool:
        """Tell whether there is a solution."""
        return self._from(self._facts, self._possible)

    def _from(self, answers: int, possible: int) -> bool:
        false = None
        for gate in self._gates:
            standing = gate.standing[answers & gate.direct]
            if standing >= AGAINST and not gate.duty:
                return False  # and no answer more would mend it
            if standing and false is None:
                false = gate
        if false is not None:
            wanted = false.helped_by(answers) & possible
        else:
            wanted = -1
            for choice, options in zip(self._choices, self._options, strict=True):
                if not answers & choice.values:
                    wanted = options & possible
                    break
            if wanted == -1:
                return True
        while wanted:
            bit = wanted & -wanted
            wanted ^= bit
            possible ^= bit  # what comes with it is looked at here, and not again
            one = self._by_bit[bit]
            if self._from(answers | one.adds, possible & ~one.clashes):
                return True
        return False
