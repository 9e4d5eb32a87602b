"""The rules for the terminal: one in full with its history, what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from rdflib import URIRef
from rich.console import Group, RenderableType

from montages.assessment.wording import accepted_text, lower
from montages.knowledge.buckets import measured_in, spaced
from montages.knowledge.law import FOREVER, Clause, Condition, Requirement, Span
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import name_of
from montages.knowledge.verdict_gates import unknown_threshold
from montages.publish.text import assessment_rows, checklist
from montages.publish.text.messages import phrase
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.source_reading import read_lines, reviewed_text
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon, day
from montages.quality.checks.counted_descriptions import closed_by, description_text
from montages.quality.rules_diff import RulesDiff, VerdictShares
from montages.quality.rules_index import Rule


def rule_in_full(rule: Rule, on: date, lang: str) -> RenderableType:
    """Return a rule as it is on a day, then its history: what it was or will be, other amounts."""
    version = rule.on(on)
    version_or_latest = version or rule.latest
    parts: list[RenderableType] = [
        Line(version_or_latest.label[lang], style="bold"),
        Line(f"{rule.slug} · {rule.of.label[lang]}", style="dim"),
        Line(str(rule.latest.iri), style=link(str(rule.latest.iri), "dim")),
        Line(),
    ]
    if version is None:
        absent = f"{rule.of.label[lang]}{colon(lang)} {phrase('not-in-force-on', lang)}"
        parts.append(Line(f"{absent} {day(on, lang)}", style="yellow"))
    else:
        parts.append(_version_in_full(version, on, lang))
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
    description = description_text(stated, rules)[lang]
    return [indent(Line(f"{phrase('closes-alone', lang)}{colon(lang)} {description}"))]


def _version_in_full(version: Requirement, on: date, lang: str) -> RenderableType:
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
    lines.append(Line(reviewed_text(version, lang), style="dim"))
    return Group(title, indent(lines))


def _history(rule: Rule, current: Requirement | None, lang: str) -> list[RenderableType]:
    """Return the other versions of a rule, and every amount of the thresholds it reads."""
    others = [v for v in rule.versions if v is not current]
    parts: list[RenderableType] = [indent(_version_in_full(v, v.span.first, lang)) for v in others]
    for threshold in rule.thresholds():
        lines = [
            Line(f"{_span(value.span, lang)}{colon(lang)} {measured_in(lang, value.amount, '€')}")
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


def rules_difference(rules: RulesDiff, lang: str) -> RenderableType:
    """Return what differs between the rules of two days, and the verdicts that this moves."""
    parts: list[RenderableType] = [
        Line(f"{day(rules.first, lang)} → {day(rules.second, lang)}", style="bold")
    ]
    for change in rules.requirements:
        line = Line(f"{phrase(f'change-{change.kind}', lang)} ", style="yellow").append(
            change.latest.label[lang], style="default bold"
        )
        sources = ", ".join(s.label[lang] for s in change.latest.sources)
        parts += [
            line.append(f"  {change.slug}", style="not bold dim"),
            indent([Line(change.latest.reading[lang]), Line(sources, "cyan")]),
        ]
    for threshold in rules.thresholds:
        amounts = f"{_amount(threshold.before, lang)} → {_amount(threshold.after, lang)}"
        parts += [
            Line(f"{threshold.label[lang]}{colon(lang)} {amounts}"),
            indent(Line(", ".join(s.label[lang] for s in threshold.sources), "cyan")),
        ]
    for key, names in (
        ("added", rules.arrangements_added),
        ("removed", rules.arrangements_removed),
    ):
        parts += [Line(f"{phrase(f'change-{key}', lang)} {name}") for name in names]
    if rules.empty:
        parts.append(Line(phrase("same-rules", lang)))
    else:
        parts += [Line(), *_verdicts(rules.verdicts, lang)]
    return Group(*parts)


def _verdicts(verdicts: VerdictShares, lang: str) -> list[RenderableType]:
    """Return each set-up whose verdict moves: the share of descriptions, and the shortest one."""
    if not verdicts.moving:
        return [Line(phrase("same-verdicts", lang))]
    parts: list[RenderableType] = [
        Line(phrase("verdicts-move", lang), style="bold"),
        Line(phrase("share-of-descriptions", lang), style="dim"),
    ]
    for share in verdicts.moving:
        before, after = (VERDICT_SIGNS[v.value] for v in (share.before, share.after))
        line = Line(f"{share.arrangement.label[lang]}{colon(lang)} {100 * share.share:.2f} %")
        description = description_text(share.smallest, verdicts.rules)[lang]
        moved = Line(f"{description} · ", style="dim").append(before.one[lang], style=before.colour)
        moved.append(" → ").append(after.one[lang], style=after.colour)
        parts += [line, indent(moved)]
    return parts


def _amount(amount: Decimal | None, lang: str) -> str:
    return spaced(amount, lang) if amount is not None else "?"
