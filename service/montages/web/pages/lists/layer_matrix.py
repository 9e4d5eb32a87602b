"""The management matrix: the layers in their groups, two ways of running each, who pays what."""

from __future__ import annotations

from typing import Any

from rdflib import RDF, URIRef

from montages.names import MTG, iris
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.layer import LayerOption, options


def _ordered(nodes: list[URIRef], context: PageContext) -> list[URIRef]:
    return sorted(nodes, key=lambda n: context.rank(n))


def groups(context: PageContext) -> list[tuple[Link, list[tuple[URIRef, list[LayerOption]]]]]:
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


def page(context: PageContext) -> str:
    """Return the page of the management matrix."""
    columns = _ordered(iris(context.graph.subjects(RDF.type, MTG.MatrixColumn)), context)
    heads = [(context.link(c), context.labels.definition(c, context.lang)) for c in columns]
    return context.render("layer_matrix.html", heads=heads, groups=groups(context))


def rows(context: PageContext) -> list[dict[str, Any]]:
    """Return the matrix as data, one row a cost."""
    table = []
    for group, layers in groups(context):
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
