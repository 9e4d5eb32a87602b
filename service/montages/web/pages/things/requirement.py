"""Rules in plain words: the lines of checklists, and the page of a requirement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from montages.assessment.wording import accepted_text, lower
from montages.knowledge.law import FOREVER, Clause, Condition, Passage, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.names import PREFIXES, REQUIREMENT
from montages.publish.text import checklist
from montages.publish.text.messages import phrase
from montages.publish.text.source_reading import read_lines, reviewers_text
from montages.publish.text.typography import quoted
from montages.quality.rules_index import rule
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.threshold import threshold_amounts


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
            (context.link(threshold), threshold_amounts(threshold, context))
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
