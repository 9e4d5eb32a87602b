"""What the law forbids whatever the contract, looked at before any is named (R44)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from montages.assessment.verdict.answer_changes import Pair
from montages.knowledge.compiled.masks import masks
from montages.knowledge.model import Prohibition
from montages.knowledge.periods import Rules


def prohibition_of(bits: int, rules: Rules) -> Prohibition | None:
    """Return the first prohibition whose facts hold by the bits of answers, None where none does."""
    for it, when, unless in _tests(rules):
        if all(bits & met for met in when) and not any(
            all(bits & met for met in each) for each in unless
        ):
            return it
    return None


@cache
def _tests(rules: Rules) -> Sequence[tuple[Prohibition, Sequence[int], Sequence[Sequence[int]]]]:
    """Return each prohibition with the bits of its facts, and of its exceptions."""
    test = masks(rules).test
    return [
        (
            it,
            [test(clause).met for clause in it.when],
            [[test(clause).met for clause in condition.clauses] for condition in it.unless],
        )
        for it in rules.book.prohibitions
    ]


def forbidding_criteria(rules: Rules) -> frozenset[str]:
    """Return the criteria that prohibitions read."""
    book = rules.book.prohibitions
    clauses = (c for it in book for c in (*it.when, *(c for u in it.unless for c in u.clauses)))
    return frozenset(clause.criterion for clause in clauses)


def lifting(it: Prohibition, rules: Rules) -> Iterator[tuple[Pair, ...]]:
    """Yield the answers that lift a prohibition, a choice before a fact."""
    changes = []
    for condition in it.lifted_by:
        pairs = tuple(
            (c.criterion, _first(c.criterion, c.accepts, rules)) for c in condition.clauses
        )
        facts = sum(rules.criteria[name].nature == "fact" for name, _ in pairs)
        changes.append((facts, pairs))
    yield from (pairs for _, pairs in sorted(changes))


def _first(name: str, accepted: frozenset[str], rules: Rules) -> str:
    return next(value.slug for value in rules.criteria[name].values if value.slug in accepted)
