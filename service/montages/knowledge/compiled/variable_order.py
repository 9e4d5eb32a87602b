"""The order in which criteria are asked in a diagram: those that one gate reads stand near to each other.

The fewer criteria lie between those of a gate, the fewer nodes. The order is found by FORCE: each criterion
moves to the middle of what it shares a group with, again and again, from several starts.

Source: Aloul, Markov, Sakallah, FORCE: a fast and easy-to-implement variable-ordering heuristic (2003).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from montages.knowledge.asking_order import bearing_on
from montages.knowledge.implications import implications
from montages.knowledge.periods import Rules
from montages.knowledge.verdict_gates import deciding, gates_of

_STARTS, _ROUNDS = 80, 100


def criteria_in_order(rules: Rules) -> list[str]:
    """Return the criteria that decide verdicts, and those asked before them, near what they are read with."""
    read = {name for slug in rules.arrangements for name in deciding(slug, rules)}
    wanted = set(bearing_on(tuple(name for name in rules.criteria if name in read), rules))
    names = [name for name in rules.criteria if name in wanted]
    groups = {
        frozenset(clause.criterion for clause in gate.clauses())
        for slug in rules.arrangements
        for gate in gates_of(slug, rules)
    }
    groups |= {
        frozenset((name, other))
        for (name, _), pairs in implications().items()
        for other, _ in pairs
        if {name, other} <= wanted
    }
    groups |= {
        frozenset((name, *(c.criterion for c in condition.clauses)))
        for name in names
        for condition in rules.criteria[name].asked_when
    }
    return _near_each_other(names, sorted(groups, key=sorted))


def _near_each_other(names: Sequence[str], groups: Collection[frozenset[str]]) -> list[str]:
    """Return names so that those of a group are near each other: the same order each time."""
    best = list(names)
    least = _span(best, groups)
    for start in range(_STARTS):
        order = list(names)
        if start:
            Random(start).shuffle(order)  # noqa: S311 — an order, not a secret
        for _ in range(_ROUNDS):
            span = _span(order, groups)
            if span < least:
                best, least = order, span
            moved = _moved(order, groups)
            if moved == order:
                break
            order = moved
    return best


def _span(order: Sequence[str], groups: Collection[frozenset[str]]) -> int:
    place = {name: n for n, name in enumerate(order)}
    ends = ([place[name] for name in group] for group in groups)
    return sum(max(places) - min(places) for places in ends)


def _moved(order: Sequence[str], groups: Collection[frozenset[str]]) -> list[str]:
    """Return names by the mean of the centres of their groups."""
    place = {name: n for n, name in enumerate(order)}
    centres: dict[str, list[float]] = {name: [] for name in order}
    for group in groups:
        centre = sum(place[name] for name in sorted(group)) / len(group)
        for name in group:
            centres[name].append(centre)
    # The places of one criterion are summed in one order: what is added last must not decide.
    mean = {
        name: sum(sorted(of)) / len(of) if of else float(place[name])
        for name, of in centres.items()
    }
    return sorted(order, key=lambda name: (mean[name], place[name]))
