"""The page of the layers: one picture of them, under the equipment of the field, then what they are for."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, URIRef

from montages.bilingual import message
from montages.names import ID, MTG, iris
from montages.web.pages.page_context import Link, PageContext

# What stands in the field is part of this layer, which is drawn right under it.
_FIELD = ID["layer/objects"]


@dataclass(frozen=True)
class StackedLayer:
    """A layer of the picture: its link, what it is, the group that it is of."""

    link: Link
    about: str
    group: str


def layers_page(context: PageContext) -> str:
    """Return the page of the layers and usages."""
    graph = context.graph

    def ordered(kind: URIRef) -> list[URIRef]:
        return sorted(iris(graph.subjects(RDF.type, kind)), key=context.rank)

    groups = ordered(MTG.LayerGroup)
    layers = [
        StackedLayer(
            context.link(layer), context.about(layer), context.labels.name(group, context.lang)
        )
        for group in groups
        for layer in sorted(
            iris(graph.subjects(MTG.layerGroup, group)),
            key=lambda i: (i != _FIELD, context.rank(i)),
        )
    ]
    usages = [context.link(usage) for usage in ordered(MTG.Usage)]
    title = message("Layers")[context.lang]
    return context.render("layers.html", title=title, layers=layers, usages=usages)
