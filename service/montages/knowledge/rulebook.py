"""Read the rulebook from its graph into `knowledge.model` and `knowledge.law`."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rdflib import RDF, SKOS, Graph, URIRef

from montages.bilingual import NO_TEXT
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.graphs import (
    clause,
    clause_key,
    every,
    first_slug,
    label,
    need,
    one,
    slugs,
    span,
    text,
)  # fmt: skip
from montages.knowledge.law import Duty, Gate, Preference, Requirement
from montages.knowledge.model import (
    Arrangement,
    Attention,
    Bearing,
    Criterion,
    Dated,
    Definition,
    Incoherence,
    Presumption,
    Prohibition,
    Proviso,
    QuestionNote,
    Rulebook,
)  # fmt: skip
from montages.knowledge.thing_reading import closed_list, read_thing
from montages.names import ID, MTG, iris, kebab, slug

_THEMES, _QUALIFICATION = ID["scheme/theme"], ID["scheme/qualification"]
KINDS = {
    MTG.ContractType: "contract",
    MTG.Procedure: "procedure",
    MTG.Channel: "channel",
    MTG.Activity: "activity",
    MTG.Vehicle: "vehicle",
}
_BASES = {MTG.ByLaw: "law", MTG.ByPractice: "practice", MTG.InDoubt: "doubt"}


def _slug_of(graph: Graph, iri: URIRef, predicate: URIRef) -> str:
    return slug(need(graph, iri, predicate))


_OF_CRITERIA = {
    "help": MTG.questionHelp,
    "property": MTG.answerProperty,
    "multiple": MTG.multipleAnswers,
    "excluded_property": MTG.excludedAnswerProperty,
    "numeric_property": MTG.numericAnswerProperty,
    "unit": MTG.unitOfMeasure,
    "highest_of": MTG.highestAmountOf,
    "yearly_of": MTG.yearlyAmountOf,
    "usage": MTG.answeredWithoutUsage,
}


def _criterion(graph: Graph, iri: URIRef) -> Criterion:
    scheme = graph.value(iri, MTG.answerScheme)
    wordings = [
        (slug(str(graph.value(node, MTG.wordingOf) or "")), text(graph, node, MTG.inSentence))
        for node in graph.objects(iri, MTG.wording)
    ]
    return read_thing(
        Criterion,
        graph,
        iri,
        _OF_CRITERIA,
        answer_origin=_slug_of(graph, iri, MTG.answerOrigin),
        nature=_slug_of(graph, iri, MTG.answerNature).lower(),
        bands=tuple(
            (str(need(graph, band, MTG.bandName)), str(need(graph, band, MTG.bandNumber)))
            for band in graph.objects(iri, MTG.band)
        ),
        amount=slug(one(graph, iri, MTG.answerUnit, "")) == "euro",
        values=closed_list(graph, scheme) if scheme is not None else (),
        wordings=tuple(sorted(wordings, key=lambda pair: pair[0])),
        theme=first_slug(graph, iri, MTG.theme) or "",
    )


_OF_ARRANGEMENTS = {
    "definition": SKOS.definition,
    "parents": MTG.specialises,
    "basis": MTG.legalBasis,
    "simplicity": MTG.simplicityRank,
}


def _arrangement(graph: Graph, iri: URIRef, kind: str) -> Arrangement:
    least = one(graph, iri, MTG.monthsAtLeast)
    months = None if least is None else (float(least), float(need(graph, iri, MTG.monthsAtMost)))
    return read_thing(Arrangement, graph, iri, _OF_ARRANGEMENTS, kind=kind, months=months)


def _definition(graph: Graph, iri: URIRef) -> Definition:
    return read_thing(
        Definition,
        graph,
        iri,
        {"also": MTG.alsoDefinedAs, "because": MTG.definitionReason},
        defines=_slug_of(graph, iri, MTG.defines),
        basis=_slug_of(graph, iri, MTG.requirementBasis),
    )


def _attention(graph: Graph, iri: URIRef) -> Attention:
    return read_thing(
        Attention,
        graph,
        iri,
        {"arrangements": MTG.attentionPointOf, "text": MTG.attentionText},
        bearing=Bearing(
            usages=slugs(graph, iri, MTG.forUsage), layers=slugs(graph, iri, MTG.forLayer)
        ),
    )


def _incoherence(graph: Graph, iri: URIRef) -> Incoherence:
    one, other = sorted(
        (clause(graph, n) for n in graph.objects(iri, MTG.betweenAnswers)), key=clause_key
    )
    return read_thing(Incoherence, graph, iri, between=(one, other))


def _prohibition(graph: Graph, iri: URIRef) -> Prohibition:
    return read_thing(Prohibition, graph, iri)


def _proviso(graph: Graph, iri: URIRef) -> Proviso:
    contracts = frozenset(slugs(graph, iri, MTG.appliesTo))
    return read_thing(Proviso, graph, iri, {"criteria": MTG.provisoOn}, contracts=contracts)


_OF_DUTIES = {"sentence": MTG.inSentence, "body": MTG.actingBody, "days": MTG.minimumDays}


def _requirement(graph: Graph, iri: URIRef) -> Requirement:
    """Return the version of a requirement that a graph states."""
    stable = need(graph, iri, MTG.versionOf)
    common: dict[str, Any] = {
        "slug": slug(stable),
        "iri": stable,
        "version": iri,
        "arrangement": _slug_of(graph, iri, MTG.requirementOf),
        "own": clause(graph, iri),
        "basis": _slug_of(graph, iri, MTG.requirementBasis),
    }
    strength = need(graph, iri, MTG.strength)
    if strength == MTG.Hard:
        return read_thing(Gate, graph, iri, **common)
    if strength == MTG.Soft:
        return read_thing(Preference, graph, iri, {"weight": MTG.preferenceWeight}, **common)
    moment, body = _slug_of(graph, iri, MTG.dueAt), graph.value(iri, MTG.actingBody)
    due_at = kebab(moment[0].lower() + moment[1:])
    body_name = label(graph, body) if body is not None else NO_TEXT
    return read_thing(Duty, graph, iri, _OF_DUTIES, due_at=due_at, body_name=body_name, **common)


def _presumption(graph: Graph, iri: URIRef) -> Presumption:
    return read_thing(
        Presumption,
        graph,
        iri,
        **_about_criterion(graph, iri),
        value=_slug_of(graph, iri, MTG.presumes),
        basis=_BASES[need(graph, iri, MTG.presumptionBasis)],
    )


def _question_note(graph: Graph, iri: URIRef) -> QuestionNote:
    return read_thing(QuestionNote, graph, iri, **_about_criterion(graph, iri))


def _about_criterion(graph: Graph, iri: URIRef) -> dict[str, Any]:
    bearing = {"holders": MTG.forHolder, "usages": MTG.forUsage, "layers": MTG.forLayer}
    return {
        "criterion": _slug_of(graph, iri, MTG.aboutCriterion),
        "bearing": read_thing(Bearing, graph, iri, bearing),
    }


def from_graph(graph: Graph) -> Rulebook:
    """Return the rulebook a graph describes; raises BrokenKnowledge where a needed statement is missing."""
    criteria = sorted(every(graph, MTG.Criterion, _criterion), key=lambda c: (c.order, c.slug))
    arrangements = [
        _arrangement(graph, iri, kind)
        for kind_iri, kind in KINDS.items()
        for iri in iris(graph.subjects(RDF.type, kind_iri))
    ]
    thresholds = {
        iri: tuple(
            Dated(Decimal(str(need(graph, node, MTG.thresholdAmount))), span(graph, node))
            for node in sorted(
                graph.objects(iri, MTG.thresholdValue), key=lambda n: span(graph, n).first
            )
        )
        for iri in graph.subjects(RDF.type, MTG.Threshold)
        if isinstance(iri, URIRef)
    }
    return Rulebook(
        criteria={c.slug: c for c in criteria},
        arrangements={
            a.slug: a
            for a in sorted(
                arrangements, key=lambda a: (list(KINDS.values()).index(a.kind), a.order, a.slug)
            )
        },
        requirements=tuple(
            sorted(
                every(graph, MTG.RequirementVersion, _requirement),
                key=lambda r: (r.slug, r.span.first),
            )
        ),
        attentions=tuple(every(graph, MTG.AttentionPoint, _attention)),
        thresholds=thresholds,
        incoherences=tuple(every(graph, MTG.Incoherence, _incoherence)),
        prohibitions=tuple(every(graph, MTG.Prohibition, _prohibition)),
        provisos=tuple(sorted(every(graph, MTG.Proviso, _proviso), key=lambda one: one.order)),
        presumptions=tuple(every(graph, MTG.Presumption, _presumption)),
        question_notes=tuple(every(graph, MTG.QuestionNote, _question_note)),
        themes={theme.slug: theme for theme in closed_list(graph, _THEMES)},
        definitions=tuple(every(graph, MTG.ContractDefinition, _definition)),
        qualification={step.slug: step for step in closed_list(graph, _QUALIFICATION)},
    )


@disk_cache
def rulebook() -> Rulebook:
    """Return the rulebook of the shipped data, read once for all runs."""
    return from_graph(library.data())
