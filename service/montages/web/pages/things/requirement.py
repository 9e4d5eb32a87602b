"""Rules in plain words: checklist lines, and the pages of requirements, thresholds and attention points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from rdflib import URIRef

from montages.assessment.words.sentences import accepted_text
from montages.knowledge.buckets import spaced
from montages.knowledge.model import (
    FOREVER,
    Attention,
    Bound,
    Clause,
    Condition,
    Passage,
    Requirement,
)
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, PREFIXES, REQUIREMENT, iris
from montages.publish.text import checklist
from montages.publish.text.messages import phrase
from montages.publish.text.source_reading import read_lines, reviewers_text
from montages.publish.text.typography import lower, quoted
from montages.quality.rules_index import rule
from montages.web.pages.page_context import Link, PageContext

_BOUNDS = (MTG.atMost, MTG.below, MTG.atLeast, MTG.above)
_UNITS = {"EUR": "€"}


@dataclass(frozen=True)
class SourceLink:
    """A source: our page about it, where to read it, officially or in a copy, and what was read of it."""

    link: Link
    url: str | None
    official: bool
    read: tuple[str, ...]


@dataclass(frozen=True)
class RequirementLine:
    """One requirement as a line of a checklist."""

    requirement: Requirement
    link: Link
    criterion: Link
    question: str
    accepted: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    closes_if: tuple[str, ...]
    reading: str
    sources: tuple[SourceLink, ...]


def requirement_line(
    requirement: Requirement, context: PageContext, rules: Rules | None = None
) -> RequirementLine:
    """Return a version of a requirement in words, its thresholds as the rules of a day know them."""
    rules = rules or _rules_of(requirement, context)
    lang = context.lang
    criterion = rules.criteria[requirement.own.criterion]
    return RequirementLine(
        requirement,
        Link(requirement.label[lang], context.page_of(str(requirement.iri))),
        context.link(criterion.iri),
        criterion.question[lang],
        accepted_text(requirement.own, rules)[lang].strip(),
        tuple(condition_text(c, rules, lang) for c in requirement.when),
        tuple(condition_text(c, rules, lang) for c in requirement.unless),
        tuple(condition_text(c, rules, lang) for c in requirement.closes_if),
        requirement.reading[lang],
        source_links(requirement.sources, context),
    )


def _rules_of(requirement: Requirement, context: PageContext) -> Rules:
    holds = requirement.span.holds(context.day)
    return context.rules if holds else rules_at(requirement.span.first)


def condition_text(condition: Condition, rules: Rules, lang: str) -> str:
    """Return a condition in words: `le risque d'exploitation est « Réel »`."""
    return f" {phrase('and', lang)} ".join(clause_text(c, rules, lang) for c in condition.clauses)


def clause_text(clause: Clause, rules: Rules, lang: str) -> str:
    """Return a clause in words: the name of its criterion, then what it accepts."""
    name = lower(rules.criteria[clause.criterion].label[lang])
    return f"{name}{' :' if lang == 'fr' else ':'} {accepted_text(clause, rules)[lang].strip()}"


def source_links(passages: Iterable[Passage], context: PageContext) -> tuple[SourceLink, ...]:
    """Return sources with the page we have of each and the address where it can be read."""
    return tuple(
        SourceLink(
            Link(_name(p, context.lang), context.page_of(str(p.iri))),
            p.url,
            bool(p.official),
            read_lines(p, context.lang),
        )
        for p in passages
    )


def _name(passage: Passage, lang: str) -> str:
    """Return the name of a source; that of a cell of the sheet, which names no document, says so."""
    if not passage.iri.startswith(str(PREFIXES["sheet"])):
        return checklist.cited(passage, lang)
    cell = quoted(passage.label[lang], lang)
    return f"fiche InfraNum, {cell}" if lang == "fr" else f"InfraNum sheet, {cell}"


@dataclass(frozen=True)
class Point:
    """One point of attention."""

    link: Link
    text: str
    when: tuple[str, ...]
    sources: tuple[SourceLink, ...]


def point(attention: Attention, context: PageContext) -> Point:
    """Return a point of attention in words."""
    return Point(
        Link(attention.label[context.lang], context.page_of(str(attention.iri))),
        attention.text[context.lang],
        tuple(condition_text(c, context.rules, context.lang) for c in attention.when),
        source_links(attention.sources, context),
    )


def requirement_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a requirement, or of one of its versions, shows."""
    name, _, version = iri.removeprefix(str(REQUIREMENT)).partition("/")
    entry = rule(name)
    versions = [v for v in reversed(entry.versions) if not version or str(v.version) == iri]
    versions.sort(key=lambda v: not v.span.holds(context.day))
    return {
        "day": context.day,
        "today": context.day == context.state.dataset.day,
        "thresholds": [
            (context.link(threshold), _values(threshold, context))
            for threshold in entry.thresholds()
        ],
        "rule": entry,
        "of": context.link(entry.of.iri),
        "whole": context.link(entry.latest.iri) if version else None,
        "versions": [
            {
                "line": requirement_line(v, context),
                "first": v.span.first,
                "last": None if v.span.last == FOREVER else v.span.last,
                "in_force": v.span.holds(context.day),
                "link": context.link(v.version),
                "reviewed": reviewers_text(v, context.lang),
            }
            for v in versions
        ],
    }


def attention_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a point of attention shows."""
    attention = next((a for a in rulebook().attentions if str(a.iri) == iri), None)
    return {
        "text": context.labels.text(iri, MTG.attentionText, context.lang),
        "of": context.links(context.graph.objects(URIRef(iri), MTG.attentionPointOf)),
        "point": point(attention, context) if attention else None,
    }


def threshold_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a threshold shows."""
    graph, ref = context.graph, URIRef(iri)
    unit = str(graph.value(ref, MTG.unitOfMeasure) or "")
    readers = {
        URIRef(str(graph.value(v, MTG.versionOf) or v))
        for p in _BOUNDS
        for v in iris(graph.subjects(p, ref))
    }
    values = _values(ref, context)
    return {
        "day": context.day,
        "value": next((value for value in values if value["now"]), None),
        "values": values,
        "unit": _UNITS.get(unit, unit),
        "readers": context.links(readers),
    }


def amount_text(threshold: URIRef, context: PageContext) -> str:
    """Return what a threshold is worth on the day of the page, or that it is not known."""
    amount = context.rules.limit(Bound("below", threshold))
    if amount is None:
        return str(_("montant inconnu ce jour-là"))
    unit = str(context.graph.value(threshold, MTG.unitOfMeasure) or "")
    return f"{spaced(amount, context.lang)} {_UNITS.get(unit, unit)}"


def _values(ref: URIRef, context: PageContext) -> list[dict[str, Any]]:
    """Return the amounts of a threshold, latest first, with which one is that of the day."""
    graph, day = context.graph, context.day
    values = []
    for node in graph.objects(ref, MTG.thresholdValue):
        first = graph.value(node, MTG.validFrom)
        last = graph.value(node, MTG.validThrough)
        first, last = (x.toPython() if x is not None else None for x in (first, last))  # type: ignore[attr-defined]
        amount = graph.value(node, MTG.amount)
        values.append(
            {
                "first": first,
                "last": last,
                "now": (first is None or first <= day) and (last is None or day <= last),
                "amount": spaced(Decimal(str(amount)), context.lang) if amount is not None else "?",
                "reading": context.labels.text(node, MTG.reading, context.lang),
                "sources": context.links(graph.objects(node, MTG.source)),
                "certainty": context.links(graph.objects(node, MTG.certainty)),
            }
        )
    return sorted(values, key=lambda value: str(value["first"]), reverse=True)
