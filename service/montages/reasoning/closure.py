"""What follows from facts under compiled axioms: the form of these, what comes out, and the evaluation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from montages.reasoning.normal_form import anonymous
from montages.reasoning.owl_terms import TYPE, is_fact

_DIGIT = bytes.maketrans(b"01", b"\0\1")
_NONE: dict[str, dict[str, None]] = {}

Edges = dict[str, dict[str, dict[str, None]]]  # s → p → every o


class Join(NamedTuple):
    """What an edge s –p→ o says together with other edges, or with the classes of its object."""

    first_of: tuple[tuple[str, tuple[str, ...]], ...]  # (q, each r): p then q gives r
    second_of: tuple[tuple[str, tuple[str, ...]], ...]  # (q, each r): q then p gives r
    some: tuple[tuple[int, int], ...]  # (bit of o, mask for s)
    followed_back: bool  # someone looks these edges up by their object


class Property(NamedTuple):
    """What an edge s –p→ o says by itself, and what it takes part in."""

    by_value: dict[str, int]  # o → mask for s
    domain: int  # mask for s
    range: int  # mask for o
    supers: tuple[str, ...]  # q: s –q→ o
    inverses: tuple[str, ...]  # q: o –q→ s
    join: Join | None


class Consequences(NamedTuple):
    """What being in a class says about a node's edges and neighbours."""

    values: tuple[tuple[str, str], ...]  # (p, v): the node –p→ v
    some: tuple[tuple[str, int], ...]  # (p, mask): whoever –p→ the node is in the mask


class Intersections(NamedTuple):
    """Whoever has all the bits of a `need` has its `gain`; a need waits for one of its bits."""

    triggers: int  # every bit that a need waits for
    by_trigger: dict[int, tuple[tuple[int, int], ...]]  # the bit → (need, gain)


class ClosedFacts(NamedTuple):
    """Facts with all that follows from them: classes of nodes, edges, and some edges by their object."""

    types: dict[str, int]
    out: Edges
    into: dict[tuple[str, str], dict[str, None]]  # (p, o) → every s


@dataclass(frozen=True, eq=False)
class CompiledAxioms:
    """The compiled axioms: class `classes[i]` is bit `i` of every mask. Do not modify."""

    classes: tuple[str, ...]
    bit: dict[str, int]
    named: int  # the classes that have an IRI of their own
    up: dict[str, int]  # class → it and its superclasses
    properties: dict[str, Property]
    intersections: Intersections
    consequences: dict[int, Consequences]  # by the bit, as a mask
    active: int  # the bits that have consequences
    base: ClosedFacts = field(repr=False)  # the static facts, closed

    def names(self, mask: int) -> list[str]:
        """Return the IRIs of the classes in a mask, in the order of their bits."""
        digits = f"{mask & self.named:b}"[::-1].encode().translate(_DIGIT)
        return list(compress(self.classes, digits))


@dataclass(frozen=True, eq=False)
class Closure:
    """What follows from some facts, with the facts and the static facts of the axioms. Do not modify."""

    axioms: CompiledAxioms = field(repr=False)
    run: ClosedFacts  # the nodes that the facts say something about

    def classes(self, node: str) -> int:
        """Return all the classes of a node, as bits."""
        mask = self.run.types.get(node)
        return self.axioms.base.types.get(node, 0) if mask is None else mask

    def edges(self, node: str) -> dict[str, dict[str, None]]:
        """Return property → objects of a node; see `triples` for rdf:type."""
        edges = self.run.out.get(node)
        return self.axioms.base.out.get(node, {}) if edges is None else edges

    @cached_property
    def types(self) -> dict[str, int]:
        """Return the classes of every node."""
        return self.axioms.base.types | self.run.types

    @cached_property
    def out(self) -> Edges:
        """Return the edges of every node."""
        return self.axioms.base.out | self.run.out

    def triples(self) -> Iterator[tuple[str, str, str]]:
        """Return every triple about named things, asserted or inferred, rdf:type included.

        In `out`, rdf:type leads to the classes that no axiom names; the others are in `types`.
        """
        for node, edges in self.out.items():
            for prop, objects in edges.items():
                if not anonymous(prop):
                    yield from ((node, prop, obj) for obj in objects)
        for node, mask in self.types.items():
            yield from ((node, TYPE, name) for name in self.axioms.names(mask))


def infer(axioms: CompiledAxioms, facts: Iterable[tuple[str, str, str]]) -> Closure:
    """Return everything that follows from facts under axioms: triples of three IRIs, rdf:type included.

    Raises UnsupportedAxiom where a fact uses a word of OWL that says more than a fact does.
    """
    return Closure(axioms, expand(axioms, facts))


def expand(axioms: CompiledAxioms, facts: Iterable[tuple[str, str, str]]) -> ClosedFacts:
    """Return the classes and edges of the nodes that facts say something about, closed.

    The static facts are looked up and never written to: a node that has some is copied when it gets more.
    """
    expansion = _Expansion(axioms)
    expansion.enqueue(facts)
    while expansion.edges or expansion.gains:
        expansion.follow_edges()
        expansion.settle_gains()
    return ClosedFacts(expansion.types, expansion.out, expansion.into)


class _Expansion:
    """One closure under way: what holds so far, the edges to follow, the bits that nodes are to get."""

    def __init__(self, axioms: CompiledAxioms) -> None:
        self.axioms = axioms
        self.types: dict[str, int] = {}
        self.out: Edges = {}
        self.into: dict[tuple[str, str], dict[str, None]] = {}
        self.edges: list[tuple[str, str, str]] = []
        self.gains: dict[str, int] = {}

    def enqueue(self, facts: Iterable[tuple[str, str, str]]) -> None:
        """Add facts to the queues, as edges to follow and bits to get."""
        up, properties = self.axioms.up, self.axioms.properties
        gains, edges = self.gains, self.edges
        for s, p, o in facts:
            if p == TYPE and o in up:
                gains[s] = gains.get(s, 0) | up[o]
            elif p in properties or is_fact(s, p, o):
                edges.append((s, p, o))

    def follow_edges(self) -> None:
        """Add each edge that is new, and queue what it says by itself and with the edges it meets."""
        properties, static = self.axioms.properties, self.axioms.base.out
        out, edges, gains = self.out, self.edges, self.gains
        node, own = "", dict[str, dict[str, None]]()
        for s, p, o in edges:  # grows while it is read
            if s is not node:
                node, copy = s, out.get(s)
                if copy is None:
                    copy = {q: dict(others) for q, others in static.get(s, _NONE).items()}
                    out[s] = copy
                own = copy
            objects = own.get(p)
            if objects is None:
                own[p] = {o: None}
            elif o in objects:
                continue
            else:
                objects[o] = None
            if (record := properties.get(p)) is None:
                continue
            by_value, domain, range_, supers, inverses, join = record
            if mask := by_value.get(o):
                gains[s] = gains.get(s, 0) | mask
            if domain:
                gains[s] = gains.get(s, 0) | domain
            if range_:
                gains[o] = gains.get(o, 0) | range_
            for q in supers:
                edges.append((s, q, o))
            for q in inverses:
                edges.append((o, q, s))
            if join:
                self._meet(s, p, o, join)
        edges.clear()

    def _meet(self, s: str, p: str, o: str, join: Join) -> None:
        """Queue what a new edge says with the edges before and after it, and the classes of its object."""
        first_of, second_of, some, followed_back = join
        edges, into = self.edges, self.into
        if followed_back:
            subjects = into.get((p, o))
            if subjects is None:
                into[p, o] = {s: None}
            else:
                subjects[s] = None
        if first_of and (beyond := self._from(o)):
            for q, wholes in first_of:
                for z in beyond.get(q, ()):
                    edges += [(s, whole, z) for whole in wholes]
        for q, wholes in second_of:
            for x in self._to(q, s):
                edges += [(x, whole, o) for whole in wholes]
        if some:
            has = self._has(o)
            for bit, mask in some:
                if has & bit:
                    self.gains[s] = self.gains.get(s, 0) | mask

    def settle_gains(self) -> None:
        """Give each node the bits it is to get, with those they complete, and queue what new ones say."""
        axioms, types = self.axioms, self.types
        intersections, active = axioms.intersections, axioms.active
        gains, self.gains = self.gains, {}
        for node, mask in gains.items():
            before = self._has(node)
            if (has := before | mask) == before:
                continue
            types[node] = has = completed(has, intersections)
            new = has & ~before & active
            while new:
                bit = new & -new
                new ^= bit
                self._conclude(node, axioms.consequences[bit])

    def _conclude(self, node: str, consequences: Consequences) -> None:
        """Queue what being in a class says about the edges and the neighbours of a node."""
        values, some = consequences
        self.edges += [(node, p, value) for p, value in values]
        for p, mask in some:
            for s in self._to(p, node):
                self.gains[s] = self.gains.get(s, 0) | mask

    def _has(self, node: str) -> int:
        """Return the classes of a node so far."""
        mask = self.types.get(node)
        return self.axioms.base.types.get(node, 0) if mask is None else mask

    def _from(self, node: str) -> dict[str, dict[str, None]]:
        """Return the edges from a node so far."""
        edges = self.out.get(node)
        return self.axioms.base.out.get(node, {}) if edges is None else edges

    def _to(self, p: str, node: str) -> Iterable[str]:
        """Return the subjects of the edges of a property to a node so far."""
        key = (p, node)
        subjects, static = self.into.get(key, ()), self.axioms.base.into.get(key)
        return subjects if static is None else (*subjects, *static)


def completed(mask: int, intersections: Intersections) -> int:
    """Return a mask with what its intersections give, and what these complete in turn."""
    triggers, by_trigger = intersections
    before = 0
    while mask != before:
        before, waiting = mask, mask & triggers
        while waiting:
            bit = waiting & -waiting
            waiting ^= bit
            for need, gain in by_trigger[bit]:
                if mask & need == need:
                    mask |= gain
    return mask
