"""The page of a layer: who pays what, on what basis, and by which contracts, in each way of running it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import RDF, URIRef
from rdflib.term import Node

from montages.names import MTG, iris
from montages.web.pages.page_context import Link, PageContext


@dataclass(frozen=True)
class Cost:
    """One cost: who bears it, for what, on what basis, and how the layer is got."""

    bearer: list[Link]
    items: list[Link]
    basis: list[Link]
    provision: list[Link]


@dataclass(frozen=True)
class LayerOption:
    """One cell of the management matrix."""

    link: Link
    column: Link
    reading: str
    costs: list[Cost]
    usual: list[tuple[list[Link], list[Link]]]
    sources: list[Link]


def option(node: URIRef, context: PageContext) -> LayerOption:
    """Return a cell of the management matrix in words."""
    graph = context.graph

    def links(subject: Node, predicate: URIRef) -> list[Link]:
        return context.links(graph.objects(subject, predicate))

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
        (links(u, MTG.frequency), links(u, MTG.arrangement))
        for u in graph.objects(node, MTG.hasUsuality)
    ]
    return LayerOption(
        context.link(node),
        links(node, MTG.inColumn)[0],
        context.labels.text(node, MTG.reading, context.lang),
        sorted(
            costs,
            key=lambda c: [link.key for link in (*c.bearer, *c.provision, *c.items, *c.basis)],
        ),
        sorted(usual, key=lambda pair: [link.key for links in pair for link in links]),
        links(node, MTG.source),
    )


def options(layer: URIRef, context: PageContext) -> list[LayerOption]:
    """Return the two cells of a layer: own or delegated, then by a third party."""
    graph = context.graph
    cells = iris(graph.subjects(MTG.ofLayer, layer))
    return [option(o, context) for o in sorted(cells, key=lambda o: context.rank(o))]


def layer_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a layer shows."""
    graph, ref = context.graph, URIRef(iri)
    uses = {str(s).partition("#")[0] for s in graph.subjects(MTG.layer, ref)}
    return {
        "options": options(ref, context),
        "group": context.links(graph.objects(ref, MTG.layerGroup)),
        "kind_of_investment": context.links(graph.objects(ref, MTG.investmentKindOfLayer)),
        "projects": context.links(u for u in uses if (URIRef(u), RDF.type, MTG.Project) in graph),
    }


def option_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of one cell of the management matrix shows."""
    layers = context.links(context.graph.objects(URIRef(iri), MTG.ofLayer))
    return {"option": option(URIRef(iri), context), "layers": layers}
