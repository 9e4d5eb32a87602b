"""Which criteria are asked so as to know others, in what order: what is asked after another comes later."""

from __future__ import annotations

from functools import cache

from montages.knowledge.implications import implications
from montages.knowledge.periods import Rules


@cache
def telling(name: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers tell one: itself, and those that imply an answer to it."""
    implying = {source for (source, _), pairs in implications().items() if name in dict(pairs)}
    return (name, *(c for c in rules.criteria if c in implying and c != name))


@cache
def bearing_on(names: tuple[str, ...], rules: Rules) -> tuple[str, ...]:
    """Return the criteria whose answers bear on some: they, those that tell them, those asked before.

    What is asked after another comes after it.
    """
    found = dict.fromkeys(names)
    todo = list(names)
    for name in todo:
        before = [c.criterion for w in rules.criteria[name].asked_when for c in w.clauses]
        new = [n for n in (*telling(name, rules), *before) if n not in found]
        found |= dict.fromkeys(new)
        todo += new
    return tuple(sorted(found, key=lambda n: (_depth(n, rules), rules.criteria[n].order)))


@cache
def _depth(name: str, rules: Rules) -> int:
    """Return how many questions come before one, at most."""
    before = [
        source
        for condition in rules.criteria[name].asked_when
        for clause in condition.clauses
        for source in telling(clause.criterion, rules)
        if source != name
    ]
    return 1 + max((_depth(source, rules) for source in before), default=-1)
