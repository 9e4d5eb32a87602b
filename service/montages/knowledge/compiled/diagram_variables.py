"""The variables of a verdict diagram: how each criterion is stated or may yet be answered, and their order.

A criterion is one variable; of a criterion that takes several values, each value is one, in or out. What is
stated of it is its state. From each state there are several ways on: left as it is, answered, implied by
another answer, changed.

In the order, criteria that one gate reads stand near to each other: the fewer lie between those of a gate,
the fewer nodes. It is found by FORCE: each criterion moves to the middle of what it shares a group with,
again and again, from several starts.

Source: Aloul, Markov, Sakallah, FORCE: a fast and easy-to-implement variable-ordering heuristic (2003).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from random import Random
from typing import NamedTuple

from montages.knowledge.entailment import asking_order, implications, is_asked
from montages.knowledge.logic import Answer
from montages.knowledge.model import Criterion, Rulebook
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import deciding

# How a criterion may be stated: not at all, "I do not know", by the buyer himself, otherwise, or derived from
# another that may change.
UNKNOWN, DECLARED, STATED, FIXED, DERIVED = "unknown", "declared", "stated", "fixed", "derived"
# How it may come to be answered: as it is stated, anew, by what another answer implies, otherwise than it is.
# What is derived stays so, or is left unanswered as what it was derived from is changed.
HELD, ASKED, IMPLIED, CHANGED, DROPPED = "held", "asked", "implied", "changed", "dropped"
IN, OUT = "in", "out"


class Way(NamedTuple):
    """One way in which a variable comes to a value, or to none; several values are at odds."""

    how: str
    values: frozenset[str] = frozenset()

    @property
    def new(self) -> bool:
        """Tell whether the value was not stated before."""
        return self.how in (ASKED, IMPLIED, CHANGED)


class AnswerVariable(NamedTuple):
    """A criterion, or a value of one that takes several, with its states and the ways on from each.

    `ways` are all there are; `kept` and `open` give for each state those that leave stated choices as they
    are, and all.
    """

    criterion: str
    value: str | None
    states: tuple[tuple[str, str], ...]
    ways: tuple[Way, ...]
    kept: tuple[tuple[int, ...], ...]
    open: tuple[tuple[int, ...], ...]

    @property
    def several(self) -> bool:
        """Tell whether it is one value of several."""
        return self.value is not None

    def pair(self, way: Way) -> tuple[str, str] | None:
        """Return the answer that a way gives, None where it gives none or leaves a value out."""
        if len(way.values) != 1:
            return None
        (value,) = way.values
        if self.value is None:
            return self.criterion, value
        return (self.criterion, self.value) if value == IN else None


def answer_variables(names: Sequence[str], rules: Rules) -> tuple[AnswerVariable, ...]:
    """Return the variables of criteria, in their order."""
    return tuple(
        _variable(rules.criteria[name], value, rules)
        for name in names
        for value in (
            [v.slug for v in rules.criteria[name].values]
            if rules.criteria[name].multiple
            else [None]
        )
    )


def _variable(criterion: Criterion, value: str | None, rules: Rules) -> AnswerVariable:
    values = [v.slug for v in criterion.values] if value is None else [IN, OUT]
    choice = value is None and criterion.nature == "choice"
    states = [(UNKNOWN, ""), (DECLARED, "")]
    states += [(STATED if choice else FIXED, v) for v in values]
    if choice:
        states += [(FIXED, v) for v in values]
    implied, derivable = (
        [v for v in (values if value is None else [IN]) if (criterion.slug, value or v) in pairs]
        for pairs in (_implied_pairs(), _following_choices(rules))
    )
    states += [(DERIVED, v) for v in derivable]
    ways = [_way(HELD), *(_way(HELD, v) for v in values)]
    if is_asked(criterion.slug, rules):
        ways += [_way(ASKED, v) for v in values]
    ways += [_way(IMPLIED, v) for v in implied]
    ways += [_way(CHANGED, v) for v in values] if choice else []
    ways += [_way(DERIVED, v) for v in derivable]
    ways += [_way(DROPPED)] if derivable else []
    ways.sort(key=lambda way: way.how not in (HELD, DERIVED))  # what stays as it is comes first
    kept = [[w for w in ways if _goes_on(state, w)] for state in states]
    changes = [
        [w for w in ways if state == STATED and w.how == CHANGED and v not in w.values]
        for state, v in states
    ]
    return AnswerVariable(
        criterion.slug,
        value,
        tuple(states),
        tuple(ways),
        tuple(tuple(map(ways.index, k)) for k in kept),
        tuple(tuple(map(ways.index, [*k, *c])) for k, c in zip(kept, changes, strict=True)),
    )


def _way(how: str, *values: str) -> Way:
    return Way(how, frozenset(values))


def _goes_on(state: tuple[str, str], way: Way) -> bool:
    """Tell whether a way leads on from a state, stated choices being left as they are."""
    how, value = state
    if how in (UNKNOWN, DECLARED):
        return way.how in (ASKED, IMPLIED) or way == Way(HELD)
    if how == DERIVED:
        return way == Way(DERIVED, frozenset({value})) or way.how in (DROPPED, ASKED, IMPLIED)
    return way == Way(HELD, frozenset({value}))


@cache
def _implied_pairs() -> frozenset[tuple[str, str]]:
    return frozenset(pair for pairs in implications().values() for pair in pairs)


@cache
def _following_choices(rules: Rules) -> frozenset[tuple[str, str]]:
    """Return the answers that choices imply: with the choice they change."""
    return frozenset(
        pair
        for (name, _), pairs in implications().items()
        if rules.criteria[name].nature == "choice"
        for pair in pairs
    )


def stated_of(variable: AnswerVariable, answer: Answer | None) -> tuple[str, str] | None:
    """Return the state of a variable under the answer to its criterion, None where values are at odds.

    A value that is on no list counts for nothing.
    """
    if answer is None:
        return UNKNOWN, ""
    if variable.value is None:
        values = [value for value in answer.values if (FIXED, value) in variable.states]
        if not values:
            return _unanswered(answer), ""
        if len(values) > 1:
            return None
        (value,) = values
        derived = DERIVED, value
        if answer.state == "derived" and derived in variable.states:
            return derived
        chosen = answer.state == "explicit" and (STATED, value) in variable.states
        return (STATED if chosen else FIXED), value
    is_in, is_out = variable.value in answer.values, variable.value in answer.excluded
    if is_in and is_out:
        return None
    if is_in:
        follows = answer.state == "derived" and len(answer.values) == 1
        return (DERIVED if follows and (DERIVED, IN) in variable.states else FIXED), IN
    return (FIXED, OUT) if is_out else (_unanswered(answer), "")


def _unanswered(answer: Answer) -> str:
    return DECLARED if answer.state == "explicit-unknown" else UNKNOWN


def at_odds(variable: AnswerVariable, answer: Answer) -> AnswerVariable:
    """Return a variable of one state: several values of a criterion, or a value both in and out.

    A choice that the buyer states twice may be changed to one of its values.
    """
    if variable.several:
        ways, kept = [_way(HELD, IN, OUT)], (0,)
    else:
        changes = [w for w in variable.ways if w.how == CHANGED]
        ways = [Way(HELD, answer.values), *(changes if answer.state == "explicit" else [])]
        kept = (0,)
    return variable._replace(
        states=((FIXED, ""),), ways=tuple(ways), kept=(kept,), open=(tuple(range(len(ways))),)
    )


# An order is looked for from so many starts, in so many rounds each; so many of the best are given.
_STARTS, _ROUNDS, _BEST = 80, 50, 3


def deciding_criteria(rules: Rules) -> list[str]:
    """Return the criteria that decide verdicts, and those asked before them, in author order."""
    read = {name for slug in rules.arrangements for name in deciding(slug, rules)}
    wanted = set(asking_order(tuple(name for name in rules.criteria if name in read), rules))
    return [name for name in rules.criteria if name in wanted]


def criteria_in_orders(book: Rulebook) -> list[list[str]]:
    """Return orders of the criteria of a rulebook, the best first: what gates read together stands near."""
    gates = [r for r in book.requirements if r.hard or r.closes_if]
    groups = {frozenset(clause.criterion for clause in gate.clauses()) for gate in gates}
    groups |= {
        frozenset((name, other))
        for (name, _), pairs in implications().items()
        for other, _ in pairs
    }
    groups |= {
        frozenset((name, *(c.criterion for c in condition.clauses)))
        for name, criterion in book.criteria.items()
        for condition in criterion.asked_when
    }
    return _near_each_other(list(book.criteria), sorted(groups, key=sorted))


def _near_each_other(names: Sequence[str], groups: Collection[frozenset[str]]) -> list[list[str]]:
    """Return orders of names in which those of a group are near each other: the same ones each time."""
    # By their numbers, which takes a third of the time.
    number = {name: n for n, name in enumerate(names)}
    numbered = [tuple(sorted(number[name] for name in group)) for group in groups]
    candidates = []
    for start in range(_STARTS):
        order = list(range(len(names)))
        if start:
            Random(start).shuffle(order)  # noqa: S311 — an order, not a secret
        orders = [order]
        for _ in range(_ROUNDS):
            order = _moved(order, numbered)
            if order == orders[-1]:
                break
            orders.append(order)
        span, best = min(((_span(o, numbered), o) for o in orders), key=lambda pair: pair[0])
        candidates.append((span, [names[n] for n in best]))
    return [order for _, order in sorted(candidates)[:_BEST]]


def _places(order: Sequence[int]) -> list[int]:
    """Return the place of each number of an order."""
    places = [0] * len(order)
    for place, number in enumerate(order):
        places[number] = place
    return places


def _span(order: Sequence[int], groups: Collection[tuple[int, ...]]) -> int:
    place_of = _places(order).__getitem__
    ends = [list(map(place_of, group)) for group in groups]
    return sum(map(max, ends)) - sum(map(min, ends))


def _moved(order: Sequence[int], groups: Collection[tuple[int, ...]]) -> list[int]:
    """Return numbers by the mean of the centres of their groups, those of one mean as they stand."""
    places = _places(order)
    centres: list[list[float]] = [[] for _ in places]
    for group in groups:
        centre = sum(map(places.__getitem__, group)) / len(group)
        for number in group:
            centres[number].append(centre)
    # The places of one criterion are summed in one order: what is added last must not decide.
    mean = [
        sum(sorted(of)) / len(of) if of else float(place)
        for of, place in zip(centres, places, strict=True)
    ]
    return sorted(order, key=mean.__getitem__)
