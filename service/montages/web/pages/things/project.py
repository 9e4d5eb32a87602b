"""The pages of published projects: real ones, and the cases of the panel; where they open in the tool.

A real one: who, what, with which contract, where each fact comes from, and what is said of it today. A case:
its facts, what is expected of it, why, and who could contest it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from rdflib import DCTERMS, RDF, RDFS, URIRef
from rdflib.term import Node

from montages.advice.similar.precedents import precedent
from montages.assessment.retained import RETAINING
from montages.description.description import Description
from montages.knowledge.files import library
from montages.knowledge.panel import panel
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.publish.text import assessment_rows
from montages.publish.text.reasons import reasons
from montages.publish.text.signs import RETAINED_TITLES, VERDICT_SIGNS, Sign
from montages.store.panel_graph import case_in_words, expectations
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.render_term import Fact, RenderedTerm, render_term
from montages.web.pages.things.requirement import SourceLink, source_links

_PARTS = (MTG.hasPerimeter, MTG.hasLayerUse)
_STATES = (MTG.signedOn, MTG.contractState, MTG.contractStateOn)


@dataclass(frozen=True)
class Part:
    """The project itself, a perimeter or a layer use: its texts, its answers, what it retains by title."""

    id: str
    name: str
    description: str
    layer: list[Link]
    perimeter: list[Link]
    retained: list[tuple[str, list[Link]]]
    state: list[Fact]
    operators: list[str]
    answers: list[Fact]


@dataclass(frozen=True)
class Judgement:
    """What is said today of a contract, a procedure, a channel or a vehicle that was retained."""

    retained: Link
    part: str
    sign: Sign
    verdict: Link
    reasons: tuple[tuple[str, tuple[SourceLink, ...]], ...]


@dataclass(frozen=True)
class Today:
    """What an assessment under today's law says of a project: a sentence, and what it retained."""

    sentence: str
    judgements: tuple[Judgement, ...]


def project_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a project shows."""
    named = library.projects().get(slug(iri))
    return {
        **description_values(iri, context),
        "tool": tool_link(iri, context),
        "example": slug(iri) if named is not None else "",
        "today": assessed_today(context.state.knowledge.read(named), context) if named else None,
    }


def description_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what a page shows of the description of a project, which the graph of the page holds."""
    graph, ref = context.graph, URIRef(iri)
    parts = {p: [_part(n, context) for n in graph.objects(ref, p)] for p in _PARTS}
    return {
        "whole": _part(ref, context),
        "holders": [_actor(h, context) for h in iris(graph.objects(ref, MTG.holder))],
        "usages": context.links(graph.objects(ref, MTG.usage)),
        "quality": context.labels.text(iri, MTG.quality, context.lang),
        "perimeters": sorted(parts[MTG.hasPerimeter], key=lambda p: p.id),
        "uses": sorted(parts[MTG.hasLayerUse], key=lambda p: p.id),
        "citations": _citations(iri, context),
    }


def assessed_today(description: Description, context: PageContext) -> Today:
    """Return what an assessment under today's law says of a project, and of what it retained."""
    knowledge, lang = context.state.knowledge, context.lang
    day = context.state.dataset.day
    assessment = knowledge.assess(description, as_of=day, lang=lang, anyway=True)
    judgements = []
    for retained in assessment.retained:
        result = assessment_rows.retained_verdict(assessment, retained)
        why = reasons(assessment, result, lang) if result else ()
        judgements.append(
            Judgement(
                context.link(retained.iri),
                assessment_rows.retained_part(assessment, retained, lang),
                VERDICT_SIGNS[retained.verdict.value],
                context.link(retained.verdict.iri),
                tuple((reason.text, source_links(reason.sources, context)) for reason in why),
            )
        )
    return Today(assessment.answer.sentence[lang], tuple(judgements))


def _actor(node: Node, context: PageContext) -> tuple[str, str, list[Link]]:
    graph = context.graph
    kinds = context.links(o for o in graph.objects(node, RDF.type))
    return str(node).partition("#")[2], context.labels.name(str(node), context.lang), kinds


def _part(node: Node, context: PageContext) -> Part:
    graph = context.graph
    retained = [
        (title[context.lang], context.links(graph.objects(node, RETAINING[kind])))
        for kind, title in RETAINED_TITLES.items()
    ]
    iri, layers = str(node), context.links(graph.objects(node, MTG.layer))
    named = context.labels.is_named(iri) or not layers
    return Part(
        iri.partition("#")[2],
        context.labels.name(iri, context.lang) if named else layers[0].text,
        context.labels.text(iri, DCTERMS.description, context.lang),
        layers,
        context.links(graph.objects(node, MTG.perimeter)),
        [(title, links) for title, links in retained if links],
        _state(node, context),
        sorted(
            str(graph.value(o, RDFS.label) or context.labels.name(str(o), context.lang))
            for o in graph.objects(node, MTG.operator)
        ),
        _answers(node, context),
    )


def _state(node: Node, context: PageContext) -> list[Fact]:
    """Return where the contract of a part stands, with the dates."""
    facts = []
    for prop in _STATES:
        values = [render_term(o, context.graph, context) for o in context.graph.objects(node, prop)]
        if values:
            facts.append(Fact(context.link(prop), tuple(values)))
    return facts


def _answers(node: Node, context: PageContext) -> list[Fact]:
    """Return the answers that a description gives itself, question by question."""
    graph, facts = context.graph, []
    for criterion in rulebook().criteria.values():
        nodes = graph.objects(node, criterion.property)
        values = sorted(
            (render_term(o, graph, context) for o in nodes), key=lambda value: value.key
        )
        if criterion.numeric_property is not None:
            numbers = graph.objects(node, criterion.numeric_property)
            unit = criterion.unit[context.lang]
            values += [
                RenderedTerm(text=f"{render_term(n, graph, context).text} {unit}") for n in numbers
            ]
        if values:
            link = Link(criterion.label[context.lang], context.page_of(str(criterion.iri)))
            facts.append(Fact(link, tuple(values)))
    return facts


def _citations(iri: str, context: PageContext) -> list[tuple[Link, list[tuple[str, list[str]]]]]:
    """Return the documents cited, and what each says of the project, place by place."""
    graph = context.graph
    by_document: dict[Node, list[tuple[str, list[str]]]] = {}
    mine = [s for s in graph.subjects(MTG.citation) if str(s).partition("#")[0] == iri]
    for subject in dict.fromkeys(iris(mine)):
        for citation in graph.objects(subject, MTG.citation):
            stated = sorted(
                {
                    context.labels.name(str(s), context.lang)
                    for s in graph.objects(citation, MTG.states)
                }
            )
            place = context.labels.text(citation, MTG.locator, context.lang)
            for document in graph.objects(citation, MTG.source):
                by_document.setdefault(document, []).append((place, stated))
    pairs = [(context.link(d), sorted(statements)) for d, statements in by_document.items()]
    return sorted(pairs, key=lambda pair: pair[0].key)


@dataclass(frozen=True)
class ExpectedGroup:
    """What is expected in the same way: of which things, and through which criteria for each."""

    title: str
    things: tuple[tuple[Link, tuple[Link, ...]], ...]


def panel_case_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a case of the panel shows."""
    case = next(case for case in panel() if case.slug == slug(iri))
    groups: dict[str, list[tuple[Link, tuple[Link, ...]]]] = {}
    for word, thing, criteria in expectations(case):
        through = context.links(rulebook().criteria[c].iri for c in criteria)
        groups.setdefault(_expectation_words()[word], []).append(
            (context.link(thing), tuple(through))
        )
    return {
        "tool": tool_link(iri, context),
        "facts_in_words": case_in_words(case)[context.lang],
        "day": case.as_of,
        "expected": [ExpectedGroup(title, tuple(things)) for title, things in groups.items()],
        "reason": case.reason[context.lang],
        "sources": context.links(source.iri for source in case.sources),
        "contested_by": case.contested_by[context.lang],
    }


def _expectation_words() -> dict[str, str]:
    return {
        "first": _("En premier"),
        "not-first": _("Pas en premier"),
        "nearest": _("Le plus proche"),
        "parts": _("Pour une partie du projet"),
        "fits": _("Convient, sans ou avec conditions"),
        "open": _("Reste ouvert"),
        "folded": _("Possible en droit, peu adapté"),
        "to-verify": _("À vérifier d'abord"),
        "closed-by-choice": _("Fermé par un choix"),
        "reopens-by": _("Se rouvre en changeant"),
        "closed": _("Fermé"),
        "procedure-sufficient": _("Procédure qui suffit"),
        "procedure-allowed": _("Procédure permise"),
        "procedure-to-verify": _("Procédure à vérifier"),
        "procedure-closed": _("Procédure fermée"),
        "without-procedure": _("Sans procédure de passation"),
        "due": _("Obligations"),
        "not-due": _("Sans obligation"),
    }


def tool_link(iri: str, context: PageContext) -> str:
    """Return where a published project opens in the tool, the empty text for what is none."""
    project = precedent(iri)
    if project is None:
        return ""
    path, _, lang = context.href("/projet").partition("?")
    return "&".join(filter(None, (f"{path}?{project.query}", "view=result", lang)))
