"""The compile: rules between names become bits, masks and records."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from rdflib import Graph

from montages.decision.rl.axioms import (
    Axioms,
    Consequences,
    Intersections,
    Join,
    Property,
)
from montages.decision.rl.expand import State, expand
from montages.decision.rl.reading import read
from montages.decision.rl.relevant import carried, relevant
from montages.decision.rl.rules import Rules, anonymous
from montages.decision.rl.vocabulary import built_in

Gathered = defaultdict[str, list[Any]]


def compile_axioms(
    graph: Graph, first: Sequence[str] = (), only: Iterable[str] | None = None
) -> Axioms:
    """Return the axioms of a graph, compiled, with the static facts about individuals that it holds.

    The classes of `first` get bits 0, 1, 2… in that order, then the other IRIs, then the expressions.
    With `only`, what can lead neither to these classes nor to edges of the properties named is left out.
    Raises UnsupportedAxiom for an axiom of a kind that cannot be honoured, or that is malformed.
    """
    rules = read(graph)
    if only is not None:
        rules = relevant(rules, {*first, *only})
    others = sorted(rules.classes - set(first), key=lambda name: (anonymous(name), name))
    bit = {name: number for number, name in enumerate(dict.fromkeys([*first, *others]))}
    up = _upward(rules, bit)
    consequences = _consequences(rules, bit, up)
    compiled: dict[str, Any] = {
        "classes": tuple(bit),
        "bit": bit,
        "named": _mask((c for c in bit if not anonymous(c) and not built_in(c)), bit),
        "up": dict(up),
        "properties": _properties(rules, bit, up),
        "intersections": _intersections(rules, bit, up),
        "consequences": consequences,
        "active": reduce(or_, consequences, 0),
        "carried": carried(rules),
        "empty_classes": tuple(
            (rule, _mask(classes, bit), classes) for rule, classes in sorted(rules.empty_class)
        ),
        "empty_properties": tuple(sorted(rules.empty_property)),
    }
    without_facts = Axioms(**compiled, base=State({}, {}, {}))
    return Axioms(**compiled, base=expand(without_facts, sorted(rules.facts)))


def _mask(classes: Iterable[str], bit: dict[str, int]) -> int:
    return reduce(or_, (1 << bit[name] for name in classes), 0)


def _upward(rules: Rules, bit: dict[str, int]) -> defaultdict[str, int]:
    """Return the mask of each class with all its superclasses; a class without a bit has theirs."""
    supers: Gathered = defaultdict(list)
    for sub, sup in sorted(rules.sub_class):
        supers[sub].append(sup)
    up = defaultdict(int, {name: 1 << number for name, number in bit.items()})
    before: dict[str, int] = {}
    while before != up:
        before = dict(up)
        for name, above in supers.items():
            up[name] = reduce(or_, (up[a] for a in above), up[name])
    return up


def _intersections(rules: Rules, bit: dict[str, int], up: dict[str, int]) -> Intersections:
    """Return the intersections by their trigger: the member that the fewest classes lead to."""
    leads = Counter(above for sub in up.values() for above in _bits(sub))
    by_trigger: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for members, whole in sorted(rules.intersection):
        need = _mask(members, bit)
        trigger = min(_bits(need), key=lambda member: (leads[member], member))
        by_trigger[trigger].append((need, up[whole]))
    return Intersections(
        reduce(or_, by_trigger, 0), {bit: tuple(pairs) for bit, pairs in by_trigger.items()}
    )


def _bits(mask: int) -> Iterator[int]:
    """Return the bits of a mask, each as a mask, lowest first."""
    while mask:
        bit = mask & -mask
        mask ^= bit
        yield bit


def _consequences(rules: Rules, bit: dict[str, int], up: dict[str, int]) -> dict[int, Consequences]:
    values: Gathered = defaultdict(list)
    some: Gathered = defaultdict(list)
    every: Gathered = defaultdict(list)
    for name, prop, value in sorted(rules.value_from_class):
        values[name].append((prop, value))
    for prop, filler, name in sorted(rules.some):
        some[filler].append((prop, up[name]))
    for name, prop, filler in sorted(rules.every):
        every[name].append((prop, up[filler]))
    return {
        1 << bit[name]: Consequences(tuple(values[name]), tuple(some[name]), tuple(every[name]))
        for name in sorted({*values, *some, *every})
    }


def _properties(rules: Rules, bit: dict[str, int], up: dict[str, int]) -> dict[str, Property]:
    domain: defaultdict[str, int] = defaultdict(int)
    range_: defaultdict[str, int] = defaultdict(int)
    by_value: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    supers: Gathered = defaultdict(list)
    inverses: Gathered = defaultdict(list)
    for prop, name in sorted(rules.domain):
        domain[prop] |= up[name]
    for prop, name in sorted(rules.range):
        range_[prop] |= up[name]
    for prop, value, name in sorted(rules.class_from_value):
        by_value[prop][value] |= up[name]
    for prop, above in sorted(rules.sub_property):
        supers[prop].append(above)
    for prop, other in sorted(rules.inverse | {(q, p) for p, q in rules.inverse}):
        inverses[prop].append(other)
    joins = _joins(rules, bit, up)
    return {
        prop: Property(
            dict(by_value[prop]),
            domain[prop],
            range_[prop],
            tuple(supers[prop]),
            tuple(inverses[prop]),
            joins.get(prop),
        )
        for prop in sorted({*domain, *range_, *by_value, *supers, *inverses, *joins})
    }


def _joins(rules: Rules, bit: dict[str, int], up: dict[str, int]) -> dict[str, Join]:
    first_of: defaultdict[str, Gathered] = defaultdict(lambda: defaultdict(list))
    second_of: defaultdict[str, Gathered] = defaultdict(lambda: defaultdict(list))
    some: Gathered = defaultdict(list)
    every: Gathered = defaultdict(list)
    for first, second, whole in sorted(rules.chain):
        first_of[first][second].append(whole)
        second_of[second][first].append(whole)
    for prop, filler, name in sorted(rules.some):
        some[prop].append((1 << bit[filler], up[name]))
    for name, prop, filler in sorted(rules.every):
        every[prop].append((1 << bit[name], up[filler]))
    return {
        prop: Join(
            tuple((q, tuple(wholes)) for q, wholes in first_of[prop].items()),
            tuple((q, tuple(wholes)) for q, wholes in second_of[prop].items()),
            tuple(some[prop]),
            tuple(every[prop]),
            followed_back=prop in first_of or prop in some,
        )
        for prop in sorted({*first_of, *second_of, *some, *every})
    }
