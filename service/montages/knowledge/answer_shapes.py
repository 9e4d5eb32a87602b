"""SHACL shapes of the answers, made from the criteria: one closed list, one answer, one message each.

A new criterion brings its shapes with it; nobody writes them by hand.
"""

from __future__ import annotations

from functools import cache

from rdflib import RDF, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.knowledge import library
from montages.knowledge.model import Criterion, Text
from montages.knowledge.rulebook import rulebook
from montages.names import SHAPE, kebab, slug


def _shape(graph: Graph, name: str, path: URIRef, message: Text, severity: URIRef) -> URIRef:
    shape = SHAPE[name]
    graph.add((shape, RDF.type, SH.PropertyShape))
    graph.add((shape, SH.targetSubjectsOf, path))
    graph.add((shape, SH.path, path))
    graph.add((shape, SH.severity, severity))
    for lang in ("fr", "en"):
        graph.add((shape, SH.message, Literal(message[lang], lang=lang)))
        graph.add((shape, SH.name, Literal(name, lang=lang)))
    return shape


def _list(graph: Graph, name: str, members: list[Node]) -> Node:
    head = SHAPE[f"{name}-list"]
    Collection(graph, head, members)
    return head


def _closed(graph: Graph, criterion: Criterion) -> None:
    key = kebab(slug(criterion.property))
    listed = ", ".join(v.slug for v in criterion.values)
    name = f"Answer-{key}-accepted"
    message = Text(
        f"{criterion.question.fr} Donnez une des valeurs : {listed}.",
        f"{criterion.question.en} Give one of: {listed}.",
    )
    shape = _shape(graph, name, criterion.property, message, SH.Violation)
    graph.add((shape, SH["in"], _list(graph, name, [v.iri for v in criterion.values])))


def _numeric(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-number"
    message = Text(
        f"{criterion.question.fr} Donnez un nombre positif ({criterion.unit.fr}).",
        f"{criterion.question.en} Give a positive number ({criterion.unit.en}).",
    )
    shape = _shape(graph, name, path, message, SH.Violation)
    options: list[Node] = []
    for kind in (XSD.integer, XSD.decimal):
        option = SHAPE[f"{name}-{slug(kind)}"]
        graph.add((option, SH.datatype, kind))
        graph.add((option, SH.minExclusive, Literal(0)))
        options.append(option)
    graph.add((shape, SH["or"], _list(graph, name, options)))


def _single(graph: Graph, criterion: Criterion, path: URIRef) -> None:
    name = f"Answer-{kebab(slug(path))}-single"
    message = Text(
        f"{criterion.label.fr} : une seule réponse à la fois. Si la réponse change selon la couche ou le "
        "périmètre, donnez-la sur chacun.",
        f"{criterion.label.en}: one answer at a time. If it differs by layer or perimeter, state it on each.",
    )
    shape = _shape(graph, name, path, message, SH.Violation)
    graph.add((shape, SH.maxCount, Literal(1)))


@cache
def answer_shapes() -> Graph:
    """Return the shapes of every answer property. Do not modify."""
    graph = Graph()
    for criterion in rulebook().criteria.values():
        path = criterion.numeric_property or criterion.property
        if criterion.numeric_property:
            _numeric(graph, criterion, path)
        elif criterion.values:
            _closed(graph, criterion)
        if not criterion.multiple:
            _single(graph, criterion, path)
    return graph


@cache
def description_shapes() -> Graph:
    """Return all the shapes a project description must meet. Do not modify."""
    graph = library.read([p for p in library.files("shapes") if p.name == "project.ttl"])
    return graph + answer_shapes()


