"""What opens an arrangement, by brute force: every set of choices, with every way of answering facts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations, product

from montages.knowledge.logic import NO_ANSWER, Answers
from verdict_oracle import Oracle, Pair, supposing, within_reach, without


def is_term(oracle: Oracle, name: str) -> bool:
    return oracle.rules.criteria[name].nature in ("choice", "step")


def opening_sets(oracle: Oracle, answers: Answers) -> dict[frozenset[Pair], int]:
    """Return the sets of choices of which no part leaves as little to find out, with how many facts are left.

    Raises TooLarge where there is too much to try.
    """
    left: dict[frozenset[Pair], int] = {}
    ways = list(chain.from_iterable(_assignments(oracle, answers)))
    ways.sort(key=len)
    for pairs in ways:
        facts = facts_left(oracle, answers, pairs)
        if facts is not None:
            left[frozenset(pairs)] = facts
    return {
        pairs: facts
        for pairs, facts in left.items()
        if pairs and not any(other < pairs and fewer <= facts for other, fewer in left.items())
    }


def _assignments(oracle: Oracle, answers: Answers) -> Iterator[Iterator[tuple[Pair, ...]]]:
    """Yield every way of answering some choices: otherwise than stated, or for the first time."""
    stated = {name: oracle.others(name, answers) for name in oracle.stated_choices(answers)}
    open_names = [n for n in oracle.unanswered(answers) if is_term(oracle, n) and n not in stated]
    free = {
        name: [
            (name, v.slug)
            for v in oracle.rules.criteria[name].values
            if v.slug not in answers.get(name, NO_ANSWER).excluded
        ]
        for name in open_names
    }
    options = stated | free
    within_reach(len(pairs) + 1 for pairs in options.values())
    for size in range(len(options) + 1):
        for names in combinations(options, size):
            yield product(*(options[name] for name in names))


def facts_left(oracle: Oracle, answers: Answers, pairs: tuple[Pair, ...]) -> int | None:
    """Return how few facts make every gate true once some choices are answered so, None if none do."""
    changed = [name for name, _ in pairs if answers.get(name, NO_ANSWER).values]
    after = supposing(without(answers, changed), pairs, oracle.rules)
    if after is None or oracle.stands_against(after):
        return None
    if oracle.holds(after):
        return 0
    names = [n for n in oracle.unanswered(after) if not is_term(oracle, n)]
    every = [oracle.ways(name, after) for name in names]
    within_reach(map(len, every))
    counts = [
        len(facts)
        for facts in (tuple(chain.from_iterable(ways)) for ways in product(*every))
        if oracle.completes(facts, after)
    ]
    return min(counts, default=None)
