"""The evaluation: facts go in, edges and bits accumulate until nothing is new."""

from __future__ import annotations

from collections.abc import Iterable

from montages.reasoning.compiled_axioms import (
    ClosedFacts,
    CompiledAxioms,
    Consequences,
    Edges,
    Intersections,
    Join,
)
from montages.reasoning.owl_terms import TYPE, is_fact

_NONE: dict[str, dict[str, None]] = {}


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
