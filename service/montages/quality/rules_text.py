"""The rules one by one for the terminal: a list of them, or one as of a day with its history."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rdflib import URIRef
from rich.console import Group, RenderableType

from montages.assessment.words.sentences import accepted_text
from montages.assessment.words.wording import lower
from montages.knowledge.buckets import spaced
from montages.knowledge.labels import name_of
from montages.knowledge.model import (
    FOREVER,
    Clause,
    Condition,
    Requirement,
    Span,
)
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.knowledge.verdict_gates import unknown_threshold
from montages.publish.text import assessment_rows, checklist, tables
from montages.publish.text.messages import phrase
from montages.publish.text.source_reading import read_lines, reviewers_text
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, day
from montages.quality.checks.counted_descriptions import closed_by, description_text
from montages.quality.rules_index import Rule


def rules_listing(rules: Iterable[Rule], on: date, lang: str) -> RenderableType:
    """Return rules under what they are stated for, with their strength and their clauses."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.of.label[lang], []).append(rule)
    parts: list[RenderableType] = []
    for name, group in groups.items():
        parts.append(Line(name, style="bold"))
        table = tables.grid(None, 2, 1)
        for rule in group:
            version = rule.on(on) or rule.latest
            sources = ", ".join(s.label[lang] for s in version.sources)
            strength = phrase(f"is-{version.strength}", lang)
            table.add_row(
                Line(strength, "red" if version.hard else "dim"),
                Group(Line(version.label[lang]), Line(rule.slug, style="dim")),
                Line(sources, "cyan"),
            )
        parts += [indent(table), Line()]
    return Group(*parts)


def rule_in_full(rule: Rule, on: date, lang: str) -> RenderableType:
    """Return a rule as it is on a day, then its history: what it was or will be, other amounts."""
    version = rule.on(on)
    shown = version or rule.latest
    parts: list[RenderableType] = [
        Line(shown.label[lang], style="bold"),
        Line(f"{rule.slug} · {rule.of.label[lang]}", style="dim"),
        Line(str(rule.latest.iri), style=link(str(rule.latest.iri), "dim")),
        Line(),
    ]
    if version is None:
        absent = f"{rule.of.label[lang]}{colon(lang)} {phrase('not-in-force-on', lang)}"
        parts.append(Line(f"{absent} {day(on, lang)}", style="yellow"))
    else:
        parts.append(_version(version, on, lang))
        if version.hard or version.closes_if:
            parts += _closed_alone(version, on, lang)
    history = _history(rule, version, lang)
    if history:
        parts += [Line(), Line(phrase("history", lang), style="bold"), *history]
    return Group(*parts)


def _closed_alone(gate: Requirement, on: date, lang: str) -> list[RenderableType]:
    """Return the shortest description that a gate closes by itself."""
    rules = rules_at(on)
    if unknown_threshold(gate, rules) is not None:
        return []  # it waits for an amount, and closes nothing yet
    stated = closed_by(gate, rules)
    if stated is None:
        return [indent(Line(phrase("closes-never-alone", lang), style="dim"))]
    said = description_text(stated, rules)[lang]
    return [indent(Line(f"{phrase('closes-alone', lang)}{colon(lang)} {said}"))]


def _version(version: Requirement, on: date, lang: str) -> RenderableType:
    """Return a version in full, its thresholds as of a day."""
    title = Line(_span(version.span, lang), style="bold")
    if version.span.holds(on):
        title.append(f"  {phrase('in-force', lang)}", style="not bold green")
    rules = rules_at(on)
    strength = phrase(f"is-{version.strength}", lang)
    asks = f"{strength}{colon(lang)} {_clauses([version.own], rules, lang)}"
    lines: list[RenderableType] = [Line(asks), *_conditions("when", version.when, rules, lang)]
    lines += _conditions("unless", version.unless, rules, lang)
    bounds = [bound for clause in version.clauses() for bound in clause.bounds]
    if any(isinstance(bound.limit, URIRef) for bound in bounds):
        lines.append(Line(f"({phrase('value-on', lang)} {day(on, lang)})", style="dim"))
    lines.append(Line(version.reading[lang], style="dim"))
    for source in version.sources:
        lines.append(Line(checklist.cited(source, lang), style=link(source.url)))
        lines += [indent(Line(text, style="dim")) for text in read_lines(source, lang)]
    lines.append(Line(reviewers_text(version, lang), style="dim"))
    return Group(title, indent(lines))


def _history(rule: Rule, current: Requirement | None, lang: str) -> list[RenderableType]:
    """Return the other versions of a rule, and every amount of the thresholds it reads."""
    others = [v for v in rule.versions if v is not current]
    parts: list[RenderableType] = [indent(_version(v, v.span.first, lang)) for v in others]
    for threshold in rule.thresholds():
        lines = [
            Line(f"{_span(value.span, lang)}{colon(lang)} {spaced(value.amount, lang)} €")
            for value in rulebook().thresholds.get(threshold, ())
        ]
        parts.append(indent([Line(name_of(threshold)[lang], style="dim"), indent(lines)]))
    return parts


def _span(span: Span, lang: str) -> str:
    until = f" {phrase('until', lang)} {day(span.last, lang)}" if span.last != FOREVER else ""
    return f"{phrase('since', lang)} {day(span.first, lang)}{until}"


def _clauses(clauses: Iterable[Clause], rules: Rules, lang: str) -> str:
    conditions = []
    for clause in clauses:
        criterion = assessment_rows.criterion(clause.criterion)
        conditions.append(f"{lower(criterion.label[lang])} = {accepted_text(clause, rules)[lang]}")
    return f" {phrase('and', lang)} ".join(conditions)


def _conditions(key: str, conditions: Sequence[Condition], rules: Rules, lang: str) -> list[Line]:
    return [Line(f"{phrase(key, lang)} {_clauses(c.clauses, rules, lang)}") for c in conditions]
