"""The evaluation: facts go in, edges and bits accumulate until nothing is new."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from montages.decision.rl.vocabulary import TYPE, is_fact

if TYPE_CHECKING:
    from montages.decision.rl.axioms import Axioms, Consequences, Intersections, Join

Edges = dict[str, dict[str, dict[str, None]]]  # s → p → every o
_NONE: dict[str, dict[str, None]] = {}


class State(NamedTuple):
    """What a closure works on: the classes of nodes, the edges, and some of the edges by their object."""

    types: dict[str, int]
    out: Edges
    into: dict[tuple[str, str], dict[str, None]]  # (p, o) → every s


def expand(axioms: Axioms, facts: Iterable[tuple[str, str, str]]) -> State:
    """Return the classes and edges of the nodes that facts say something about, closed.

    The static facts are looked up and never written to: a node that has some is copied when it gets more.
    """
    run = _Run(axioms)
    run.take(facts)
    while run.edges or run.gains:
        run.follow_edges()
        run.settle_gains()
    return State(run.types, run.out, run.into)


class _Run:
    """One closure under way: what is known, the edges to follow, the bits that nodes are to get."""

    def __init__(self, axioms: Axioms) -> None:
        self.axioms = axioms
        self.types: dict[str, int] = {}
        self.out: Edges = {}
        self.into: dict[tuple[str, str], dict[str, None]] = {}
        self.edges: list[tuple[str, str, str]] = []
        self.gains: dict[str, int] = {}

    def take(self, facts: Iterable[tuple[str, str, str]]) -> None:
        """Note facts as edges to follow and bits to get."""
        up, properties = self.axioms.up, self.axioms.properties
        gains, edges = self.gains, self.edges
        for s, p, o in facts:
            if p == TYPE and o in up:
                gains[s] = gains.get(s, 0) | up[o]
            elif p in properties or is_fact(s, p, o):
                edges.append((s, p, o))

    def follow_edges(self) -> None:
        """Add each edge that is new, and note what it says by itself and with the edges it meets."""
        properties, known = self.axioms.properties, self.axioms.base.out
        out, edges, gains = self.out, self.edges, self.gains
        node, held = "", dict[str, dict[str, None]]()
        for s, p, o in edges:  # grows while it is read
            if s is not node:
                node, found = s, out.get(s)
                if found is None:
                    found = {q: dict(others) for q, others in known.get(s, _NONE).items()}
                    out[s] = found
                held = found
            objects = held.get(p)
            if objects is None:
                held[p] = {o: None}
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
        """Note what a new edge says with the edges before and after it, and the classes of its ends."""
        first_of, second_of, some, every, followed_back = join
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
        if every:
            has = self._has(s)
            for bit, mask in every:
                if has & bit:
                    self.gains[o] = self.gains.get(o, 0) | mask

    def settle_gains(self) -> None:
        """Give each node the bits it is to get, with those they complete, and note what new ones say."""
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
                self._say(node, axioms.consequences[bit])

    def _say(self, node: str, consequences: Consequences) -> None:
        """Note what being in a class says about the edges and the neighbours of a node."""
        values, some, every = consequences
        self.edges += [(node, p, value) for p, value in values]
        for p, mask in some:
            for s in self._to(p, node):
                self.gains[s] = self.gains.get(s, 0) | mask
        for p, mask in every:
            for o in self._from(node).get(p, ()):
                self.gains[o] = self.gains.get(o, 0) | mask

    def _has(self, node: str) -> int:
        """Return the classes of a node so far."""
        mask = self.types.get(node)
        return self.axioms.base.types.get(node, 0) if mask is None else mask

    def _from(self, node: str) -> dict[str, dict[str, None]]:
        """Return the edges from a node so far."""
        held = self.out.get(node)
        return self.axioms.base.out.get(node, {}) if held is None else held

    def _to(self, p: str, node: str) -> Iterable[str]:
        """Return the subjects of the edges of a property to a node so far."""
        key = (p, node)
        found, known = self.into.get(key, ()), self.axioms.base.into.get(key)
        return found if known is None else (*found, *known)


def completed(mask: int, intersections: Intersections) -> int:
    """Return a mask with what its intersections give, and what these complete in turn."""
    triggers, by_trigger = intersections
    before = 0
    while mask != before:
        before, pulled = mask, mask & triggers
        while pulled:
            bit = pulled & -pulled
            pulled ^= bit
            for need, gain in by_trigger[bit]:
                if mask & need == need:
                    mask |= gain
    return mask
