"""Check our own data, ontology and shapes against the shapes we hold ourselves to (R1)."""

from __future__ import annotations

from functools import cache

import pyshacl
from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.term import Node

from montages.decision.check import finding_of
from montages.decision.findings import Finding
from montages.knowledge import library
from montages.knowledge.answer_shapes import answer_shapes

# What a description must say is another matter: `decision.check`.
_FILES = ("rulebook.ttl", "reference.ttl", "house-rules.ttl")


def own_data_findings() -> tuple[Finding, ...]:
    """Return what the build-time shapes find in everything that ships, gravest finding first."""
    return findings_in(own_data())


@cache
def own_data() -> Graph:
    """Return all that ships as one graph: ontology, data, real projects, shapes. Do not modify."""
    projects = [path for path in library.projects().values() if path.suffix == ".ttl"]
    graph = Graph()
    for part in (
        library.ontology(),
        library.apart(),
        library.data(),
        library.read(projects),
        library.shapes(),
        answer_shapes(),
    ):
        graph += part
    return graph


@cache
def own_data_shapes() -> Graph:
    """Return the build-time shapes. Do not modify."""
    return library.read([path for path in library.files("shapes") if path.name in _FILES])


def findings_in(graph: Graph) -> tuple[Finding, ...]:
    """Return what the build-time shapes find in a graph; what has no name is reported on its owner."""
    shapes = own_data_shapes()
    _, results, _ = pyshacl.validate(graph, shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    found = set()
    for node in results.subjects(RDF.type, SH.ValidationResult):
        focus, value = results.value(node, SH.focusNode), results.value(node, SH.value)
        finding = finding_of(results, node, shapes)
        changes = {"focus": str(_owner(graph, focus)), "value": _plain(graph, value)}
        found.add(Finding(**{**finding.__dict__, **changes}))
    return tuple(sorted(found, key=Finding.key))


def _owner(graph: Graph, node: Node | None) -> Node | None:
    """Return the thing a blank node is a part of, however deep."""
    seen: set[Node] = set()
    while isinstance(node, BNode) and node not in seen:
        seen.add(node)
        node = min(graph.subjects(None, node), key=lambda s: isinstance(s, BNode), default=node)
    return node


def _plain(graph: Graph, value: Node | None) -> str:
    """Return a value as text that is the same at each run: a blank node has no such text."""
    return "" if value is None or isinstance(value, BNode) else str(value)
