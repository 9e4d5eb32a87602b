"""The dated statements of the law, read off the graph: requirements, presumptions, notes on questions."""

from __future__ import annotations

from typing import Any

from rdflib import Graph, URIRef

from montages.bilingual import NO_TEXT
from montages.knowledge.graphs import (
    clause,
    clauses,
    conditions,
    first_slug,
    label,
    need,
    one,
    passages,
    slugs,
    span,
    text,
)
from montages.knowledge.law import Duty, Gate, Preference, Requirement
from montages.knowledge.model import Bearing, Presumption, QuestionNote
from montages.names import MTG, kebab, slug

_BASES = {MTG.ByLaw: "law", MTG.ByPractice: "practice", MTG.InDoubt: "doubt"}


def _statement(graph: Graph, iri: URIRef) -> dict[str, Any]:
    """Return what each dated statement of the law has: how sure, its words, its sources, its days."""
    return {
        "certainty": slug(one(graph, iri, MTG.certainty, MTG.Verified)),
        "label": label(graph, iri),
        "reading": text(graph, iri, MTG.reading),
        "sources": passages(graph, iri),
        "span": span(graph, iri),
    }


def requirement(graph: Graph, iri: URIRef) -> Requirement:
    """Return the version of a requirement that a graph states."""
    stable = need(graph, iri, MTG.versionOf)
    common: dict[str, Any] = {
        "slug": slug(stable),
        "iri": stable,
        "version": iri,
        "arrangement": slug(need(graph, iri, MTG.requirementOf)),
        "own": clause(graph, iri),
        "when": conditions(graph, iri, MTG.when),
        "unless": conditions(graph, iri, MTG.unless),
        "basis": slug(need(graph, iri, MTG.requirementBasis)),
        **_statement(graph, iri),
    }
    return _KINDS[need(graph, iri, MTG.strength)](graph, iri, common)


def _gate(graph: Graph, iri: URIRef, common: dict[str, Any]) -> Gate:
    return Gate(**common, splits_into=first_slug(graph, iri, MTG.splitsInto))


def _preference(graph: Graph, iri: URIRef, common: dict[str, Any]) -> Preference:
    return Preference(
        **common,
        weight=one(graph, iri, MTG.preferenceWeight, 0),
        folds=bool(one(graph, iri, MTG.folds, False)),
        folds_unstated=bool(one(graph, iri, MTG.foldsUnstated, False)),
    )


def _duty(graph: Graph, iri: URIRef, common: dict[str, Any]) -> Duty:
    moment = slug(need(graph, iri, MTG.dueAt))
    body = graph.value(iri, MTG.actingBody)
    return Duty(
        **common,
        sentence=text(graph, iri, MTG.inSentence),
        due_at=kebab(moment[0].lower() + moment[1:]),
        body=slug(str(body)) if body is not None else None,
        body_name=label(graph, body) if body is not None else NO_TEXT,
        days=one(graph, iri, MTG.minimumDays),
        order=one(graph, iri, MTG.displayOrder, 0),
        model_wording=text(graph, iri, MTG.modelWording),
        model_title=text(graph, iri, MTG.modelTitle),
        closes_if=conditions(graph, iri, MTG.closesIf),
    )


_KINDS = {MTG.Hard: _gate, MTG.Soft: _preference, MTG.Duty: _duty}


def presumption(graph: Graph, iri: URIRef) -> Presumption:
    """Return the presumption that a graph states."""
    return Presumption(
        **_about_criterion(graph, iri),
        value=slug(need(graph, iri, MTG.presumes)),
        basis=_BASES[need(graph, iri, MTG.presumptionBasis)],
    )


def question_note(graph: Graph, iri: URIRef) -> QuestionNote:
    """Return the note on a question that a graph states."""
    return QuestionNote(**_about_criterion(graph, iri))


def _about_criterion(graph: Graph, iri: URIRef) -> dict[str, Any]:
    return {
        "slug": slug(iri),
        "iri": iri,
        "criterion": slug(need(graph, iri, MTG.aboutCriterion)),
        "bearing": Bearing(
            holders=slugs(graph, iri, MTG.forHolder),
            usages=slugs(graph, iri, MTG.forUsage),
            layers=slugs(graph, iri, MTG.forLayer),
            when=clauses(graph, iri, MTG.when),
            unless=clauses(graph, iri, MTG.unless),
        ),
        **_statement(graph, iri),
    }
