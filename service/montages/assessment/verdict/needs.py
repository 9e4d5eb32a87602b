"""What a part of the gates of an arrangement wants: answers, each with every value that serves (R34)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from montages.assessment.verdict.answer_changes import Pair
from montages.assessment.verdict.completions import completion_search
from montages.assessment.verdict.gate_parts import GatePart
from montages.assessment.verdict.stated_answers import StatedAnswers, supposing
from montages.assessment.verdict.unit_verdict import Term
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.periods import Rules

# Parts are shared by arrangements and projects; some 300 bytes each: 10 MB a period at most.
_MOST = 32_768


class _NeedKey(NamedTuple):
    gates: int
    asserted: frozenset[str]
    bits: int
    derived: int


def needs(
    part: GatePart, answers: StatedAnswers, asserted: frozenset[str]
) -> tuple[Term, ...] | None:
    """Return the cheapest answers that make the gates of a part true, None if none do; worked out once."""
    reads, rules = part.reads, answers.rules
    if asserted:
        asserted = asserted.intersection(gate.slug for gate in part.gates)
    key = _NeedKey(part.bits, asserted, answers.bits & reads, answers.derived & reads)
    cached = _needs(rules)
    try:
        return cached[key]
    except KeyError:
        pairs = completion_search(part.gates, rules, asserted).cheapest(answers.bits)
        return cached.add(key, None if pairs is None else _terms(pairs, part, answers, asserted))


@cache
def _needs(rules: Rules) -> CountedCache[_NeedKey, tuple[Term, ...] | None]:
    return CountedCache(_MOST)


def _terms(
    pairs: Sequence[Pair], part: GatePart, answers: StatedAnswers, asserted: frozenset[str]
) -> tuple[Term, ...]:
    """Return the answers wanted, each with every value that serves as well, the others as they are."""
    terms, rules = [], answers.rules
    for n, (name, chosen) in enumerate(pairs):
        others = (*pairs[:n], *pairs[n + 1 :])
        bits, left = answers.without(masks(rules).of_criteria(other for other, _ in others))
        rest = supposing(bits, others, rules)
        before = answers.bits & ~(left & answers.derived)
        serving = [
            value
            for value in rules.criteria[name].values
            if value.slug == chosen
            or (
                not answers.bits & masks(rules).excluded_bits.get((name, value.slug), 0)
                and _hold(part, after := supposing(rest, ((name, value.slug),), rules), asserted)
                and _go_together(after, before, rules)
            )
        ]
        ordinary = any(value.ordinary for value in serving)
        terms.append(Term(name, tuple(value.slug for value in serving), ordinary))
    return tuple(terms)


def _hold(part: GatePart, bits: int, asserted: frozenset[str]) -> bool:
    return all(gate.holds(bits, asserted) for gate in part.gates)


def _go_together(after: int, before: int, rules: Rules) -> bool:
    """Tell whether answers go together: no criterion of one value has two, unless it had them before."""
    return all(
        not (given := after & values) & (given - 1) or given == before & values
        for values in _single(rules)
    )


@cache
def _single(rules: Rules) -> tuple[int, ...]:
    """Return the bits of the values of each criterion that takes one value."""
    of = masks(rules).of_values
    return tuple(of[name] for name, question in rules.criteria.items() if not question.multiple)
