"""The page of a layer, and the management matrix: who pays what, on what basis, by which contracts.

The matrix has the layers in their groups and two ways of running each; a cell of it has its page too.
"""

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
    return [option(cell, context) for cell in _ordered(cells, context)]


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


def _ordered(nodes: list[URIRef], context: PageContext) -> list[URIRef]:
    return sorted(nodes, key=lambda n: context.rank(n))


def _layer_groups(
    context: PageContext,
) -> list[tuple[Link, list[tuple[URIRef, list[LayerOption]]]]]:
    """Return the groups, their layers from the network up, and the two options of each layer."""
    graph = context.graph
    return [
        (
            context.link(group),
            [
                (layer, options(layer, context))
                for layer in _ordered(iris(graph.subjects(MTG.layerGroup, group)), context)
            ],
        )
        for group in _ordered(iris(graph.subjects(RDF.type, MTG.LayerGroup)), context)
    ]


def layer_matrix_page(context: PageContext) -> str:
    """Return the page of the management matrix."""
    columns = _ordered(iris(context.graph.subjects(RDF.type, MTG.MatrixColumn)), context)
    heads = [(context.link(c), context.labels.definition(c, context.lang)) for c in columns]
    return context.render("layer_matrix.html", heads=heads, groups=_layer_groups(context))


def layer_matrix_rows(context: PageContext) -> list[dict[str, Any]]:
    """Return the matrix as data, one row a cost."""
    table = []
    for group, layers in _layer_groups(context):
        for layer, cells in layers:
            for cell in cells:
                usual = {
                    link.text: frequency[0].text
                    for frequency, links in cell.usual
                    for link in links
                }
                for cost in cell.costs:
                    table.append(
                        {
                            "group": group.text,
                            "layer": str(layer),
                            "layer_label": context.labels.name(layer, context.lang),
                            "mode": cell.column.text,
                            "bearer": ", ".join(link.text for link in cost.bearer),
                            "items": ", ".join(link.text for link in cost.items),
                            "basis": ", ".join(link.text for link in cost.basis),
                            "provision": ", ".join(link.text for link in cost.provision),
                            "contracts": "; ".join(f"{k} ({v})" for k, v in usual.items()),
                            "reading": cell.reading,
                        }
                    )
    return table
