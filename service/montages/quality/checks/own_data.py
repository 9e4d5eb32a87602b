"""Check our own data, ontology and shapes against the shapes we hold ourselves to (R1)."""

from __future__ import annotations

from functools import cache
from typing import Any

import pyshacl
from rdflib import RDF, SH, BNode, Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.validation.findings import Finding
from montages.validation.shape_check import finding_of

# What a description must say is another matter: `validation.shape_check`.
_FILES = ("rulebook.ttl", "reference.ttl", "house-rules.ttl")


def own_data_findings() -> tuple[Finding, ...]:
    """Return what the build-time shapes find in everything that ships, gravest finding first."""
    return findings_in(own_data())


@cache
def own_data() -> Graph:
    """Return all that ships as one graph: ontology, data, real projects, reviews, shapes. Do not modify."""
    projects = [path for path in library.projects().values() if path.suffix == ".ttl"]
    graph = Graph()
    for part in (
        library.ontology(),
        library.apart(),
        library.data(),
        library.imports(),
        library.read([*projects, *library.files(library.REVIEWS)]),
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
    shapes, data = own_data_shapes(), _QueryCachingGraph()
    data += graph
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    findings = set()
    for node in results.subjects(RDF.type, SH.ValidationResult):
        focus, value = results.value(node, SH.focusNode), results.value(node, SH.value)
        finding = finding_of(results, node, shapes)
        # A blank node has no name that would be the same at the next run.
        plain = "" if value is None or isinstance(value, BNode) else str(value)
        changes = {"focus": str(_owner(graph, focus)), "value": plain}
        findings.add(Finding(**{**finding.__dict__, **changes}))
    return tuple(sorted(findings, key=Finding.key))


class _QueryCachingGraph(Graph):
    """A graph that parses a query once: pySHACL asks each of its queries again for every node."""

    def query(self, query_object: Any, *args: Any, **options: Any) -> Result:
        """Answer a query, given as text or prepared."""
        if isinstance(query_object, str):
            query_object = _prepare(query_object)
        return super().query(query_object, *args, **options)


@cache
def _prepare(text: str) -> Query:
    return prepareQuery(text)


def _owner(graph: Graph, node: Node | None) -> Node | None:
    """Return the thing a blank node is a part of, however deep."""
    path: set[Node] = set()
    while isinstance(node, BNode) and node not in path:
        path.add(node)
        node = min(graph.subjects(None, node), key=lambda s: isinstance(s, BNode), default=node)
    return node
