"""What shapes need beside a description: classes, and the kind of each thing of the data."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache

from rdflib import RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Node

from montages.knowledge.files import library
from montages.names import MTG


@cache
def background() -> Graph:
    """Return the subclasses of the ontology, and type, scheme and group of each thing of the data."""
    graph = Graph()
    for triple in library.ontology().triples((None, RDFS.subClassOf, None)):
        if isinstance(triple[2], URIRef):
            graph.add(triple)
    for s, p, o in library.data():
        if p in (RDF.type, SKOS.inScheme, MTG.layerGroup) and isinstance(s, URIRef):
            graph.add((s, p, o))
    return graph


def background_lines(graph: Graph, properties: Set[Node]) -> dict[str, tuple[str, ...]]:
    """Return for each IRI the triples of a background that some properties lead to, as N-Triples."""
    lines: dict[str, list[tuple[str, str]]] = {}
    for s, p, o in sorted(graph):
        if p in properties and isinstance(s, URIRef) and isinstance(o, URIRef):
            lines.setdefault(str(s), []).append((str(o), f"{s.n3()} {p.n3()} {o.n3()} .\n"))
    return {iri: _reachable(iri, lines) for iri in lines}


def _reachable(iri: str, lines: Mapping[str, list[tuple[str, str]]]) -> tuple[str, ...]:
    reachable, visited, todo = list[str](), {iri}, [iri]
    for node in todo:
        for other, line in lines.get(node, ()):
            reachable.append(line)
            if other not in visited:
                visited.add(other)
                todo.append(other)
    return tuple(reachable)
