"""The page of a layer: who pays what, on what basis, and by which contracts, in each way of running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import RDF, URIRef
from rdflib.term import Node

from montages.names import MTG, iris
from montages.web.pages.frame import Frame, Link


@dataclass(frozen=True)
class Cost:
    """One cost: who bears it, for what, on what basis, and how the layer is got."""

    bearer: list[Link]
    items: list[Link]
    basis: list[Link]
    provision: list[Link]


@dataclass(frozen=True)
class Option:
    """One cell of the management matrix."""

    link: Link
    column: Link
    reading: str
    costs: list[Cost]
    usual: list[tuple[list[Link], list[Link]]]
    sources: list[Link]


def option(node: URIRef, frame: Frame) -> Option:
    """Return a cell of the management matrix in words."""
    graph = frame.graph

    def links(subject: Node, predicate: URIRef) -> list[Link]:
        return frame.links(graph.objects(subject, predicate))

    costs = [
        Cost(
            links(cost, MTG.costBearer),
            links(cost, MTG.costItem),
            links(cost, MTG.pricingBasis),
            links(cost, MTG.provision),
        )
        for cost in graph.objects(node, MTG.cost)
    ]
    usual = [
        (links(u, MTG.frequency), links(u, MTG.arrangement)) for u in graph.objects(node, MTG.usual)
    ]
    return Option(
        frame.link(node),
        links(node, MTG.inColumn)[0],
        frame.labels.said(node, MTG.reading, frame.lang),
        sorted(
            costs,
            key=lambda c: [link.key for link in (*c.bearer, *c.provision, *c.items, *c.basis)],
        ),
        sorted(usual, key=lambda pair: [link.key for links in pair for link in links]),
        links(node, MTG.source),
    )


def options(layer: URIRef, frame: Frame) -> list[Option]:
    """Return the two cells of a layer: own or delegated, then by a third party."""
    graph = frame.graph
    found = iris(graph.subjects(MTG.ofLayer, layer))
    return [option(o, frame) for o in sorted(found, key=lambda o: frame.rank(o))]


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a layer shows."""
    graph, ref = frame.graph, URIRef(iri)
    uses = {str(s).partition("#")[0] for s in graph.subjects(MTG.layer, ref)}
    return {
        "options": options(ref, frame),
        "group": frame.links(graph.objects(ref, MTG.group)),
        "kind_of_investment": frame.links(graph.objects(ref, MTG.investmentKindOfLayer)),
        "projects": frame.links(u for u in uses if (URIRef(u), RDF.type, MTG.Project) in graph),
    }


def make_option(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of one cell of the management matrix shows."""
    layers = frame.links(frame.graph.objects(URIRef(iri), MTG.ofLayer))
    return {"option": option(URIRef(iri), frame), "layers": layers}
