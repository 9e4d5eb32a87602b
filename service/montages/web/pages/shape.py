"""The page of a shape: what it checks, what it says when it is not met, and the terms it speaks of."""

from __future__ import annotations

from typing import Any

from rdflib import SH, Graph, URIRef
from rdflib.term import Node

from montages.names import iris
from montages.web.pages.frame import Frame
from montages.web.pages.shown import Fact, facts, shown

_TOLD = frozenset({SH.message, SH.name, SH.severity, SH.property, SH.path})


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a shape shows."""
    ref = URIRef(iri)
    graph = frame.graph
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    constraints = facts(ref, graph, frame, without=frozenset({*_TOLD, *targets}))
    path = graph.value(ref, SH.path)
    return {
        "message": frame.labels.said(iri, SH.message, frame.lang),
        "severity": frame.links(graph.objects(ref, SH.severity)),
        "targets": [
            (frame.link(p), frame.links(iris(graph.objects(ref, p))))
            for p in targets
            if (ref, p, None) in graph
        ],
        "path": shown(path, graph, frame) if path is not None else None,
        "constraints": [c for c in constraints if not _is_type(c)],
        "parts": frame.links(iris(graph.objects(ref, SH.property))),
        "within": frame.links(_above(ref, graph)),
    }


def _is_type(fact: Fact) -> bool:
    return fact.term.href is not None and fact.term.href.endswith("#type")


def _above(ref: URIRef, graph: Graph) -> list[Node]:
    return [s for p in (SH.property, SH.node) for s in iris(graph.subjects(p, ref))]
