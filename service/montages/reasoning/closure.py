"""Facts with all that follows: what each pair of a node implies, then chains, until nothing is new."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from montages.reasoning.axioms import TYPE, Axioms, Pair, Triple

Nodes = dict[str, dict[str, set[str]]]  # s → p → every o


class Edge(NamedTuple):
    """What s –p→ o says whatever the two are."""

    domains: tuple[str, ...] = ()  # the classes of s
    ranges: tuple[str, ...] = ()  # the classes of o
    supers: tuple[str, ...] = ()  # q: s –q→ o
    inverses: tuple[str, ...] = ()  # q: o –q→ s


class Implications(NamedTuple):
    """Axioms by what they wait for; `pairs` gives with each conclusion the other pairs it needs."""

    pairs: Mapping[Pair, tuple[tuple[tuple[Pair, ...], Pair], ...]]
    edges: Mapping[str, Edge]
    chains: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first → the rest, the whole
    facts: tuple[Triple, ...]

    @staticmethod
    def of(axioms: Axioms) -> Implications:
        """Return axioms laid out to be followed."""
        pairs = dict[Pair, list[tuple[tuple[Pair, ...], Pair]]]()
        for members, pair in sorted(axioms.rules):
            for member in members:
                others = tuple(other for other in members if other != member)
                pairs.setdefault(member, []).append((others, pair))
        edges = dict[str, Edge]()
        for prop, end, name in sorted(axioms.edges):
            edge = edges.get(prop, Edge())
            edges[prop] = edge._replace(**{end: (*getattr(edge, end), name)})
        chains = dict[str, list[tuple[tuple[str, ...], str]]]()
        for (first, *rest), whole in sorted(axioms.chains):
            chains.setdefault(first, []).append((tuple(rest), whole))
        return Implications(
            {pair: tuple(rules) for pair, rules in pairs.items()},
            edges,
            {first: tuple(some) for first, some in chains.items()},
            tuple(sorted(axioms.facts)),
        )


class Closure:
    """Facts, triples of three IRIs, with all that follows under axioms. Do not modify."""

    def __init__(self, axioms: Implications, facts: Iterable[Triple]) -> None:
        self._axioms, self._nodes = axioms, Nodes()
        todo = [*axioms.facts, *facts]
        while todo:
            self._settle(todo)
            todo = list(self._chained())

    def edges(self, node: str) -> Mapping[str, set[str]]:
        """Return property → values of a node, rdf:type among them."""
        return self._nodes.get(node, {})

    def classes(self, node: str) -> set[str]:
        """Return the classes of a node."""
        return self._nodes.get(node, {}).get(TYPE, set())

    def triples(self) -> Iterator[Triple]:
        """Yield every triple, stated or inferred."""
        for s, edges in self._nodes.items():
            for p, values in edges.items():
                for o in values:
                    yield s, p, o

    def _settle(self, todo: list[Triple]) -> None:
        """Add triples with all that they imply, chains apart."""
        nodes, (pairs, follow, _, _) = self._nodes, self._axioms
        while todo:
            s, p, o = todo.pop()
            edges = nodes.setdefault(s, {})
            values = edges.setdefault(p, set())
            if o in values:
                continue
            values.add(o)
            for others, (q, value) in pairs.get((p, o), ()):
                if not others or all(v in edges.get(r, ()) for r, v in others):
                    todo.append((s, q, value))
            if p in follow:
                domains, ranges, supers, inverses = follow[p]
                todo += [(s, TYPE, name) for name in domains]
                todo += [(o, TYPE, name) for name in ranges]
                todo += [(s, q, o) for q in supers]
                todo += [(o, q, s) for q in inverses]

    def _chained(self) -> Iterator[Triple]:
        """Yield what chains say that does not hold yet."""
        nodes, chains = self._nodes, self._axioms.chains
        for s, edges in nodes.items():
            for first in edges.keys() & chains.keys():
                for rest, whole in chains[first]:
                    ends = edges[first]
                    for p in rest:
                        ends = {o for n in ends if n in nodes for o in nodes[n].get(p, ())}
                    yield from ((s, whole, o) for o in ends - edges.get(whole, set()))
