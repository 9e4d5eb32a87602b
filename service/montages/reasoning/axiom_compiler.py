"""Compile axioms: those in normal form become bits, masks and records of properties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from rdflib import Graph

from montages.reasoning.axiom_reader import read_axioms
from montages.reasoning.closure import (
    ClosedFacts,
    CompiledAxioms,
    Consequences,
    Intersections,
    Join,
    Property,
    expand,
)
from montages.reasoning.normal_form import NormalizedAxioms, anonymous, relevant
from montages.reasoning.owl_terms import built_in

Lists = defaultdict[str, list[Any]]


def compile_axioms(
    graph: Graph, first: Sequence[str] = (), only: Iterable[str] | None = None
) -> CompiledAxioms:
    """Return the axioms of a graph, compiled, with the static facts about individuals that it holds.

    The classes of `first` get bits 0, 1, 2… in that order, then the other IRIs, then the expressions.
    With `only`, what can lead neither to these classes nor to edges of the properties named is left out.
    Raises UnsupportedAxiom for an axiom of a kind that cannot be honoured, or that is malformed.
    """
    axioms = read_axioms(graph)
    if only is not None:
        axioms = relevant(axioms, {*first, *only})
    others = sorted(axioms.classes - set(first), key=lambda name: (anonymous(name), name))
    bit = {name: number for number, name in enumerate(dict.fromkeys([*first, *others]))}
    up = _upward(axioms, bit)
    consequences = _consequences(axioms, bit, up)
    compiled: dict[str, Any] = {
        "classes": tuple(bit),
        "bit": bit,
        "named": _mask((c for c in bit if not anonymous(c) and not built_in(c)), bit),
        "up": dict(up),
        "properties": _properties(axioms, bit, up),
        "intersections": _intersections(axioms, bit, up),
        "consequences": consequences,
        "active": reduce(or_, consequences, 0),
    }
    without_facts = CompiledAxioms(**compiled, base=ClosedFacts({}, {}, {}))
    return CompiledAxioms(**compiled, base=expand(without_facts, sorted(axioms.facts)))


def _mask(classes: Iterable[str], bit: dict[str, int]) -> int:
    return reduce(or_, (1 << bit[name] for name in classes), 0)


def _upward(axioms: NormalizedAxioms, bit: dict[str, int]) -> defaultdict[str, int]:
    """Return the mask of each class with all its superclasses; a class without a bit has theirs."""
    supers: Lists = defaultdict(list)
    for sub, sup in sorted(axioms.sub_class):
        supers[sub].append(sup)
    up = defaultdict(int, {name: 1 << number for name, number in bit.items()})
    before: dict[str, int] = {}
    while before != up:
        before = dict(up)
        for name, above in supers.items():
            up[name] = reduce(or_, (up[a] for a in above), up[name])
    return up


def _intersections(
    axioms: NormalizedAxioms, bit: dict[str, int], up: dict[str, int]
) -> Intersections:
    """Return the intersections by their trigger: the member that the fewest classes lead to."""
    leads = Counter(above for sub in up.values() for above in _bits(sub))
    by_trigger: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for members, whole in sorted(axioms.intersection):
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


def _consequences(
    axioms: NormalizedAxioms, bit: dict[str, int], up: dict[str, int]
) -> dict[int, Consequences]:
    values: Lists = defaultdict(list)
    some: Lists = defaultdict(list)
    for name, prop, value in sorted(axioms.value_from_class):
        values[name].append((prop, value))
    for prop, filler, name in sorted(axioms.some):
        some[filler].append((prop, up[name]))
    return {
        1 << bit[name]: Consequences(tuple(values[name]), tuple(some[name]))
        for name in sorted({*values, *some})
    }


def _properties(
    axioms: NormalizedAxioms, bit: dict[str, int], up: dict[str, int]
) -> dict[str, Property]:
    domain: defaultdict[str, int] = defaultdict(int)
    range_: defaultdict[str, int] = defaultdict(int)
    by_value: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    supers: Lists = defaultdict(list)
    inverses: Lists = defaultdict(list)
    for prop, name in sorted(axioms.domain):
        domain[prop] |= up[name]
    for prop, name in sorted(axioms.range):
        range_[prop] |= up[name]
    for prop, value, name in sorted(axioms.class_from_value):
        by_value[prop][value] |= up[name]
    for prop, above in sorted(axioms.sub_property):
        supers[prop].append(above)
    for prop, other in sorted(axioms.inverse | {(q, p) for p, q in axioms.inverse}):
        inverses[prop].append(other)
    joins = _joins(axioms, bit, up)
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


def _joins(axioms: NormalizedAxioms, bit: dict[str, int], up: dict[str, int]) -> dict[str, Join]:
    first_of: defaultdict[str, Lists] = defaultdict(lambda: defaultdict(list))
    second_of: defaultdict[str, Lists] = defaultdict(lambda: defaultdict(list))
    some: Lists = defaultdict(list)
    for first, second, whole in sorted(axioms.chain):
        first_of[first][second].append(whole)
        second_of[second][first].append(whole)
    for prop, filler, name in sorted(axioms.some):
        some[prop].append((1 << bit[filler], up[name]))
    return {
        prop: Join(
            tuple((q, tuple(wholes)) for q, wholes in first_of[prop].items()),
            tuple((q, tuple(wholes)) for q, wholes in second_of[prop].items()),
            tuple(some[prop]),
            followed_back=prop in first_of or prop in some,
        )
        for prop in sorted({*first_of, *second_of, *some})
    }
