"""The page of a compiled class: what it means that a project falls in it."""

from __future__ import annotations

from typing import Any

from rdflib import RDFS, Graph, URIRef

from montages.names import MTG, iris
from montages.web.pages.frame import Frame
from montages.web.pages.shown import Shown, shown

_OF = (MTG.outcomeOf, MTG.statusOf)
_SAYS = (MTG.outcome, MTG.status)
_FEW = 40


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a compiled class shows, under today's law or the last that knew it."""
    ref = URIRef(iri)
    graph = _graph(ref, frame)
    above = iris(graph.objects(ref, RDFS.subClassOf))
    return {
        "of": frame.links(o for p in _OF for o in graph.objects(ref, p)),
        "says": frame.links(o for p in _SAYS for o in graph.objects(ref, p)),
        "follows": frame.links(above)[:_FEW],
        "ways": _ways(ref, graph, frame)[:_FEW],
        "others": frame.links(iris(graph.subjects(RDFS.subClassOf, ref)))[:_FEW],
        "periods": frame.links(
            URIRef(name)
            for name, found in frame.graphs.items()
            if "/compiled/" in name and (ref, None, None) in found
        ),
    }


def _ways(ref: URIRef, graph: Graph, frame: Frame) -> list[Shown]:
    """Return what makes something be in a class."""
    found = [shown(node, graph, frame) for node in graph.subjects(RDFS.subClassOf, ref)]
    return sorted(found, key=lambda way: way.key)


def _graph(ref: URIRef, frame: Frame) -> Graph:
    """Return the default graph, else the last of the compiled graphs that know the class."""
    if (ref, None, None) in frame.graph:
        return frame.graph
    found = [g for name, g in sorted(frame.graphs.items()) if (ref, None, None) in g]
    return found[-1] if found else frame.graph
