"""The axioms of a graph as implications; one of a kind that cannot be honoured is refused by its name.

To be in a class is to have a value for rdf:type, so that a class and a `hasValue` restriction are one thing,
a pair of a property and a value, whichever side of a subclass axiom they stand on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, NoReturn

from rdflib import OWL, RDF, RDFS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import message
from montages.errors import UnsupportedAxiom

TYPE = str(RDF.type)
Pair = tuple[str, str]
Triple = tuple[str, str, str]

_DECLARATIONS = {
    *(RDF.Property, RDFS.Class, OWL.Class, OWL.Restriction, OWL.ObjectProperty),
    *(OWL.DatatypeProperty, OWL.AnnotationProperty, OWL.OntologyProperty, OWL.NamedIndividual),
    *(OWL.Ontology, OWL.DeprecatedClass, OWL.DeprecatedProperty, OWL.Thing, OWL.Axiom),
}
_NOTES = {
    *(RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.versionIRI),
    *(OWL.imports, OWL.priorVersion, OWL.backwardCompatibleWith, OWL.incompatibleWith),
    *(OWL.deprecated, OWL.annotatedSource, OWL.annotatedProperty, OWL.annotatedTarget),
}
# What an expression or a list is written with: read where an axiom leads to it.
_SYNTAX = {OWL.onProperty, OWL.hasValue, OWL.intersectionOf, RDF.first, RDF.rest}
_AXIOMS = {
    *(RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range),
    *(OWL.inverseOf, OWL.propertyChainAxiom),
}
_LITERALS = {RDFS.Literal, RDF.langString}


class Axioms(NamedTuple):
    """Axioms by their form, and the static facts that go with them; sets keep no order."""

    rules: set[tuple[tuple[Pair, ...], Pair]]  # who has all of some pairs has another
    edges: set[
        tuple[str, str, str]
    ]  # property, what it says of its ends (a field of `Edge`), a name
    chains: set[
        tuple[tuple[str, ...], str]
    ]  # properties one after another, what they make together
    facts: set[Triple]

    def leading_to(self, wanted: Iterable[str]) -> Axioms:
        """Return the axioms that can lead to values of some properties, or to members of some classes."""
        premises: dict[str, set[str]] = {}
        for conclusion, names in self._steps():
            premises.setdefault(conclusion, set()).update(names)
        todo = list(wanted)
        needed = set(todo)
        for name in todo:
            new = premises.get(name, set()) - needed
            needed |= new
            todo += new
        return Axioms(
            {rule for rule in self.rules if _name(rule[1]) in needed},
            {edge for edge in self.edges if edge[2] in needed},
            {chain for chain in self.chains if chain[1] in needed},
            {fact for fact in self.facts if _name(fact[1:]) in needed},
        )

    def read(self) -> set[str]:
        """Return every property or class that an axiom concludes something from."""
        return {name for _, names in self._steps() for name in names}

    def _steps(self) -> Iterator[tuple[str, Iterable[str]]]:
        """Yield the property or class that each axiom concludes, and those it concludes it from."""
        yield from ((_name(pair), map(_name, members)) for members, pair in self.rules)
        yield from ((name, (prop,)) for prop, _, name in self.edges)
        yield from ((whole, chain) for chain, whole in self.chains)


def _name(pair: Pair) -> str:
    return pair[1] if pair[0] == TYPE else pair[0]


def read_axioms(graph: Graph) -> Axioms:
    """Return the axioms and static facts of a graph.

    Raises UnsupportedAxiom for an axiom of a kind that cannot be honoured, or that is malformed.
    """
    reader = _AxiomReader(graph)
    for triple in graph:
        reader.check(*triple)
    for triple in graph:
        reader.read(*triple)
    return reader.axioms


class _AxiomReader:
    """Reads triple by triple; what axioms lead to, expressions and lists, is read with them."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.axioms = Axioms(set(), set(), set(), set())

    def check(self, s: Node, p: Node, o: Node) -> None:
        """Refuse a triple with a word of RDF, RDFS or OWL that is not honoured."""
        if p == RDF.type:
            if _built_in(o) and o not in _DECLARATIONS:
                self._refuse(_prefixed(o), s)
        elif _built_in(p) and p not in _NOTES | _SYNTAX | _AXIOMS:
            self._refuse(_prefixed(p), s)
        elif p in _SYNTAX and not isinstance(s, BNode):
            self._refuse(f"{_prefixed(p)} on a name", s)

    def read(self, s: Node, p: Node, o: Node) -> None:
        """Add what a triple says."""
        if p in _AXIOMS:
            self._axiom(s, p, o)
        elif _built_in(o if p == RDF.type else p) or isinstance(o, Literal):
            return  # a declaration, a note, or part of what an axiom leads to
        elif (s, RDF.type, OWL.Axiom) not in self.graph:
            if isinstance(s, BNode) or isinstance(o, BNode):
                self._refuse("anonymous individual", s)
            self.axioms.facts.add((str(s), str(p), str(o)))

    def _axiom(self, s: Node, p: Node, o: Node) -> None:
        axioms = self.axioms
        if p == RDFS.subClassOf:
            axioms.rules.add((self._members(s), self._pair(o)))
        elif p == OWL.propertyChainAxiom:
            axioms.chains.add((tuple(map(self._property, self._items(o))), self._property(s)))
        elif p == RDFS.subPropertyOf:
            axioms.edges.add((self._property(s), "supers", self._property(o)))
        elif p == OWL.inverseOf:
            one, other = self._property(s), self._property(o)
            axioms.edges.update({(one, "inverses", other), (other, "inverses", one)})
        elif o not in _LITERALS and not str(o).startswith(str(XSD)):  # facts hold no literal
            end = "domains" if p == RDFS.domain else "ranges"
            axioms.edges.add((self._property(s), end, self._class(o)))

    def _members(self, node: Node) -> tuple[Pair, ...]:
        """Return the pairs of which who has them all is in a class, or an expression, left of an axiom."""
        if node == OWL.Thing:
            self._refuse("owl:Thing in the subclass position", node)
        if isinstance(node, BNode) and (node, OWL.intersectionOf, None) in self.graph:
            if (node, OWL.onProperty, None) in self.graph:
                self._refuse("malformed expression", node)
            items = self._items(self._only(node, OWL.intersectionOf))
            return tuple(sorted({self._pair(item) for item in items}))
        return (self._pair(node),)

    def _pair(self, node: Node) -> Pair:
        """Return a class, or a restriction to a value, as a pair."""
        if not isinstance(node, BNode):
            return TYPE, self._class(node)
        if (node, OWL.intersectionOf, None) in self.graph:
            self._refuse("owl:intersectionOf in this position", node)
        prop, value = self._only(node, OWL.onProperty), self._only(node, OWL.hasValue)
        if not isinstance(value, URIRef):
            self._refuse("owl:hasValue with a literal or an anonymous individual", node)
        return self._property(prop), str(value)

    def _class(self, node: Node) -> str:
        if not isinstance(node, URIRef):
            self._refuse("literal or expression as a class", node)
        if (_built_in(node) and node != OWL.Thing) or str(node).startswith(str(XSD)):
            self._refuse(f"{_prefixed(node)} as a class", node)
        return str(node)

    def _property(self, node: Node) -> str:
        if not isinstance(node, URIRef):
            self._refuse("literal or expression as a property", node)
        if _built_in(node) and node not in _NOTES:
            self._refuse(f"{_prefixed(node)} as a property", node)
        return str(node)

    def _items(self, node: Node) -> list[Node]:
        items = list[Node]()
        while node != RDF.nil:
            items.append(self._only(node, RDF.first))
            node = self._only(node, RDF.rest)
            if len(items) > len(self.graph):
                self._refuse("malformed list", node)
        if not items:
            self._refuse("malformed list", node)
        return items

    def _only(self, node: Node, prop: URIRef) -> Node:
        """Return the one value of a word of OWL that a node must have."""
        values = list(self.graph.objects(node, prop))
        if len(values) != 1:
            self._refuse(f"malformed expression: {len(values)} {_prefixed(prop)}", node)
        return values[0]

    def _refuse(self, kind: str, node: Node) -> NoReturn:
        """Raise UnsupportedAxiom, with the name of a node, or of what leads to it."""
        passed = set[Node]()
        while isinstance(node, BNode) and node not in passed:
            passed.add(node)
            node = min(self.graph.subjects(None, node), default=node, key=str)
        raise UnsupportedAxiom(
            message(
                "Unsupported axiom: {kind} ({where}). Write it with rdfs:subClassOf, owl:hasValue, "
                "owl:intersectionOf (to the left), rdfs:subPropertyOf, rdfs:domain, rdfs:range, "
                "owl:inverseOf or owl:propertyChainAxiom, or compute with “--engine reference”.",
                kind=kind,
                where="blank node" if isinstance(node, BNode) else _prefixed(node),
            ),
            kind=kind,
        )


def _built_in(node: Node) -> bool:
    """Tell whether a term is one of RDF, RDFS or OWL."""
    return str(node).startswith((str(RDF), str(RDFS), str(OWL)))


def _prefixed(node: Node) -> str:
    """Return a term as people write it: `owl:hasKey`, or the whole IRI between angle brackets."""
    for prefix, namespace in (("rdf", RDF), ("rdfs", RDFS), ("owl", OWL), ("xsd", XSD)):
        if str(node).startswith(str(namespace)):
            return f"{prefix}:{str(node).removeprefix(str(namespace))}"
    return f"<{node}>"
