"""Presumptions and the notes on what is not presumed, read from their graph (R35)."""

from __future__ import annotations

from rdflib import Graph, URIRef

from montages.knowledge.graph_reading import (
    conditions,
    label,
    need,
    one,
    passages,
    slugs,
    span,
    text,
)
from montages.knowledge.model import Bearing, Clause, Presumption, QuestionNote
from montages.names import MTG, slug

_BASES = {MTG.ByLaw: "law", MTG.ByPractice: "practice"}


def presumption(graph: Graph, iri: URIRef) -> Presumption:
    """Return the presumption of an IRI; raises BrokenKnowledge where a needed statement is missing."""
    return Presumption(
        slug=slug(iri),
        iri=iri,
        criterion=slug(need(graph, iri, MTG.aboutCriterion)),
        value=slug(need(graph, iri, MTG.presumes)),
        basis=_BASES[need(graph, iri, MTG.presumptionBasis)],
        bearing=_bearing(graph, iri),
        certainty=slug(one(graph, iri, MTG.certainty, MTG.Verified)),
        label=label(graph, iri),
        reading=text(graph, iri, MTG.reading),
        sources=passages(graph, iri),
        span=span(graph, iri),
    )


def question_note(graph: Graph, iri: URIRef) -> QuestionNote:
    """Return the note of an IRI; raises BrokenKnowledge where a needed statement is missing."""
    return QuestionNote(
        slug=slug(iri),
        iri=iri,
        criterion=slug(need(graph, iri, MTG.aboutCriterion)),
        bearing=_bearing(graph, iri),
        certainty=slug(one(graph, iri, MTG.certainty, MTG.Verified)),
        label=label(graph, iri),
        reading=text(graph, iri, MTG.reading),
        sources=passages(graph, iri),
        span=span(graph, iri),
    )


def _bearing(graph: Graph, iri: URIRef) -> Bearing:
    return Bearing(
        holders=slugs(graph, iri, MTG.forHolder),
        usages=slugs(graph, iri, MTG.forUsage),
        layers=slugs(graph, iri, MTG.forLayer),
        when=_clauses(graph, iri, MTG.when),
        unless=_clauses(graph, iri, MTG.unless),
    )


def _clauses(graph: Graph, iri: URIRef, predicate: URIRef) -> tuple[Clause, ...]:
    return tuple(c for each in conditions(graph, iri, predicate) for c in each.clauses)
