"""The page of a real project: who, what, with which contract, and where each fact comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import DCTERMS, RDF, RDFS, URIRef
from rdflib.term import Node

from montages.knowledge import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.web.pages.frame import Frame, Link
from montages.web.pages.shown import Fact, Shown, shown

_PARTS = (MTG.hasPerimeter, MTG.hasLayerUse)


@dataclass(frozen=True)
class Part:
    """The project itself, a perimeter or a layer use: its texts, its answers, its contract."""

    id: str
    name: str
    description: str
    layer: list[Link]
    perimeter: list[Link]
    retained: list[Link]
    operators: list[str]
    answers: list[Fact]


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a project shows."""
    graph, ref = frame.graph, URIRef(iri)
    parts = {p: [_part(n, frame) for n in graph.objects(ref, p)] for p in _PARTS}
    named = library.projects().get(slug(iri))
    return {
        "whole": _part(ref, frame),
        "holders": [_actor(h, frame) for h in iris(graph.objects(ref, MTG.holder))],
        "usages": frame.links(graph.objects(ref, MTG.usage)),
        "quality": frame.labels.said(iri, MTG.quality, frame.lang),
        "perimeters": sorted(parts[MTG.hasPerimeter], key=lambda p: p.id),
        "uses": sorted(parts[MTG.hasLayerUse], key=lambda p: p.id),
        "citations": _citations(iri, frame),
        "example": slug(iri) if named is not None else "",
    }


def _actor(node: Node, frame: Frame) -> tuple[str, str, list[Link]]:
    graph = frame.graph
    kinds = frame.links(o for o in graph.objects(node, RDF.type))
    return str(node).partition("#")[2], frame.labels.name(str(node), frame.lang), kinds


def _part(node: Node, frame: Frame) -> Part:
    graph = frame.graph
    retained = [o for p in (MTG.retains, MTG.retainedProcedure) for o in graph.objects(node, p)]
    return Part(
        str(node).partition("#")[2],
        frame.labels.name(str(node), frame.lang),
        frame.labels.said(str(node), DCTERMS.description, frame.lang),
        frame.links(graph.objects(node, MTG.layer)),
        frame.links(graph.objects(node, MTG.perimeter)),
        frame.links(retained),
        sorted(
            str(graph.value(o, RDFS.label) or frame.labels.name(str(o), frame.lang))
            for o in graph.objects(node, MTG.operator)
        ),
        _answers(node, frame),
    )


def _answers(node: Node, frame: Frame) -> list[Fact]:
    """Return the answers that a description gives itself, question by question."""
    graph, found = frame.graph, []
    for criterion in rulebook().criteria.values():
        stated = graph.objects(node, criterion.property)
        told = sorted((shown(o, graph, frame) for o in stated), key=lambda value: value.key)
        if criterion.numeric_property is not None:
            numbers = graph.objects(node, criterion.numeric_property)
            unit = criterion.unit[frame.lang]
            told += [Shown(text=f"{shown(n, graph, frame).text} {unit}") for n in numbers]
        if told:
            link = Link(criterion.label[frame.lang], frame.page_of(str(criterion.iri)))
            found.append(Fact(link, tuple(told)))
    return found


def _citations(iri: str, frame: Frame) -> list[tuple[Link, list[tuple[str, list[str]]]]]:
    """Return the documents cited, and what each says of the project, place by place."""
    graph = frame.graph
    found: dict[Node, list[tuple[str, list[str]]]] = {}
    mine = [s for s in graph.subjects(MTG.citation) if str(s).partition("#")[0] == iri]
    for subject in dict.fromkeys(iris(mine)):
        for citation in graph.objects(subject, MTG.citation):
            stated = sorted(
                {frame.labels.name(str(s), frame.lang) for s in graph.objects(citation, MTG.states)}
            )
            place = frame.labels.said_of(citation, MTG.locator, frame.lang)
            for document in graph.objects(citation, MTG.source):
                found.setdefault(document, []).append((place, stated))
    pairs = [(frame.link(d), sorted(said)) for d, said in found.items()]
    return sorted(pairs, key=lambda pair: pair[0].key)
