"""Read the axioms of a graph into normal form; one that cannot be honoured stops the reading by its kind."""

from __future__ import annotations

from collections.abc import Callable

from rdflib import BNode, Graph, Literal, URIRef

from montages.reasoning.class_expressions import ON_PROPERTY, SUB, SUPER, ClassExpressions, Node
from montages.reasoning.normal_form import NormalizedAxioms
from montages.reasoning.owl_terms import (
    ANNOTATIONS,
    CONSTRUCTS,
    DECLARATIONS,
    OWL,
    RDFS,
    TYPE,
    UnsupportedTerm,
    built_in,
    check_axiom,
    prefixed,
    unsupported,
)

ABOUT_STATEMENTS = {OWL + "Axiom", OWL + "Annotation"}


def read_axioms(graph: Graph) -> NormalizedAxioms:
    """Return the axioms and static facts of a graph in normal form.

    Raises UnsupportedAxiom for an axiom of a kind that cannot be honoured, or that is malformed.
    """
    try:
        for s, p, o in sorted(graph, key=_text):
            check_axiom(s, str(p), str(o))
        return _AxiomReader(graph).read()
    except UnsupportedTerm as error:
        raise unsupported(error.kind, _where(error.node, graph)) from error


def _text(triple: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, triple))


def _where(node: object, graph: Graph) -> str:
    """Return the IRI of a node, or of what leads to it."""
    passed = set()
    while isinstance(node, BNode) and node not in passed:
        passed.add(node)
        node = min(graph.subjects(None, node), default=node, key=str)
    return "blank node" if isinstance(node, BNode) else prefixed(str(node))


class _AxiomReader:
    """Goes through the subjects of a graph, each kind of axiom to its own method."""

    def __init__(self, graph: Graph) -> None:
        self.axioms = NormalizedAxioms()
        self.terms = ClassExpressions(graph, self.axioms)
        self.readers: dict[str, Callable[[Node, Node], None]] = {
            RDFS + "subClassOf": self._sub_class,
            RDFS + "subPropertyOf": self._sub_property,
            RDFS + "domain": self._domain,
            RDFS + "range": self._range,
            OWL + "equivalentClass": self._equivalent_class,
            OWL + "equivalentProperty": self._equivalent_property,
            OWL + "inverseOf": self._inverse,
            OWL + "propertyChainAxiom": self._chain,
        }
        self.kind_readers: dict[str, Callable[[Node], None]] = {
            OWL + "SymmetricProperty": self._symmetric,
            OWL + "TransitiveProperty": self._transitive,
        }

    def read(self) -> NormalizedAxioms:
        """Return the axioms of the whole graph."""
        for subject in sorted(self.terms.triples):
            triples = self.terms.triples[subject]
            if ABOUT_STATEMENTS.isdisjoint(str(kind) for kind in triples.get(TYPE, ())):
                self._expression(subject)
                for predicate in sorted(triples):
                    for obj in sorted(triples[predicate]):
                        self._triple(subject, predicate, obj)
        return self.axioms

    def _expression(self, subject: Node) -> None:
        """Check an expression, even an unused one; an IRI with one is a class equivalent to it."""
        if not (CONSTRUCTS | {ON_PROPERTY}).isdisjoint(self.terms.triples[subject]):
            self.terms.construct(subject)
            if isinstance(subject, URIRef):
                below = self.terms.expression(subject, SUB)
                above = self.terms.expression(subject, SUPER)
                name = self.terms.cls(subject, SUB)
                self.axioms.sub_class |= {(below, name), (name, above)}

    def _triple(self, s: Node, p: str, o: Node) -> None:
        if p in self.readers:
            self.readers[p](s, o)
        elif p == TYPE and str(o) in self.kind_readers:
            self.kind_readers[str(o)](s)
        elif p == TYPE and str(o) not in DECLARATIONS:
            self._fact(s, TYPE, self.terms.cls(o, SUPER))
        elif not built_in(p) and not isinstance(o, Literal) and not self._annotates(p):
            if isinstance(o, BNode):
                raise UnsupportedTerm("anonymous individual", s)
            self._fact(s, p, str(o))

    def _fact(self, s: Node, p: str, o: str) -> None:
        if isinstance(s, BNode):
            raise UnsupportedTerm("anonymous individual", s)
        self.axioms.facts.add((str(s), p, o))

    def _annotates(self, p: str) -> bool:
        kinds = self.terms.triples.get(URIRef(p), {}).get(TYPE, ())
        return p in ANNOTATIONS or URIRef(OWL + "AnnotationProperty") in kinds

    def _sub_class(self, s: Node, o: Node) -> None:
        self.axioms.sub_class.add((self.terms.cls(s, SUB), self.terms.cls(o, SUPER)))

    def _equivalent_class(self, s: Node, o: Node) -> None:
        self._sub_class(s, o)
        self._sub_class(o, s)

    def _sub_property(self, s: Node, o: Node) -> None:
        if self._annotates(str(s)):
            return  # notes conclude nothing
        self.axioms.sub_property.add((self.terms.property(s), self.terms.property(o)))

    def _equivalent_property(self, s: Node, o: Node) -> None:
        self._sub_property(s, o)
        self._sub_property(o, s)

    def _domain(self, s: Node, o: Node) -> None:
        if not self.terms.data_range(o):
            self.axioms.domain.add((self.terms.property(s), self.terms.cls(o, SUPER)))

    def _range(self, s: Node, o: Node) -> None:
        if not self.terms.data_range(o):  # a range of literals: facts have none
            self.axioms.range.add((self.terms.property(s), self.terms.cls(o, SUPER)))

    def _inverse(self, s: Node, o: Node) -> None:
        if isinstance(s, BNode):
            self.terms.property(s)  # an inverse property expression, not an axiom
        else:
            self.axioms.inverse.add((self.terms.property(s), self.terms.property(o)))

    def _symmetric(self, s: Node) -> None:
        prop = self.terms.property(s)
        self.axioms.inverse.add((prop, prop))

    def _transitive(self, s: Node) -> None:
        prop = self.terms.property(s)
        self.axioms.chain.add((prop, prop, prop))

    def _chain(self, s: Node, o: Node) -> None:
        """Read a chain as compositions of two, from the left: chains that begin alike share them."""
        whole = self.terms.property(s)
        left, *others = (self.terms.property(item) for item in self.terms.items(o))
        for right in others[:-1]:
            composed = f"{{{left} then {right}}}"
            self.axioms.chain.add((left, right, composed))
            left = composed
        if others:
            self.axioms.chain.add((left, others[-1], whole))
        else:
            self.axioms.sub_property.add((left, whole))
