"""How OWL is written in RDF: lists, restrictions, properties and their inverses."""

from __future__ import annotations

from rdflib import BNode, Graph, Literal, URIRef

from montages.reasoning.normalized_axioms import NormalizedAxioms
from montages.reasoning.owl_terms import (
    ANNOTATIONS,
    CONSTRUCTS,
    OWL,
    RDF,
    RDFS,
    TYPE,
    UnsupportedTerm,
    built_in,
    datatype,
    prefixed,
)

NIL = RDF + "nil"
INVERSE = OWL + "inverseOf"
ON_PROPERTY = OWL + "onProperty"
RESTRICTIONS = {OWL + name for name in ("hasValue", "someValuesFrom")}

Node = URIRef | BNode | Literal


class OwlSyntax:
    """The triples of a graph by subject, and the lists, constructs and properties written on a node."""

    def __init__(self, graph: Graph, axioms: NormalizedAxioms) -> None:
        self.axioms = axioms
        self.triples: dict[Node, dict[str, list[Node]]] = {}
        for s, p, o in graph:
            self.triples.setdefault(s, {}).setdefault(str(p), []).append(o)  # type: ignore[arg-type]

    def data_range(self, node: Node) -> bool:
        """Tell whether a node denotes literals."""
        kinds = self.triples.get(node, {}).get(TYPE, ())
        return datatype(str(node)) or any(str(kind) == RDFS + "Datatype" for kind in kinds)

    def construct(self, node: Node) -> str:
        """Return the one term of OWL that says what an expression is; raise where it is malformed."""
        triples = self.triples.get(node, {})
        terms = [term for term in sorted(CONSTRUCTS & triples.keys()) for _ in triples[term]]
        if len(terms) != 1:
            raise UnsupportedTerm(f"malformed expression: {len(terms)} constructs", node)
        if len(triples.get(ON_PROPERTY, ())) != (terms[0] in RESTRICTIONS):
            raise UnsupportedTerm(
                f"malformed expression: {prefixed(terms[0])}, owl:onProperty", node
            )
        return terms[0]

    def property(self, node: Node) -> str:
        """Return the name of a property, or of the inverse of one."""
        if isinstance(node, Literal):
            raise UnsupportedTerm("literal as a property", node)
        name = str(node)
        if isinstance(node, BNode):
            inverses = self.triples.get(node, {}).get(INVERSE, ())
            if len(inverses) != 1 or not isinstance(inverses[0], URIRef):
                raise UnsupportedTerm("malformed property expression", node)
            base = self.property(inverses[0])
            name = f"{{inverse {base}}}"
            self.axioms.inverse.add((name, base))
        elif built_in(name) and name not in ANNOTATIONS:
            raise UnsupportedTerm(f"{prefixed(name)} as a property", node)
        return name

    def items(self, node: Node) -> list[Node]:
        """Return the items of a list; raise UnsupportedTerm where it is broken or empty."""
        items: list[Node] = []
        head, passed = node, {node}
        while str(head) != NIL:
            triples = self.triples.get(head, {})
            first, rest = triples.get(RDF + "first", []), triples.get(RDF + "rest", [])
            if len(first) != 1 or len(rest) != 1 or rest[0] in passed:
                raise UnsupportedTerm("malformed list", node)
            items, head = [*items, first[0]], rest[0]
            passed.add(head)
        if not items:
            raise UnsupportedTerm("malformed list: empty", node)
        return items
