"""The management matrix: six layers in three groups, two ways of running each, who pays what."""

from __future__ import annotations

from typing import Any

from rdflib import RDF, URIRef

from montages.names import MTG, iris
from montages.web.pages.frame import Frame, Link
from montages.web.pages.layer import Option, options


def _ordered(found: list[URIRef], frame: Frame) -> list[URIRef]:
    return sorted(found, key=lambda n: frame.rank(n))


def groups(frame: Frame) -> list[tuple[Link, list[tuple[URIRef, list[Option]]]]]:
    """Return the groups, their layers from the network up, and the two options of each layer."""
    graph = frame.graph
    return [
        (
            frame.link(group),
            [
                (layer, options(layer, frame))
                for layer in _ordered(iris(graph.subjects(MTG.group, group)), frame)
            ],
        )
        for group in _ordered(iris(graph.subjects(RDF.type, MTG.LayerGroup)), frame)
    ]


def page(frame: Frame) -> str:
    """Return the page of the management matrix."""
    columns = _ordered(iris(frame.graph.subjects(RDF.type, MTG.MatrixColumn)), frame)
    heads = [(frame.link(c), frame.labels.definition(c, frame.lang)) for c in columns]
    return frame.render("layer_matrix.html", heads=heads, groups=groups(frame))


def rows(frame: Frame) -> list[dict[str, Any]]:
    """Return the matrix as data, one row a cost."""
    found = []
    for group, layers in groups(frame):
        for layer, cells in layers:
            for cell in cells:
                usual = {
                    link.text: frequency[0].text
                    for frequency, links in cell.usual
                    for link in links
                }
                for cost in cell.costs:
                    found.append(
                        {
                            "group": group.text,
                            "layer": str(layer),
                            "layer_label": frame.labels.name(layer, frame.lang),
                            "mode": cell.column.text,
                            "bearer": ", ".join(link.text for link in cost.bearer),
                            "items": ", ".join(link.text for link in cost.items),
                            "basis": ", ".join(link.text for link in cost.basis),
                            "provision": ", ".join(link.text for link in cost.provision),
                            "contracts": "; ".join(f"{k} ({v})" for k, v in usual.items()),
                            "reading": cell.reading,
                        }
                    )
    return found
