"""The page of a contract type, and of what goes around a contract: a checklist people can follow.

Its points of attention are in plain words, and have pages of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rdflib import RDF, SKOS, URIRef

from montages.assessment.retained import RETAINING
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.logic import ProcedureVerdict, Verdict
from montages.knowledge.model import Arrangement, Attention
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import folding_preferences
from montages.names import MTG, iris, slug
from montages.publish.text.signs import DUE_WORDS
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.requirement import (
    RequirementLine,
    SourceLink,
    condition_text,
    requirement_line,
    source_links,
)


def arrangement_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of an arrangement shows."""
    name, rules, graph = slug(iri), context.rules, context.graph
    arrangement = rulebook().arrangements[name]
    lineage = rules.lineage(name)
    ordered = sorted(rules.effective(name), key=lambda r: rules.criteria[r.own.criterion].order)
    effective = [requirement_line(r, context, rules) for r in ordered]
    ref, folding = URIRef(iri), folding_preferences(name, rules)
    return {
        "arrangement": arrangement,
        "in_force": arrangement.span.holds(context.day),
        "hard": _by_origin([a for a in effective if a.requirement.hard], lineage, context),
        "duties": _by_moment([a for a in effective if a.requirement.duty], context),
        "soft": [a for a in effective if a.requirement.soft and a.requirement not in folding],
        "folds": [a for a in effective if a.requirement in folding],
        "verdicts": _verdicts(arrangement, context),
        "points": [
            attention_point(a, context)
            for a in rulebook().attentions
            if set(a.arrangements) & set(lineage) and a.span.holds(context.day)
        ],
        "basis": source_links(arrangement.basis, context),
        "parents": context.links(graph.objects(ref, MTG.specialises)),
        "children": context.links(graph.subjects(MTG.specialises, ref)),
        "axis": context.links(graph.objects(ref, MTG.axis)),
        "applies_to": context.links(graph.objects(ref, MTG.appliesTo)),
        "procedures": context.links(graph.subjects(MTG.appliesTo, ref)),
        "also": sorted(
            str(text)
            for text in graph.objects(ref, SKOS.altLabel)
            if getattr(text, "language", None) == context.lang
        ),
        "cells": _cells(ref, context),
        "projects": _projects(ref, context),
    }


def _by_origin(
    lines: list[RequirementLine], lineage: tuple[str, ...], context: PageContext
) -> list[tuple[Any, list[RequirementLine]]]:
    """Return requirements under the arrangement that states them, its own first."""
    groups = {name: [a for a in lines if a.requirement.arrangement == name] for name in lineage}
    arrangements = rulebook().arrangements
    return [
        (context.link(arrangements[name].iri), group) for name, group in groups.items() if group
    ]


def _by_moment(
    duties: list[RequirementLine], context: PageContext
) -> list[tuple[str, list[RequirementLine]]]:
    """Return duties under the moment they are due at."""
    groups = {
        words[context.lang]: [line for line in duties if _due_at(line.requirement) == moment]
        for moment, words in DUE_WORDS.items()
    }
    return [(title, lines) for title, lines in groups.items() if lines]


def _due_at(requirement: Requirement) -> str | None:
    return requirement.due_at if isinstance(requirement, Duty) else None


def _verdicts(arrangement: Arrangement, context: PageContext) -> list[Link]:
    """Return the words of the verdicts that an arrangement may get, each with its page and its definition."""
    words = ProcedureVerdict if arrangement.kind == "procedure" else Verdict
    return [context.link(word.iri) for word in words]


def _cells(ref: URIRef, context: PageContext) -> list[tuple[str, Any, str]]:
    """Return what the sheet says of a contract, row by row."""
    graph = context.graph
    cells = [
        (context.rank(cell), cell)
        for cell in iris(graph.subjects(MTG.refersTo, ref))
        if str(graph.value(cell, MTG.elementKind)) == "cell"
    ]
    return [
        (
            context.labels.text(cell, MTG.sheetRow, context.lang),
            context.link(cell),
            context.labels.text(cell, MTG.statement, context.lang),
        )
        for _, cell in sorted(cells)
    ]


def _projects(ref: URIRef, context: PageContext) -> list[Any]:
    graph = context.graph
    retained = {
        str(s).partition("#")[0] for p in RETAINING.values() for s in graph.subjects(p, ref)
    }
    return context.links(s for s in retained if (URIRef(s), RDF.type, MTG.Project) in graph)


@dataclass(frozen=True)
class AttentionPoint:
    """One point of attention."""

    link: Link
    text: str
    when: tuple[str, ...]
    sources: tuple[SourceLink, ...]


def attention_point(attention: Attention, context: PageContext) -> AttentionPoint:
    """Return a point of attention in words."""
    return AttentionPoint(
        Link(attention.label[context.lang], context.page_of(str(attention.iri))),
        attention.text[context.lang],
        tuple(condition_text(c, context.rules, context.lang) for c in attention.when),
        source_links(attention.sources, context),
    )


def attention_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a point of attention shows."""
    attention = next((a for a in rulebook().attentions if str(a.iri) == iri), None)
    return {
        "text": context.labels.text(iri, MTG.attentionText, context.lang),
        "of": context.links(context.graph.objects(URIRef(iri), MTG.attentionPointOf)),
        "point": attention_point(attention, context) if attention else None,
    }
