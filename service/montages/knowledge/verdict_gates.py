"""What decides a verdict: gates, and duties that one may not refuse (R34, R37b)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache

from montages.knowledge.entailment import implications, read_by
from montages.knowledge.law import Clause, Gate, Preference, Requirement
from montages.knowledge.periods import Rules


@cache
def gates_of(slug: str, rules: Rules) -> tuple[Requirement, ...]:
    """Return the gates of an arrangement, and its duties that close it where they are refused."""
    return tuple(r for r in rules.effective(slug) if r.hard or r.closes_if)


@cache
def splitting_gates(slug: str, rules: Rules) -> tuple[Gate, ...]:
    """Return the gates of an arrangement by which what it leaves out has a contract of its own."""
    return tuple(
        r for r in rules.effective(slug) if isinstance(r, Gate) and r.splits_into is not None
    )


@cache
def folding_preferences(slug: str, rules: Rules) -> tuple[Preference, ...]:
    """Return the preferences of an arrangement that make it hardly sensible where they are not met (R34b)."""
    return tuple(r for r in rules.effective(slug) if isinstance(r, Preference) and r.folds)


@cache
def deciding(slug: str, rules: Rules) -> tuple[str, ...]:
    """Return the criteria that may decide the verdict on an arrangement."""
    clauses = tuple(clause for gate in gates_of(slug, rules) for clause in all_clauses(gate))
    return read_by(clauses, rules)


@cache
def by_threshold(
    slug: str, rules: Rules
) -> tuple[tuple[Requirement, ...], tuple[Requirement, ...]]:
    """Return the gates that can be judged on the day, and those whose threshold has no known value then."""
    known: tuple[list[Requirement], list[Requirement]] = ([], [])
    for gate in gates_of(slug, rules):
        known[unknown_threshold(gate, rules) is not None].append(gate)
    return tuple(known[0]), tuple(known[1])


def unknown_threshold(gate: Requirement, rules: Rules) -> str | None:
    """Return the criterion of a gate whose threshold has no known value on the day, None if it has."""
    return next((c.criterion for c in gate.clauses() if rules.accepted(c) is None), None)


def all_clauses(gate: Requirement) -> tuple[Clause, ...]:
    """Return every clause that decides a gate, or whether a duty is refused."""
    refusals = tuple(clause for condition in gate.closes_if for clause in condition.clauses)
    return (*gate.clauses(), *refusals)


def is_term(name: str, rules: Rules) -> bool:
    """Tell whether an answer to a criterion is a term that one accepts, and no fact to look up (R33)."""
    return rules.criteria[name].nature in ("choice", "step")


def alike(name: str, clauses: Iterable[Clause], rules: Rules) -> tuple[tuple[str, ...], ...]:
    """Return the values of a criterion, those together that no clause tells apart and nothing implies."""
    return _alike(name, tuple(clause for clause in clauses if clause.criterion == name), rules)


@lru_cache(maxsize=4096)
def _alike(name: str, clauses: tuple[Clause, ...], rules: Rules) -> tuple[tuple[str, ...], ...]:
    own = [rules.accepted(clause) or frozenset() for clause in clauses]
    entailed = {pair for pairs in implications().values() for pair in pairs}
    groups: dict[object, list[str]] = {}
    for value in rules.criteria[name].values:
        pair = (name, value.slug)
        key: object = pair
        if pair not in implications() and pair not in entailed:
            accepted = tuple(value.slug in values for values in own)
            key = (accepted, value.ordinary, value.excludes_others)
        groups.setdefault(key, []).append(value.slug)
    return tuple(map(tuple, groups.values()))


# What an answer costs: a fact to find out outweighs any number of terms, a term any number of ordinary ones.
FACT, TERM, ORDINARY = 1_000_000, 1_000, 1


def price(name: str, value: str, rules: Rules) -> int:
    """Return what supposing an answer costs: little for a term, most for a fact."""
    if not is_term(name, rules):
        return FACT
    return ORDINARY if rules.criteria[name].value(value).ordinary else TERM
