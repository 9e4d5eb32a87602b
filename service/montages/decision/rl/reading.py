"""The axioms of a graph, read into rules; a kind that cannot be honoured stops the reading by its name."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from rdflib import BNode, Graph, Literal, URIRef

from montages.decision.rl.expressions import SUB, SUPER, Expressions
from montages.decision.rl.rules import Rules
from montages.decision.rl.syntax import ON_PROPERTY, Node
from montages.decision.rl.vocabulary import (
    ANNOTATIONS,
    CONSTRUCTS,
    DECLARATIONS,
    NOTHING,
    OWL,
    RDFS,
    TYPE,
    Unhonoured,
    built_in,
    check_axiom,
    shown,
    unsupported,
)

MEMBERS = (OWL + "members", OWL + "distinctMembers")
ABOUT_STATEMENTS = {OWL + "Axiom", OWL + "Annotation"}


def read(graph: Graph) -> Rules:
    """Return what the axioms and static facts of a graph say."""
    try:
        for s, p, o in sorted(graph):
            check_axiom(s, str(p), str(o))
        return _Reader(graph).read()
    except Unhonoured as found:
        raise unsupported(found.kind, _where(found.node, graph)) from found


def _where(node: object, graph: Graph) -> str:
    """Return the IRI of a node, or of what leads to it."""
    passed = set()
    while isinstance(node, BNode) and node not in passed:
        passed.add(node)
        node = min(graph.subjects(None, node), default=node, key=str)
    return "blank node" if isinstance(node, BNode) else shown(str(node))


class _Reader:
    """Goes through the subjects of a graph, each kind of axiom to its own method."""

    def __init__(self, graph: Graph) -> None:
        self.rules = Rules(classes={NOTHING}, empty_class={("cls-nothing2", (NOTHING,))})
        self.terms = Expressions(graph, self.rules)
        self.axioms: dict[str, Callable[[Node, Node], None]] = {
            RDFS + "subClassOf": self._sub_class,
            RDFS + "subPropertyOf": self._sub_property,
            RDFS + "domain": self._domain,
            RDFS + "range": self._range,
            OWL + "equivalentClass": self._equivalent_class,
            OWL + "equivalentProperty": self._equivalent_property,
            OWL + "inverseOf": self._inverse,
            OWL + "propertyChainAxiom": self._chain,
            OWL + "disjointWith": self._disjoint_classes,
            OWL + "propertyDisjointWith": self._disjoint_properties,
            OWL + "differentFrom": self._different,
        }
        self.kinds: dict[str, Callable[[Node], None]] = {
            OWL + "SymmetricProperty": self._symmetric,
            OWL + "TransitiveProperty": self._transitive,
            OWL + "AsymmetricProperty": self._asymmetric,
            OWL + "IrreflexiveProperty": self._irreflexive,
            OWL + "AllDisjointClasses": self._all_disjoint_classes,
            OWL + "AllDisjointProperties": self._all_disjoint_properties,
            OWL + "AllDifferent": self._all_different,
        }

    def read(self) -> Rules:
        """Return the rules of the whole graph."""
        for subject in sorted(self.terms.said):
            said = self.terms.said[subject]
            if ABOUT_STATEMENTS.isdisjoint(str(kind) for kind in said.get(TYPE, ())):
                self._expression(subject)
                for predicate in sorted(said):
                    for obj in sorted(said[predicate]):
                        self._triple(subject, predicate, obj)
        return self.rules

    def _expression(self, subject: Node) -> None:
        """Check an expression, even an unused one; an IRI with one is a class equivalent to it."""
        if not (CONSTRUCTS | {ON_PROPERTY}).isdisjoint(self.terms.said[subject]):
            self.terms.construct(subject)
            if isinstance(subject, URIRef):
                below = self.terms.expression(subject, SUB)
                above = self.terms.expression(subject, SUPER)
                name = self.terms.cls(subject, SUB)
                self.rules.sub_class |= {(below, name), (name, above)}

    def _triple(self, s: Node, p: str, o: Node) -> None:
        if p in self.axioms:
            self.axioms[p](s, o)
        elif p == TYPE and str(o) in self.kinds:
            self.kinds[str(o)](s)
        elif p == TYPE and str(o) not in DECLARATIONS:
            self._fact(s, TYPE, self.terms.cls(o, SUPER))
        elif not built_in(p) and not isinstance(o, Literal) and not self._annotates(p):
            if isinstance(o, BNode):
                raise Unhonoured("anonymous individual", s)
            self._fact(s, p, str(o))

    def _fact(self, s: Node, p: str, o: str) -> None:
        if isinstance(s, BNode):
            raise Unhonoured("anonymous individual", s)
        self.rules.facts.add((str(s), p, o))

    def _annotates(self, p: str) -> bool:
        kinds = self.terms.said.get(URIRef(p), {}).get(TYPE, ())
        return p in ANNOTATIONS or URIRef(OWL + "AnnotationProperty") in kinds

    def _sub_class(self, s: Node, o: Node) -> None:
        self.rules.sub_class.add((self.terms.cls(s, SUB), self.terms.cls(o, SUPER)))

    def _equivalent_class(self, s: Node, o: Node) -> None:
        self._sub_class(s, o)
        self._sub_class(o, s)

    def _sub_property(self, s: Node, o: Node) -> None:
        self.rules.sub_property.add((self.terms.property(s), self.terms.property(o)))

    def _equivalent_property(self, s: Node, o: Node) -> None:
        self._sub_property(s, o)
        self._sub_property(o, s)

    def _domain(self, s: Node, o: Node) -> None:
        if not self.terms.data_range(o):
            self.rules.domain.add((self.terms.property(s), self.terms.cls(o, SUPER)))

    def _range(self, s: Node, o: Node) -> None:
        if not self.terms.data_range(o):  # a range of literals: facts have none
            self.rules.range.add((self.terms.property(s), self.terms.cls(o, SUPER)))

    def _inverse(self, s: Node, o: Node) -> None:
        if isinstance(s, BNode):
            self.terms.property(s)  # an inverse property expression, not an axiom
        else:
            self.rules.inverse.add((self.terms.property(s), self.terms.property(o)))

    def _symmetric(self, s: Node) -> None:
        prop = self.terms.property(s)
        self.rules.inverse.add((prop, prop))

    def _transitive(self, s: Node) -> None:
        prop = self.terms.property(s)
        self.rules.chain.add((prop, prop, prop))

    def _chain(self, s: Node, o: Node) -> None:
        """Read a chain as compositions of two, from the left: chains that begin alike share them."""
        whole = self.terms.property(s)
        left, *others = (self.terms.property(item) for item in self.terms.items(o))
        for right in others[:-1]:
            composed = f"{{{left} then {right}}}"
            self.rules.chain.add((left, right, composed))
            left = composed
        if others:
            self.rules.chain.add((left, others[-1], whole))
        else:
            self.rules.sub_property.add((left, whole))

    def _disjoint_classes(self, s: Node, o: Node) -> None:
        classes = self.terms.cls(s, SUB), self.terms.cls(o, SUB)
        self.rules.empty_class.add(("cax-dw", classes))

    def _all_disjoint_classes(self, s: Node) -> None:
        names = [self.terms.cls(item, SUB) for item in self._listed(s)]
        self.rules.empty_class.update(("cax-adc", pair) for pair in combinations(names, 2))

    def _disjoint_properties(self, s: Node, o: Node) -> None:
        self.rules.empty_property.add(("prp-pdw", self.terms.property(s), self.terms.property(o)))

    def _all_disjoint_properties(self, s: Node) -> None:
        names = [self.terms.property(item) for item in self._listed(s)]
        self.rules.empty_property.update(("prp-adp", p, q) for p, q in combinations(names, 2))

    def _asymmetric(self, s: Node) -> None:
        self.rules.empty_property.add(("prp-asyp", self.terms.property(s), ""))

    def _irreflexive(self, s: Node) -> None:
        self.rules.empty_property.add(("prp-irp", self.terms.property(s), ""))

    def _different(self, s: Node, o: Node) -> None:
        """Check that two things are two: as nothing can equate them, it says no more."""
        if s == o:
            raise Unhonoured("owl:differentFrom itself", s)

    def _all_different(self, s: Node) -> None:
        for one, other in combinations(self._listed(s), 2):
            self._different(one, other)

    def _listed(self, s: Node) -> list[Node]:
        found = [head for word in MEMBERS for head in self.terms.said[s].get(word, ())]
        if len(found) != 1:
            raise Unhonoured("malformed axiom: owl:members", s)
        return self.terms.items(found[0])
