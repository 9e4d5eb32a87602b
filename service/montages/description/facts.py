"""The triples of a description as plain data, and their conversion from and to an rdflib graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox
from rdflib import RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.names import slug

Term = str | ox.Literal
Triple = tuple[str, str, Term]

# A blank node is written as in N-Triples; facts that were read hold none (see `description.blank_nodes`).
BLANK = "_:"
# From so many values of one property on, it pays to look them up in a set.
MANY = 32
_STRING = str(XSD.string)
NAMES = (str(SKOS.prefLabel), str(RDFS.label))


class Facts:
    """Triples indexed by subject and property: IRIs are texts, literals are pyoxigraph's."""

    __slots__ = ("_value_sets", "by_subject")

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self.by_subject: dict[str, dict[str, list[Term]]] = {}
        self._value_sets: dict[tuple[str, str], set[Term]] = {}
        for s, p, o in triples:
            self.add(s, p, o)

    def add(self, s: str, p: str, o: Term) -> None:
        """Add a triple, once."""
        properties = self.by_subject.get(s)
        if properties is None:
            properties = self.by_subject[s] = {}
        values = properties.get(p)
        if values is None:
            properties[p] = [o]
        elif len(values) < MANY:
            if o not in values:
                values.append(o)
        else:
            value_set = self._value_sets.get((s, p))
            if value_set is None:
                value_set = self._value_sets[s, p] = set(values)
            if o not in value_set:
                value_set.add(o)
                values.append(o)

    def __iter__(self) -> Iterator[Triple]:
        for s, properties in self.by_subject.items():
            for p, values in properties.items():
                for o in values:
                    yield s, p, o

    def __len__(self) -> int:
        return sum(len(v) for properties in self.by_subject.values() for v in properties.values())

    def objects(self, s: str, p: str) -> list[Term]:
        """Return the values of a property of a subject. Do not modify."""
        return self.by_subject.get(s, _NONE).get(p, _EMPTY)

    def graph(self) -> Graph:
        """Return the facts as a new rdflib graph."""
        graph = Graph()
        for s, p, o in self:
            graph.add((to_node(s), URIRef(p), to_node(o)))
        return graph


_NONE: dict[str, list[Term]] = {}
_EMPTY: list[Term] = []


def label(facts: Facts, subject: str) -> Text:
    """Return the name of a thing of a description in both languages; its slug when it has none."""
    for prop in NAMES:
        names: dict[str | None, str] = {}
        for value in facts.objects(subject, prop):
            if isinstance(value, ox.Literal):
                names[value.language] = min(value.value, names.get(value.language, value.value))
        if names:
            some = names[min(names, key=str)]
            return Text(names.get("fr", some), names.get("en", some))
    return Text(slug(subject), slug(subject))


def from_graph(graph: Graph) -> Facts:
    """Return the triples of an rdflib graph as facts, in a stable order."""
    # Not in rdflib's order of terms: it compares numbers, and stops at one that is none (NaN).
    return Facts(sorted(((_name(s), str(p), from_node(o)) for s, p, o in graph), key=_order))


def _order(triple: Triple) -> tuple[str, str, bool, str]:
    s, p, o = triple
    return s, p, isinstance(o, str), str(o)


def _name(node: Node) -> str:
    return BLANK + str(node) if isinstance(node, BNode) else str(node)


def from_node(node: Node) -> Term:
    """Return an rdflib node as a term of facts."""
    if not isinstance(node, Literal):
        return _name(node)
    if node.language:
        return ox.Literal(str(node), language=node.language)
    return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype or _STRING)))


def to_node(term: Term) -> Node:
    """Return a term of facts as an rdflib node."""
    if isinstance(term, str):
        return BNode(term[2:]) if term.startswith(BLANK) else URIRef(term)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    return Literal(term.value, datatype=None if datatype == _STRING else URIRef(datatype))
