"""The rules one by one for the terminal: a list of them, or one with all its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rich.console import Group, RenderableType

from montages.assessment.words.sentences import accepted_text
from montages.knowledge.model import FOREVER, Clause, Condition, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.publish.text import assessment_rows, checklist, tables
from montages.publish.text.messages import phrase
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, day, lower
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
    """Return a rule with each of its versions in full."""
    parts: list[RenderableType] = [
        Line(rule.latest.label[lang], style="bold"),
        Line(f"{rule.slug} · {rule.of.label[lang]}", style="dim"),
        Line(str(rule.latest.iri), style=link(str(rule.latest.iri), "dim")),
    ]
    for version in rule.versions:
        parts += [Line(), _version(version, on, lang)]
    return Group(*parts)


def _version(version: Requirement, on: date, lang: str) -> RenderableType:
    last = version.span.last
    until = f" {phrase('until', lang)} {day(last, lang)}" if last != FOREVER else ""
    title = Line(f"{phrase('since', lang)} {day(version.span.first, lang)}{until}", style="bold")
    if version.span.holds(on):
        title.append(f"  {phrase('in-force', lang)}", style="not bold green")
    rules = rules_at(version.span.first)
    strength = phrase(f"is-{version.strength}", lang)
    asks = f"{strength}{colon(lang)} {_clauses([version.own], rules, lang)}"
    lines = [Line(asks), *_conditions("when", version.when, rules, lang)]
    lines += [
        *_conditions("unless", version.unless, rules, lang),
        Line(version.reading[lang], style="dim"),
    ]
    for source in version.sources:
        lines.append(Line(checklist.cited(source, lang), style=link(source.url)))
    return Group(title, indent(lines))


def _clauses(clauses: Iterable[Clause], rules: Rules, lang: str) -> str:
    conditions = []
    for clause in clauses:
        criterion = assessment_rows.criterion(clause.criterion)
        conditions.append(f"{lower(criterion.label[lang])} = {accepted_text(clause, rules)[lang]}")
    return f" {phrase('and', lang)} ".join(conditions)


def _conditions(key: str, conditions: Sequence[Condition], rules: Rules, lang: str) -> list[Line]:
    return [Line(f"{phrase(key, lang)} {_clauses(c.clauses, rules, lang)}") for c in conditions]
