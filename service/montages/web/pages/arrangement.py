"""The page of a contract type, and of what goes around a contract: a checklist people can follow."""

from __future__ import annotations

from typing import Any

from rdflib import RDF, SKOS, URIRef

from montages.knowledge.rulebook import rulebook
from montages.names import MTG, iris, slug
from montages.web.pages.frame import Frame
from montages.web.pages.rule_words import Asked, asked, cited, point


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of an arrangement shows."""
    name, rules, graph = slug(iri), frame.rules, frame.graph
    found = rulebook().arrangements[name]
    lineage = rules.lineage(name)
    ordered = sorted(rules.effective(name), key=lambda r: rules.criteria[r.own.criterion].order)
    effective = [asked(r, frame, rules) for r in ordered]
    ref = URIRef(iri)
    return {
        "arrangement": found,
        "in_force": found.span.holds(frame.site.dataset.day),
        "hard": _by_origin([a for a in effective if a.requirement.hard], lineage, frame),
        "soft": [a for a in effective if not a.requirement.hard],
        "points": [
            point(a, frame)
            for a in rulebook().attentions
            if set(a.of) & set(lineage) and a.span.holds(frame.site.dataset.day)
        ],
        "basis": cited(found.basis, frame),
        "parents": frame.links(graph.objects(ref, MTG.specialises)),
        "children": frame.links(graph.subjects(MTG.specialises, ref)),
        "axis": frame.links(graph.objects(ref, MTG.axis)),
        "applies_to": frame.links(graph.objects(ref, MTG.appliesTo)),
        "procedures": frame.links(graph.subjects(MTG.appliesTo, ref)),
        "also": sorted(
            str(text)
            for text in graph.objects(ref, SKOS.altLabel)
            if getattr(text, "language", None) == frame.lang
        ),
        "cells": _cells(ref, frame),
        "projects": _projects(ref, frame),
    }


def _by_origin(
    found: list[Asked], lineage: tuple[str, ...], frame: Frame
) -> list[tuple[Any, list[Asked]]]:
    """Return requirements under the arrangement that states them, its own first."""
    groups = {name: [a for a in found if a.requirement.of == name] for name in lineage}
    arrangements = rulebook().arrangements
    return [(frame.link(arrangements[name].iri), group) for name, group in groups.items() if group]


def _cells(ref: URIRef, frame: Frame) -> list[tuple[str, Any, str]]:
    """Return what the sheet says of a contract, row by row."""
    graph = frame.graph
    cells = [
        (frame.rank(cell), cell)
        for cell in iris(graph.subjects(MTG.refersTo, ref))
        if str(graph.value(cell, MTG.elementKind)) == "cell"
    ]
    return [
        (
            frame.labels.said(cell, MTG.row, frame.lang),
            frame.link(cell),
            frame.labels.said(cell, MTG.statement, frame.lang),
        )
        for _, cell in sorted(cells)
    ]


def _projects(ref: URIRef, frame: Frame) -> list[Any]:
    graph = frame.graph
    retained = {
        str(s).partition("#")[0]
        for p in (MTG.retains, MTG.retainedProcedure, MTG.retainedChannel)
        for s in graph.subjects(p, ref)
    }
    return frame.links(s for s in retained if (URIRef(s), RDF.type, MTG.Project) in graph)
