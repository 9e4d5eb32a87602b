"""The page of a threshold: what it is worth on a day, and was or will be on others."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rdflib import RDF, SKOS, Literal, URIRef

from montages.bilingual import message
from montages.knowledge.buckets import measured_in
from montages.knowledge.law import Bound
from montages.names import MTG, iris
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import PageContext

_BOUNDS = (MTG.answerAtMost, MTG.answerBelow, MTG.answerAtLeast, MTG.answerAbove)


def threshold_values(threshold: GraphNode) -> dict[str, Any]:
    """Return the amounts of a threshold, and the rules that read it."""
    graph, context, ref = threshold.graph, threshold.context, URIRef(threshold.iri)
    readers = {
        URIRef(str(graph.value(v, MTG.versionOf) or v))
        for p in _BOUNDS
        for v in iris(graph.subjects(p, ref))
    }
    return {"values": threshold_amounts(ref, context), "readers": context.links(readers)}


def amount_text(threshold: URIRef, context: PageContext) -> str:
    """Return what a threshold is worth on the day of the page, or that it is not known."""
    amount = context.rules.limit(Bound("below", threshold))
    if amount is None:
        return message("amount not known on that day")[context.lang]
    return measured_in(context.lang, amount, _unit(threshold, context))


def _unit(threshold: URIRef, context: PageContext) -> str:
    """Return the unit of a threshold as it is shown: the label of the unit that its code is a name of."""
    graph, lang = context.graph, context.lang
    code = str(graph.value(threshold, MTG.unitOfMeasure) or "")
    for unit in graph.subjects(SKOS.hiddenLabel, Literal(code, lang=lang)):
        if (unit, RDF.type, MTG.MeasurementUnit) in graph:
            return context.labels.name(str(unit), lang)
    return code


def threshold_amounts(ref: URIRef, context: PageContext) -> list[dict[str, Any]]:
    """Return the amounts of a threshold, latest first, with which one is that of the day."""
    graph, day, unit = context.graph, context.day, _unit(ref, context)
    values = []
    for node in graph.objects(ref, MTG.thresholdValue):
        first = graph.value(node, MTG.validFrom)
        last = graph.value(node, MTG.validThrough)
        first, last = (x.toPython() if x is not None else None for x in (first, last))  # type: ignore[attr-defined]
        amount = graph.value(node, MTG.thresholdAmount)
        values.append(
            {
                "first": first,
                "last": last,
                "now": (first is None or first <= day) and (last is None or day <= last),
                "amount": "?"
                if amount is None
                else measured_in(context.lang, Decimal(str(amount)), unit),
                "reading": context.labels.text(node, MTG.reading, context.lang),
                "sources": context.links(graph.objects(node, MTG.source)),
                "certainty": context.links(graph.objects(node, MTG.certainty)),
            }
        )
    return sorted(values, key=lambda value: str(value["first"]), reverse=True)
