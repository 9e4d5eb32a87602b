"""A rule in plain words: what it asks, of which question, when, unless, and on what it rests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from montages.decision.wording import accepted_text
from montages.knowledge.model import Attention, Clause, Condition, Passage, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.names import PREFIXES
from montages.publish import checklist
from montages.publish.words import lower, quoted, say
from montages.web.pages.frame import Frame, Link


@dataclass(frozen=True)
class Cited:
    """A source: our page about it, where to read it, and how far it was verified."""

    link: Link
    url: str | None


@dataclass(frozen=True)
class Asked:
    """One requirement as a line of a checklist."""

    requirement: Requirement
    link: Link
    criterion: Link
    question: str
    accepted: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    reading: str
    sources: tuple[Cited, ...]


def asked(requirement: Requirement, frame: Frame, rules: Rules | None = None) -> Asked:
    """Return a version of a requirement in words, its thresholds as the rules of a day know them."""
    rules = rules or _rules_of(requirement, frame)
    lang = frame.lang
    criterion = rules.criteria[requirement.own.criterion]
    return Asked(
        requirement,
        Link(requirement.label[lang], frame.page_of(str(requirement.iri))),
        frame.link(criterion.iri),
        criterion.question[lang],
        accepted_text(requirement.own, rules)[lang].strip(),
        tuple(condition(c, rules, lang) for c in requirement.when),
        tuple(condition(c, rules, lang) for c in requirement.unless),
        requirement.reading[lang],
        cited(requirement.sources, frame),
    )


def _rules_of(requirement: Requirement, frame: Frame) -> Rules:
    holds = requirement.span.holds(frame.site.dataset.day)
    return frame.rules if holds else rules_at(requirement.span.first)


def condition(found: Condition, rules: Rules, lang: str) -> str:
    """Return a condition in words: `le risque d'exploitation est « Réel »`."""
    return f" {say('and', lang)} ".join(clause(c, rules, lang) for c in found.clauses)


def clause(found: Clause, rules: Rules, lang: str) -> str:
    """Return a clause in words: the name of its criterion, then what it accepts."""
    name = lower(rules.criteria[found.criterion].label[lang])
    return f"{name}{' :' if lang == 'fr' else ':'} {accepted_text(found, rules)[lang].strip()}"


def cited(passages: Iterable[Passage], frame: Frame) -> tuple[Cited, ...]:
    """Return sources with the page we have of each and the address where it can be read."""
    return tuple(
        Cited(Link(_name(p, frame.lang), frame.page_of(str(p.iri))), p.url) for p in passages
    )


def _name(passage: Passage, lang: str) -> str:
    """Return the name of a source; that of a cell of the sheet, which names no document, says so."""
    if not passage.iri.startswith(str(PREFIXES["sheet"])):
        return checklist.cited(passage, lang)
    said = quoted(passage.label[lang], lang)
    return f"fiche InfraNum, {said}" if lang == "fr" else f"InfraNum sheet, {said}"


@dataclass(frozen=True)
class Point:
    """One point of attention."""

    link: Link
    text: str
    when: tuple[str, ...]
    sources: tuple[Cited, ...]


def point(found: Attention, frame: Frame) -> Point:
    """Return a point of attention in words."""
    return Point(
        Link(found.label[frame.lang], frame.page_of(str(found.iri))),
        found.text[frame.lang],
        tuple(condition(c, frame.rules, frame.lang) for c in found.when),
        cited(found.sources, frame),
    )
