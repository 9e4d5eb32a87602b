"""Class expressions: how OWL writes them in RDF, each given a name that says its structure.

Two blank nodes that say the same get the same name, whatever the parser called them; so the numbering of
classes depends on what the axioms say and on nothing else. Such a name stands between braces, which no
IRI contains.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rdflib import BNode, Graph, Literal, URIRef

from montages.reasoning.normal_form import NormalizedAxioms
from montages.reasoning.owl_terms import (
    ANNOTATIONS,
    CONSTRUCTS,
    OWL,
    RDF,
    RDFS,
    THING,
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

# What OWL 2 RL lets stand on each side of a subclass axiom.
SUB, SUPER = "subclass", "superclass"
ALLOWED = {
    SUB: {OWL + n for n in ("hasValue", "someValuesFrom", "intersectionOf", "unionOf", "oneOf")},
    SUPER: {OWL + n for n in ("hasValue", "intersectionOf")},
}

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


class ClassExpressions(OwlSyntax):
    """Reads the expressions of a graph; adds to `axioms` what each says where it stands."""

    def __init__(self, graph: Graph, axioms: NormalizedAxioms) -> None:
        super().__init__(graph, axioms)
        self._reading: list[Node] = []
        self._read: dict[tuple[Node, str], str] = {}
        self._write: dict[str, Callable[[Node, str, str], str]] = {
            OWL + "hasValue": self._has_value,
            OWL + "someValuesFrom": self._some,
            OWL + "intersectionOf": self._intersection,
            OWL + "unionOf": self._union,
            OWL + "oneOf": self._one_of,
        }

    def cls(self, node: Node, side: str) -> str:
        """Return the name of a class, or of an expression standing on one side of a subclass axiom."""
        if isinstance(node, BNode):
            return self.expression(node, side)
        if isinstance(node, Literal):
            raise UnsupportedTerm("literal as a class", node)
        name = str(node)
        if self.data_range(node):
            raise UnsupportedTerm(f"data range as a class ({prefixed(name)})", node)
        if built_in(name) and name != THING:
            raise UnsupportedTerm(f"{prefixed(name)} as a class", node)
        if name == THING and side == SUB:
            raise UnsupportedTerm("owl:Thing in the subclass position", node)
        self.axioms.classes.add(name)
        return name

    def expression(self, node: Node, side: str) -> str:
        """Return the name of the expression written on a node, for one side of a subclass axiom."""
        if (node, side) in self._read:
            return self._read[node, side]
        if node in self._reading:
            raise UnsupportedTerm("malformed expression: it contains itself", node)
        construct = self.construct(node)
        if construct not in ALLOWED[side]:
            raise UnsupportedTerm(f"{prefixed(construct)} in the {side} position", node)
        self._reading.append(node)
        name = self._write[construct](node, construct, side)
        self._reading.pop()
        self.axioms.classes.add(name)
        self._read[node, side] = name
        return name

    def _value(self, node: Node, term: str) -> Node:
        return self.triples[node][term][0]

    def _individual(self, node: Node, term: str) -> str:
        if not isinstance(node, URIRef):
            raise UnsupportedTerm(
                f"{prefixed(term)} with a literal or an anonymous individual", node
            )
        return str(node)

    def _has_value(self, node: Node, term: str, side: str) -> str:
        prop = self.property(self._value(node, ON_PROPERTY))
        value = self._individual(self._value(node, term), term)
        name = f"{{{prop} value {value}}}"
        if side == SUB:
            self.axioms.class_from_value.add((prop, value, name))
        else:
            self.axioms.value_from_class.add((name, prop, value))
        return name

    def _some(self, node: Node, term: str, side: str) -> str:
        prop = self.property(self._value(node, ON_PROPERTY))
        filler = self._value(node, term)
        if str(filler) == THING:
            name = f"{{{prop} some {THING}}}"
            self.axioms.domain.add((prop, name))
        else:
            class_ = self.cls(filler, side)
            name = f"{{{prop} some {class_}}}"
            self.axioms.some.add((prop, class_, name))
        return name

    def _members(self, node: Node, term: str, side: str) -> list[str]:
        return sorted({self.cls(item, side) for item in self.items(self._value(node, term))})

    def _intersection(self, node: Node, term: str, side: str) -> str:
        members = self._members(node, term, side)
        name = _joined("and", members)
        if side == SUB:
            self.axioms.intersection.add((tuple(members), name))
        else:
            self.axioms.sub_class.update((name, member) for member in members)
        return name

    def _union(self, node: Node, term: str, side: str) -> str:
        members = self._members(node, term, side)
        name = _joined("or", members)
        self.axioms.sub_class.update((member, name) for member in members)
        return name

    def _one_of(self, node: Node, term: str, side: str) -> str:
        items = self.items(self._value(node, term))
        members = sorted({self._individual(item, term) for item in items})
        name = _joined("one of", members)
        self.axioms.facts.update((member, TYPE, name) for member in members)
        return name


def _joined(operator: str, members: Iterable[str]) -> str:
    return f"{{{operator} {' '.join(members)}}}"
