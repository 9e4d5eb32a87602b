"""The sets of choices that open an arrangement: those of its gates' parts, put together (R21).

Gates that nothing open ties together are walked apart: their sets multiply. Of each set every proper subset
leaves a gate violated, or more facts to find out.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import product
from math import prod
from typing import Any

from montages.advice.what_if.choice_sets import (
    NO_CHOICE,
    ChoiceCost,
    ChoiceSet,
    ServingAnswer,
    merge_alike,
    without_larger,
)
from montages.advice.what_if.closing_effects import Followers, bearing
from montages.assessment.verdict.answers import (
    Pair,
    StatedAnswers,
    changed,
    coherent,
    stated,
    without,
)
from montages.assessment.verdict.arrangement_diagram import walk_of
from montages.assessment.verdict.walk_steps import Alike, rank_of
from montages.assessment.verdict.walks import Opening
from montages.knowledge import entailment
from montages.knowledge.compiled.diagram_variables import FIXED
from montages.knowledge.compiled.masks import masks
from montages.knowledge.compiled.verdict_diagram import verdict_diagram
from montages.knowledge.files.caching import CountedCache
from montages.knowledge.law import Requirement
from montages.knowledge.logic import NO_ANSWER, Answer
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import alike, all_clauses, by_threshold

Gates = tuple[Requirement, ...]


@dataclass(frozen=True)
class Openings:
    """The cheapest sets of choices that open an arrangement, and how many there are."""

    sets: tuple[ChoiceSet, ...]
    count: int


def openings(
    slug: str,
    answers: StatedAnswers,
    rules: Rules,
    asserted: frozenset[str],
    followers: Followers,
    most: int,
) -> Openings:
    """Return the cheapest sets of choices that open an arrangement, so many at most, and the count of all."""
    gates = by_threshold(slug, rules)[0]
    parts = [
        _part_sets(part, answers, asserted & {gate.slug for gate in part}, followers)
        for part in _parts(gates, answers, asserted, followers)
    ]
    if not all(parts):
        return Openings((), 0)
    unchanged = all(any(not choice_set.choices for choice_set in sets) for sets in parts)
    count = prod(map(len, parts)) - unchanged
    cheapest = [NO_CHOICE]
    for sets in parts:
        joined = (one.joined(more) for one in cheapest for more in sets)
        cheapest = sorted(
            joined, key=lambda choice_set: (choice_set.cost, -rank_of(choice_set.pairs, rules))
        )[: most + 1]
    opening_sets = tuple(
        _in_order(choice_set, rules) for choice_set in cheapest if choice_set.choices
    )[:most]
    return Openings(opening_sets, count)


def _parts(
    gates: Gates, answers: StatedAnswers, asserted: frozenset[str], followers: Followers
) -> Iterator[Gates]:
    """Yield the gates that may still come out otherwise, those together that what is open ties.

    Others are a part each where they do not hold: nothing opens it.
    """
    rules = answers.rules
    free = _free(answers) | set(followers)
    free |= {name for rows in followers.values() for pairs in rows.values() for name, _ in pairs}
    groups: list[tuple[frozenset[str], Gates]] = []
    for gate in gates:
        read = frozenset(_read((gate,), rules)) & free
        read |= set(bearing(followers, tuple(read)))
        if not read:
            if not masks(rules).holds(gate, answers.bits, asserted):
                yield (gate,)
            continue
        members: Gates = (gate,)
        apart = []
        for others, more in groups:
            if others & read:
                read, members = read | others, (*more, *members)
            else:
                apart.append((others, more))
        groups = [*apart, (read, members)]
    for _, members in groups:
        yield tuple(gate for gate in gates if gate in members)


def _free(answers: StatedAnswers) -> set[str]:
    """Return the criteria that may still be answered, or otherwise than they are."""
    variables = verdict_diagram(answers.rules).variables
    criteria = answers.rules.criteria
    odd = {
        name
        for name, given in answers.odd.items()
        if criteria[name].multiple
        or (criteria[name].nature == "choice" and given.state == "explicit")
    }
    return odd | {
        variable.criterion
        for variable, state in zip(variables, answers.states, strict=True)
        if variable.criterion not in answers.odd and variable.states[state - 1][0] != FIXED
    }


def _part_sets(
    gates: Gates, answers: StatedAnswers, asserted: frozenset[str], followers: Followers
) -> tuple[ChoiceSet, ...]:
    """Return the sets of choices that make gates true once facts are found out, that of none included."""
    rules = answers.rules
    read = _read(gates, rules)
    own = bearing(followers, read)
    key = (
        tuple(gate.slug for gate in gates),
        tuple((n, answers.answers[n]) for n in (*read, *own) if n in answers.answers),
        asserted,
        tuple((name, tuple(rows.items())) for name, rows in own.items()),
    )
    cached = _cached(rules)
    part_sets = cached.get(key)
    if part_sets is None:
        sets = list(_choice_sets(gates, answers, asserted, own))
        part_sets = cached.add(key, tuple(merge_alike(without_larger(sets) if own else sets)))
    return part_sets


@cache
def _cached(rules: Rules) -> CountedCache[Any, tuple[ChoiceSet, ...]]:
    return CountedCache(8192)


def _choice_sets(
    gates: Gates, answers: StatedAnswers, asserted: frozenset[str], followers: Followers
) -> Iterator[ChoiceSet]:
    """Yield the sets under each combination of answers to the choices that the closing step reads."""
    rules = answers.rules
    clauses = [clause for gate in gates for clause in all_clauses(gate)]
    told_apart = partial(alike, clauses=clauses, rules=rules)
    read = frozenset(_read(gates, rules))
    walked: dict[Hashable, list[Opening]] = {}
    for taken in product(*(_pivots(name, answers) for name in followers)):
        after = _following(answers, taken, followers) if followers else answers
        if after is None:
            continue
        # Combinations that the gates read alike are walked once.
        pairs = zip(verdict_diagram(rules).variables, after.states, strict=True)
        states = tuple(state for variable, state in pairs if variable.criterion in read)
        key = states, frozenset((n, a) for n, a in after.odd.items() if n in read)
        if key not in walked:
            walked[key] = walk_of(gates, after, asserted).choice_sets(told_apart, followers)
        chosen = [pair for pair in taken if isinstance(pair[1], str)]
        for opening in walked[key]:
            yield _set(opening, chosen, answers, told_apart)


# A choice and a value of it, None where it stays as it is.
Taken = tuple[str, str | None]


def _pivots(name: str, answers: StatedAnswers) -> list[Taken]:
    """Return the ways of answering a choice that others follow from: as it is, or with each value."""
    rules = answers.rules
    given = answers.answers.get(name, NO_ANSWER)
    if given.values and given.state != "explicit":
        return [(name, None)]
    bare = without(answers.answers, [name] if name in answers.answers else [])
    values = [v.slug for v in rules.criteria[name].values if {v.slug} != given.values]
    return [(name, None), *((name, v) for v in values if coherent((name, v), bare, rules))]


def _following(
    answers: StatedAnswers, taken: Sequence[Taken], followers: Followers
) -> StatedAnswers | None:
    """Return the answers once choices are taken, with what follows; None where that does not go together."""
    rules = answers.rules
    given: dict[str, Answer] = dict(answers.answers)
    changed_now = [name for name, value in taken if value is not None]
    moved = _moved_by(changed_now, followers)
    rows = [
        followers[name][value]
        if value is not None
        else [pair for pair in followers[name][None] if pair[0] not in moved]
        for name, value in taken
    ]
    moving = _moved_by(followers, followers)
    given = without(given, [name for name in moving if name in given])
    given = changed(given, [(n, v) for n, v in taken if v is not None], rules)
    for pairs in rows:
        for name, value in pairs:
            before = given.get(name, NO_ANSWER)
            if before.values and value not in before.values and not rules.criteria[name].multiple:
                return None
            given = entailment.supposing(given, name, value, rules)
    fixed = moving.union(followers)
    return stated(
        {n: replace(a, state="default") if n in fixed else a for n, a in given.items()}, rules
    )


def _moved_by(names: Iterable[str], followers: Followers) -> set[str]:
    """Return the criteria that not all answers to some choices leave alike."""
    return {n for name in names for pairs in followers[name].values() for n, _ in pairs}


def _set(
    opening: Opening, taken: Sequence[tuple[str, Any]], answers: StatedAnswers, told_apart: Alike
) -> ChoiceSet:
    rules = answers.rules
    facts: list[ServingAnswer] = []
    choices = [ServingAnswer(name, (value,)) for name, value in taken]
    for step in opening.steps:
        if step.pair:
            (facts if step.fact else choices).append(_serving(step.pair, answers, told_apart))
    changes = sum(bool(answers.answers.get(c.criterion, NO_ANSWER).values) for c in choices)
    ordinary = sum(
        rules.criteria[c.criterion].value(c.values[0]).ordinary
        for c in choices
        if not answers.answers.get(c.criterion, NO_ANSWER).values
    )
    terms = len(choices) - changes - ordinary
    cost = ChoiceCost(changes, len(facts), terms, ordinary)
    return _in_order(ChoiceSet(tuple(choices), tuple(facts), cost), rules)


def _serving(pair: Pair, answers: StatedAnswers, told_apart: Alike) -> ServingAnswer:
    """Return an answer with the values that do as well."""
    (name, chosen), given, rules = pair, answers.answers, answers.rules
    bare = without(given, [name]) if name in given and not rules.criteria[name].multiple else given
    group = next(values for values in told_apart(name) if chosen in values)
    return ServingAnswer(
        name, tuple(v for v in group if v == chosen or coherent((name, v), bare, rules))
    )


def _read(gates: Sequence[Requirement], rules: Rules) -> tuple[str, ...]:
    clauses = tuple(clause for gate in gates for clause in all_clauses(gate))
    return entailment.read_by(clauses, rules)


def _in_order(choice_set: ChoiceSet, rules: Rules) -> ChoiceSet:
    """Return a set with its choices and facts in author order."""

    def by_author(answer: ServingAnswer) -> int:
        return rules.criteria[answer.criterion].order

    return ChoiceSet(
        tuple(sorted(choice_set.choices, key=by_author)),
        tuple(sorted(choice_set.facts, key=by_author)),
        choice_set.cost,
    )
