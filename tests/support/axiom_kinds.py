"""Random axioms and facts, kind by kind, within what OWL 2 RL allows; and what owlrl says of them."""

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

    def undefined(self) -> URIRef:
        """Draw a class that no intersection defines yet."""
        defined = {
            *self.of_kind.subjects(OWL.intersectionOf),
            *self.others.subjects(OWL.intersectionOf),
        }
        return self.draw.choice([c for n in range(6) if (c := EX[f"C{n}"]) not in defined])

    def prop(self) -> URIRef:
        return EX[f"p{self.draw.randrange(4)}"]

    def node(self) -> URIRef:
        return EX[f"i{self.draw.randrange(6)}"]

    def add(self, s: Node, p: Node, o: Node) -> Node:
        self.graph.add((s, p, o))
        return s

    def items(self, found: list[Node]) -> Node:
        return Collection(self.graph, BNode(), found).uri

    def restriction(self, word: URIRef, value: Node, prop: Node | None = None) -> Node:
        node = self.add(BNode(), OWL.onProperty, self.prop() if prop is None else prop)
        return self.add(node, word, value)

    def sub(self, depth: int = 1) -> Node:
        """Draw an expression that may stand left of a subclass axiom."""
        if depth == 0 or self.draw.random() < 0.5:
            return self.cls()
        return self.draw.choice(
            (self.has_value, self.some, self.both_sub, self.union, self.one_of)
        )(depth - 1)

    def super(self, depth: int = 1) -> Node:
        """Draw an expression that may stand right of a subclass axiom."""
        if depth == 0 or self.draw.random() < 0.5:
            return self.cls()
        return self.draw.choice((self.has_value, self.both_super))(depth - 1)

    def has_value(self, _: int = 0) -> Node:
        return self.restriction(OWL.hasValue, self.node())

    def some(self, depth: int = 0) -> Node:
        filler = OWL.Thing if self.draw.random() < 0.3 else self.sub(depth)
        return self.restriction(OWL.someValuesFrom, filler)

    def both_sub(self, depth: int = 0) -> Node:
        members = [self.sub(depth) for _ in range(self.draw.randint(2, 3))]
        return self.add(BNode(), OWL.intersectionOf, self.items(members))

    def both_super(self, depth: int = 0) -> Node:
        return self.add(BNode(), OWL.intersectionOf, self.items([self.super(depth) for _ in "ab"]))

    def union(self, depth: int = 0) -> Node:
        return self.add(BNode(), OWL.unionOf, self.items([self.sub(depth) for _ in "ab"]))

    def one_of(self, _: int = 0) -> Node:
        return self.add(BNode(), OWL.oneOf, self.items([self.node() for _ in "ab"]))

    def inverse(self) -> Node:
        return self.add(BNode(), OWL.inverseOf, self.prop())


Kind = Callable[[Drawn], object]
CONCLUDES: dict[str, Kind] = {
    "subClassOf": lambda d: d.add(d.cls(), RDFS.subClassOf, d.cls()),
    "subPropertyOf": lambda d: d.add(d.prop(), RDFS.subPropertyOf, d.prop()),
    "equivalentClass": lambda d: d.add(
        d.cls(), OWL.equivalentClass, d.draw.choice((d.cls, d.has_value, d.both_super))()
    ),
    "equivalentProperty": lambda d: d.add(d.prop(), OWL.equivalentProperty, d.prop()),
    "domain": lambda d: d.add(d.prop(), RDFS.domain, d.super()),
    "range": lambda d: d.add(d.prop(), RDFS.range, d.super()),
    "inverseOf": lambda d: d.add(d.prop(), OWL.inverseOf, d.prop()),
    "inverse in a restriction": lambda d: d.add(
        d.restriction(OWL.someValuesFrom, d.cls(), d.inverse()), RDFS.subClassOf, d.cls()
    ),
    "inverse in a hierarchy": lambda d: d.add(d.inverse(), RDFS.subPropertyOf, d.prop()),
    "SymmetricProperty": lambda d: d.add(d.prop(), RDF.type, OWL.SymmetricProperty),
    "TransitiveProperty": lambda d: d.add(d.prop(), RDF.type, OWL.TransitiveProperty),
    "propertyChainAxiom": lambda d: d.add(
        d.prop(), OWL.propertyChainAxiom, d.items([d.prop() for _ in range(d.draw.randint(1, 4))])
    ),
    "hasValue, to the class": lambda d: d.add(d.has_value(), RDFS.subClassOf, d.cls()),
    "hasValue, from the class": lambda d: d.add(d.cls(), RDFS.subClassOf, d.has_value()),
    "someValuesFrom": lambda d: d.add(
        d.restriction(OWL.someValuesFrom, d.sub(2)), RDFS.subClassOf, d.cls()
    ),
    "someValuesFrom owl:Thing": lambda d: d.add(
        d.restriction(OWL.someValuesFrom, OWL.Thing), RDFS.subClassOf, d.cls()
    ),
    "intersectionOf, to the class": lambda d: d.add(d.both_sub(), RDFS.subClassOf, d.cls()),
    "intersectionOf, from the class": lambda d: d.add(d.cls(), RDFS.subClassOf, d.both_super(1)),
    "intersectionOf, on a named class": lambda d: d.add(
        d.undefined(), OWL.intersectionOf, d.items([d.cls(), d.cls()])
    ),
    "unionOf": lambda d: d.add(d.union(1), RDFS.subClassOf, d.cls()),
    "oneOf": lambda d: d.add(d.one_of(), RDFS.subClassOf, d.cls()),
    "nested expressions": lambda d: d.add(d.sub(3), RDFS.subClassOf, d.super(3)),
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
