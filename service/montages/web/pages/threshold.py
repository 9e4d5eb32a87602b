"""The page of a threshold: its amounts, period by period, and the rules that read it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rdflib import URIRef

from montages.knowledge.buckets import spaced
from montages.names import MTG, iris
from montages.web.pages.frame import Frame

_BOUNDS = (MTG.atMost, MTG.below, MTG.atLeast, MTG.above)
_UNITS = {"EUR": "€"}


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a threshold shows."""
    graph, ref = frame.graph, URIRef(iri)
    day = frame.site.dataset.day
    values = []
    for node in graph.objects(ref, MTG.value):
        first = graph.value(node, MTG.validFrom)
        last = graph.value(node, MTG.validThrough)
        first, last = (x.toPython() if x is not None else None for x in (first, last))  # type: ignore[attr-defined]
        amount = graph.value(node, MTG.amount)
        values.append(
            {
                "first": first,
                "last": last,
                "now": (first is None or first <= day) and (last is None or day <= last),
                "amount": spaced(Decimal(str(amount)), frame.lang) if amount is not None else "?",
                "reading": frame.labels.said_of(node, MTG.reading, frame.lang),
                "sources": frame.links(graph.objects(node, MTG.source)),
                "certainty": frame.links(graph.objects(node, MTG.certainty)),
            }
        )
    unit = str(graph.value(ref, MTG.unit) or "")
    readers = {
        URIRef(str(graph.value(v, MTG.versionOf) or v))
        for p in _BOUNDS
        for v in iris(graph.subjects(p, ref))
    }
    return {
        "values": sorted(values, key=lambda v: str(v["first"]), reverse=True),
        "unit": _UNITS.get(unit, unit),
        "readers": frame.links(readers),
    }
