"""Random axioms and facts, kind by kind, of the kinds honoured; and what owlrl says of them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import owlrl
from rdflib import OWL, RDF, RDFS, BNode, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

EX = Namespace("https://example.org/")
Triple = tuple[str, str, str]


@dataclass
class Drawn:
    """A random world: axioms of one kind, some of others, and facts, of which a part is static."""

    draw: random.Random
    of_kind: Graph = field(default_factory=Graph)
    others: Graph = field(default_factory=Graph)
    static: Graph = field(default_factory=Graph)
    facts: Graph = field(default_factory=Graph)
    graph: Graph = field(init=False)  # the one being written

    def cls(self) -> URIRef:
        return EX[f"C{self.draw.randrange(6)}"]

    def prop(self) -> URIRef:
        return EX[f"p{self.draw.randrange(4)}"]

    def node(self) -> URIRef:
        return EX[f"i{self.draw.randrange(6)}"]

    def add(self, s: Node, p: Node, o: Node) -> Node:
        self.graph.add((s, p, o))
        return s

    def items(self, found: list[Node]) -> Node:
        return Collection(self.graph, BNode(), found).uri

    def has_value(self) -> Node:
        node = self.add(BNode(), OWL.onProperty, self.prop())
        return self.add(node, OWL.hasValue, self.node())

    def pair(self) -> Node:
        """Draw a class, or a restriction to a value."""
        return self.draw.choice((self.cls, self.has_value))()

    def both(self) -> Node:
        members = [self.pair() for _ in range(self.draw.randint(1, 3))]
        return self.add(BNode(), OWL.intersectionOf, self.items(members))


Kind = Callable[[Drawn], object]
CONCLUDES: dict[str, Kind] = {
    "subClassOf": lambda d: d.add(d.cls(), RDFS.subClassOf, d.cls()),
    "subPropertyOf": lambda d: d.add(d.prop(), RDFS.subPropertyOf, d.prop()),
    "domain": lambda d: d.add(d.prop(), RDFS.domain, d.cls()),
    "range": lambda d: d.add(d.prop(), RDFS.range, d.cls()),
    "inverseOf": lambda d: d.add(d.prop(), OWL.inverseOf, d.prop()),
    "propertyChainAxiom": lambda d: d.add(
        d.prop(), OWL.propertyChainAxiom, d.items([d.prop() for _ in range(d.draw.randint(1, 4))])
    ),
    "hasValue, to the class": lambda d: d.add(d.has_value(), RDFS.subClassOf, d.cls()),
    "hasValue, from the class": lambda d: d.add(d.cls(), RDFS.subClassOf, d.has_value()),
    "hasValue, to a value": lambda d: d.add(d.has_value(), RDFS.subClassOf, d.has_value()),
    "intersectionOf": lambda d: d.add(d.both(), RDFS.subClassOf, d.pair()),
}


def drawn(kind: str, number: int) -> Drawn:
    """Draw a world that exercises a kind of axiom together with three others."""
    world = Drawn(random.Random(f"{kind} {number}"))  # noqa: S311 — a sample, not a secret
    world.graph = world.of_kind
    for _ in range(3):
        CONCLUDES[kind](world)
    world.graph = world.others
    for other in world.draw.sample([k for k in CONCLUDES if k != kind], 3):
        CONCLUDES[other](world)
    for _ in range(10):
        graph = world.static if world.draw.random() < 0.3 else world.facts
        graph.add((world.node(), RDF.type, world.cls()))
    for _ in range(7):
        graph = world.static if world.draw.random() < 0.3 else world.facts
        graph.add((world.node(), world.prop(), world.node()))
    return world


def ours(s: str, p: str, o: str) -> bool:
    """Tell whether a triple is about the named things of the world."""
    return all(term.startswith(EX) for term in (s, o if p == str(RDF.type) else p))


def by_owlrl(*graphs: Graph) -> tuple[set[Triple], list[str]]:
    """Return what owlrl infers about named things, and the errors it finds."""
    together = Graph()
    for graph in graphs:
        together += graph
    semantics = owlrl.OWLRL_Semantics(together, axioms=False, daxioms=False)
    semantics.closure()
    about = {(str(s), str(p), str(o)) for s, p, o in together if not {type(s), type(o)} & {BNode}}
    return {triple for triple in about if ours(*triple)}, semantics.error_messages
