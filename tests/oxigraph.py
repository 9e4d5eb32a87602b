"""A second, independent SPARQL engine for the tests: the same graph and query in pyoxigraph."""

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

XSD_STRING = ox.NamedNode("http://www.w3.org/2001/XMLSchema#string")


def to_ox(term: Node):
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype)) if term.datatype else None)


def from_ox(term) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    return Literal(term.value, datatype=None if term.datatype == XSD_STRING else term.datatype.value)


def store(triples: Iterable[tuple[Node, Node, Node]]) -> ox.Store:
    loaded = ox.Store()
    loaded.extend(ox.Quad(to_ox(s), to_ox(p), to_ox(o)) for s, p, o in triples)
    return loaded


def select(loaded: ox.Store, text: str) -> list[list[str]]:
    """The columns of a SELECT then its rows, each cell as CSV shows it."""
    found = loaded.query(text)
    columns = [variable.value for variable in found.variables]
    rows = [["" if row[name] is None else row[name].value for name in columns] for row in found]
    return [columns, *rows]


def construct(loaded: ox.Store, text: str) -> Graph:
    graph = Graph()
    for triple in loaded.query(text):
        graph.add((from_ox(triple.subject), from_ox(triple.predicate), from_ox(triple.object)))
    return graph
