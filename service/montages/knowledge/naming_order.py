"""What naming looks at, in order: definitions that call contracts, plain purchases, ways of awarding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from montages.knowledge.law import Condition
from montages.knowledge.model import Arrangement, Definition
from montages.knowledge.periods import Rules


@cache
def definitions_in_order(rules: Rules) -> Sequence[Definition]:
    """Return the definitions of a period: of general contracts first, by law before practice."""
    book = sorted(rules.book.definitions, key=lambda d: (d.basis != "Definition", d.slug))
    definitions = [definition for definition in book if definition.defines in rules.arrangements]
    return sorted(definitions, key=lambda definition: _depth(definition, rules))


def _depth(definition: Definition, rules: Rules) -> int:
    """Return how many contracts a definition is a kind of, one after the other."""
    if definition.also is None:
        return 0
    above = next(d for d in rules.book.definitions if d.defines == definition.also)
    return 1 + _depth(above, rules)


def exceptions_to(definition: Definition, rules: Rules) -> Iterator[Condition]:
    """Yield the conditions under which a definition, or its contract, says that it does not call it."""
    yield from definition.unless
    for slug in rules.lineage(definition.defines):
        yield from rules.book.arrangements[slug].not_defined_where


@cache
def calling_criteria(rules: Rules) -> frozenset[str]:
    """Return the criteria whose answers bear on which contracts are called."""
    of_contracts = (c for a in rules.arrangements.values() for c in a.not_defined_where)
    of_book = (c for d in rules.book.definitions for c in (*d.when, *d.unless))
    named = {c.criterion for condition in (*of_contracts, *of_book) for c in condition.clauses}
    return frozenset(named.union(*(d.unless_stated for d in rules.book.definitions)))


@cache
def qualification_order(rules: Rules) -> Sequence[str]:
    """Return the contracts in the order of qualification."""
    named = [a for a in rules.arrangements.values() if a.qualified_by]
    return [a.slug for a in sorted(named, key=lambda arrangement: arrangement.qualification_order)]


def is_plain(arrangement: Arrangement, rules: Rules) -> bool:
    """Tell whether a contract is a plain purchase: one of the last question."""
    return arrangement.qualified_by == next(reversed(rules.book.qualification))


@cache
def plain_contracts(rules: Rules) -> Sequence[str]:
    """Return the plain purchases, what they have in common first."""
    plain = [a for a in rules.arrangements.values() if is_plain(a, rules)]
    return [a.slug for a in sorted(plain, key=lambda a: (not a.abstract, a.order))]


@cache
def applying(contract: str, rules: Rules) -> frozenset[str]:
    """Return what applies to a contract, by slug: the procedures that award it, and channels."""
    lineage = set(rules.lineage(contract))
    every = rules.book.arrangements.values()
    return frozenset(a.slug for a in every if lineage.intersection(a.applies_to))


@cache
def channels_for(contract: str, rules: Rules) -> Sequence[str]:
    """Return the channels that take the place of the procedure of a contract."""
    channels = (a.slug for a in rules.arrangements.values() if a.replaces_procedure)
    return [channel for channel in channels if channel in applying(contract, rules)]


@cache
def procedures_for(contract: str, rules: Rules) -> Sequence[Sequence[str]]:
    """Return the families of procedures by which a contract is awarded, each lightest first."""
    return [family for family in _families(rules) if applying(contract, rules).issuperset(family)]


@cache
def _families(rules: Rules) -> Sequence[Sequence[str]]:
    """Return the procedures of each family of contracts, lightest first."""
    out: dict[tuple[str, ...], list[str]] = {}
    for arrangement in sorted(rules.arrangements.values(), key=lambda a: a.order):
        if arrangement.kind == "procedure" and not arrangement.abstract:
            out.setdefault(arrangement.applies_to, []).append(arrangement.slug)
    return list(out.values())


@cache
def outranking(slug: str, rules: Rules) -> frozenset[str]:
    """Return the procedures behind which one ranks, unless an answer calls for it."""
    behind = set(rules.arrangements[slug].ranks_behind)
    return frozenset(o for o in rules.arrangements if behind.intersection(rules.lineage(o)))
