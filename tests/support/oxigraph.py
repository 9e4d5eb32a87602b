"""A second, independent SPARQL engine for the tests: the same graph and query in pyoxigraph."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

OxTerm = ox.NamedNode | ox.BlankNode | ox.Literal


def _to_ox(term: Node) -> OxTerm:
    if isinstance(term, URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, BNode):
        return ox.BlankNode(str(term))
    assert isinstance(term, Literal)
    if term.language:
        return ox.Literal(str(term), language=term.language)
    return ox.Literal(str(term), datatype=ox.NamedNode(str(term.datatype or XSD.string)))


def _from_ox(term: OxTerm) -> Node:
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language:
        return Literal(term.value, lang=term.language)
    datatype = URIRef(term.datatype.value)
    return Literal(term.value, datatype=None if datatype == XSD.string else datatype)


def store(triples: Iterable[tuple[Node, Node, Node]]) -> ox.Store:
    loaded = ox.Store()
    loaded.extend(ox.Quad(_to_ox(s), _to_ox(p), _to_ox(o)) for s, p, o in triples)
    return loaded


def select(loaded: ox.Store, text: str) -> list[list[str]]:
    """Return the columns of a SELECT then its rows, each cell as CSV shows it."""
    found = loaded.query(text)
    columns = [variable.value for variable in found.variables]
    rows = [["" if row[name] is None else row[name].value for name in columns] for row in found]
    return [columns, *rows]


def construct(loaded: ox.Store, text: str) -> Graph:
    graph = Graph()
    for triple in loaded.query(text):
        graph.add((_from_ox(triple.subject), _from_ox(triple.predicate), _from_ox(triple.object)))
    return graph
