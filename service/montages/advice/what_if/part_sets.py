"""The choices that open some gates with least left to find out, each of them needed: an exact search (R21).

Gates that nothing open ties together are searched apart, once for all set-ups and projects that are alike in
them. A MaxSAT solver gives the cheapest first: a fact still to be found out outweighs any number of choices
changed, so whatever holds an earlier set leaves as much to find out, and is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.advice.what_if.answer_options import (
    CHANGE,
    FACT,
    ORDINARY,
    TERM,
    AnswerOption,
    open_answers,
    others_of,
    stays_of,
)
from montages.advice.what_if.choice_sets import NO_CHOICE, ChoiceCost, ChoiceSet, merge_alike
from montages.advice.what_if.closing_effects import Followers, bearing
from montages.assessment.verdict.answer_changes import without
from montages.assessment.verdict.gate_formula import GateFormula
from montages.assessment.verdict.masked_gates import masked_gate
from montages.assessment.verdict.reopenings import stated_choices
from montages.assessment.verdict.verdict_gates import is_term
from montages.knowledge.compiled.masks import masks
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.logic import NO_ANSWER, Answers
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# So many sets are searched for at most, for gates that are tied together.
MOST = 64


@dataclass(frozen=True)
class PartSets:
    """The sets of choices for gates that are tied together, that of none included; `cut`: there are more."""

    sets: tuple[ChoiceSet, ...]
    cut: bool = False


def part_sets(
    gates: tuple[Requirement, ...],
    answers: Answers,
    rules: Rules,
    asserted: frozenset[str],
    followers: Followers,
    read: Sequence[str],
) -> PartSets:
    """Return the sets of choices that make gates true once facts are found out; worked out once.

    Of each set every proper subset leaves one of the gates violated, or more to find out. `read` are the
    criteria that the gates rest on.
    """
    own = bearing(followers, read)
    key = (
        tuple(gate.slug for gate in gates),
        tuple((name, answers[name]) for name in (*read, *own) if name in answers),
        asserted & {gate.slug for gate in gates},
        tuple((name, tuple(rows.items())) for name, rows in own.items()),
    )
    cached = _cached(rules)
    found = cached.get(key)
    if found is None:
        sets: list[ChoiceSet] = []
        cut = False
        for each in _choice_sets(gates, answers, rules, asserted, own):
            if len(sets) == MOST:
                cut = True
                break
            sets.append(each)
        found = cached.add(key, PartSets(tuple(merge_alike(sets)), cut))
    return found


@cache
def _cached(rules: Rules) -> CountedCache[Any, PartSets]:
    return CountedCache(8192)


def _choice_sets(
    gates: Sequence[Requirement],
    answers: Answers,
    rules: Rules,
    asserted: frozenset[str],
    followers: Followers,
) -> Iterator[ChoiceSet]:
    changeable = stated_choices(gates, answers, rules)
    changeable += [
        name
        for name in followers
        if name not in changeable and answers.get(name, NO_ANSWER).state == "explicit"
    ]
    fixed = without(answers, changeable)
    free = {
        name: rows
        for name, rows in followers.items()
        if name in changeable or not answers.get(name, NO_ANSWER).values
    }
    following = {name for rows in free.values() for pairs in rows.values() for name, _ in pairs}
    fixed = {name: given for name, given in fixed.items() if name not in following}
    bits = masks(rules).encode(fixed)
    masked = [masked_gate(gate, rules) for gate in gates]
    if any(gate.against(bits) for gate in masked):
        return  # whatever is chosen, a fact closes it
    if not changeable and not free and all(gate.holds(bits, asserted) for gate in masked):
        yield NO_CHOICE
        return
    stays = [*stays_of(changeable, answers, free)]
    options = [*others_of(changeable, gates, answers, fixed, rules, free)]
    options += open_answers(changeable, gates, fixed, rules, asserted, free)
    sayings = [*(saying for _, saying in stays), *(option.saying for option in options)]
    formula = GateFormula.over(sayings, fixed, rules, len(stays))
    if not all(formula.hold(gate, gate.slug in asserted) for gate in gates):
        return
    numbers = dict(enumerate(options, len(stays) + 1))
    for n, (name, _) in enumerate(stays, 1):
        mine = [m for m, option in numbers.items() if option.answer.criterion == name]
        formula.any_of((n, *mine))
        for m in mine:
            formula.any_of((-n, -m))
    for n, option in numbers.items():
        formula.prefer(-n, option.price)
    with formula.solver() as solver:
        while (model := solver.compute()) is not None:
            taken = [n for n in formula.true_sayings(model) if n in numbers]
            yield _set([numbers[n] for n in taken], rules)
            chosen = [n for n in taken if is_term(numbers[n].answer.criterion, rules)]
            if not chosen:
                return  # nothing is gained by a choice any more
            solver.add_clause([-n for n in chosen])


def _set(options: Sequence[AnswerOption], rules: Rules) -> ChoiceSet:
    options = sorted(options, key=lambda option: rules.criteria[option.answer.criterion].order)
    prices = [option.price for option in options]
    return ChoiceSet(
        choices=tuple(o.answer for o in options if is_term(o.answer.criterion, rules)),
        facts=tuple(o.answer for o in options if not is_term(o.answer.criterion, rules)),
        cost=ChoiceCost(*(prices.count(price) for price in (CHANGE, FACT, TERM, ORDINARY))),
    )
