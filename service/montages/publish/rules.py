"""The rulebook for the terminal: its check, its rules, one of them, what changed between two days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from rich.console import Group, RenderableType

from montages.decision.findings import Finding
from montages.decision.status_diff import Cause, StatusDiff
from montages.decision.wording import accepted_text
from montages.knowledge.buckets import spaced
from montages.knowledge.diff import RulesDiff
from montages.knowledge.model import FOREVER, Clause, Condition, Requirement
from montages.knowledge.periods import Rules, rules_at
from montages.knowledge.quality import RulesReport
from montages.knowledge.rulebook import rulebook
from montages.knowledge.rules_index import Rule
from montages.publish import checklist, digest, report, tables
from montages.publish.typeset import Line, indent, link
from montages.publish.words import STATUS, colon, day, lower, plural_of, say

_SEVERITIES = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("i", "cyan")}


def checked(found: RulesReport, own: Sequence[Finding], lang: str) -> RenderableType:
    """Return what checking the rulebook and our own data found, with the figures."""
    parts: list[RenderableType] = [_figures(found, lang), Line()]
    for remark in found.remarks:
        symbol, colour = _SEVERITIES[remark.severity]
        parts.append(Line(f"{symbol} ", style=colour).append(remark.text[lang], style="default"))
    if own:
        parts.append(report.findings(own, lang))
    parts.append(Line(_dead_ends(found, lang), style="dim"))
    passed = found.passed and not any(f.severity == "violation" for f in own)
    line = Line("✓ " if passed else "✗ ", style="bold green" if passed else "bold red")
    errors = len(found.errors) + sum(f.severity == "violation" for f in own)
    return Group(*parts, line.append(plural_of(errors, "error", lang), style="default bold"))


def _figures(found: RulesReport, lang: str) -> RenderableType:
    """Return the figures one a line: what is counted, how many, and what is worth adding."""
    counts = found.figures
    bare = sum(not (r.sources and r.reading.fr and r.reading.en) for r in rulebook().requirements)
    added = {
        "requirements": f"{counts['hard']} {say('figure-hard', lang)}, "
        f"{counts['soft']} {say('figure-soft', lang)}",
        "bare": say("figure-bare-rule", lang),
        "sheet_uncited": f"{say('figure-blank', lang)}{colon(lang)} {', '.join(found.blank_cells)}",
    }
    table = tables.grid(None, None, 1)
    for name in ("contract_types", "criteria", "requirements", "bare", "sources", "sheet_uncited"):
        number = bare if name == "bare" else counts[name]
        table.add_row(
            Line(say(f"figure-{name}", lang)),
            Line(str(number), "bold"),
            Line(added.get(name, ""), "dim"),
        )
    return Group(Line(f"{say('rules', lang)} {found.version}", "dim"), table)


def _dead_ends(found: RulesReport, lang: str) -> str:
    ends = found.dead_ends
    return (
        f"{ends.enumerated()[lang]} {ends.without_contract}/{ends.sampled} {say('dead-ends', lang)}"
    )


def listed(found: Iterable[Rule], on: date, lang: str) -> RenderableType:
    """Return rules under what they are stated for, with their strength and their clauses."""
    groups: dict[str, list[Rule]] = {}
    for rule in found:
        groups.setdefault(rule.of.label[lang], []).append(rule)
    parts: list[RenderableType] = []
    for name, rules in groups.items():
        parts.append(Line(name, style="bold"))
        table = tables.grid(None, 2, 1)
        for rule in rules:
            version = rule.on(on) or rule.latest
            sources = ", ".join(s.label[lang] for s in version.sources)
            strength = say("is-hard" if version.hard else "is-soft", lang)
            table.add_row(
                Line(strength, "red" if version.hard else "dim"),
                _named(rule, version, lang),
                Line(sources, "cyan"),
            )
        parts += [indent(table), Line()]
    return Group(*parts)


def _named(rule: Rule, version: Requirement, lang: str) -> RenderableType:
    return Group(Line(version.label[lang]), Line(rule.slug, style="dim"))


def shown(found: Rule, on: date, lang: str) -> RenderableType:
    """Return a rule with each of its versions in full."""
    parts: list[RenderableType] = [
        Line(found.latest.label[lang], style="bold"),
        Line(f"{found.slug} · {found.of.label[lang]}", style="dim"),
        Line(str(found.latest.iri), style=link(str(found.latest.iri), "dim")),
    ]
    for version in found.versions:
        parts += [Line(), _version(version, on, lang)]
    return Group(*parts)


def _version(version: Requirement, on: date, lang: str) -> RenderableType:
    last = version.span.last
    until = f" {say('until', lang)} {day(last, lang)}" if last != FOREVER else ""
    title = Line(f"{say('since', lang)} {day(version.span.first, lang)}{until}", style="bold")
    if version.span.holds(on):
        title.append(f"  {say('in-force', lang)}", style="not bold green")
    rules = rules_at(version.span.first)
    strength = say("is-hard" if version.hard else "is-soft", lang)
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
    said = []
    for clause in clauses:
        criterion = digest.criterion(clause.criterion)
        said.append(f"{lower(criterion.label[lang])} = {accepted_text(clause, rules)[lang]}")
    return f" {say('and', lang)} ".join(said)


def _conditions(key: str, found: Sequence[Condition], rules: Rules, lang: str) -> list[Line]:
    return [Line(f"{say(key, lang)} {_clauses(c.clauses, rules, lang)}") for c in found]


def differing(found: RulesDiff, statuses: StatusDiff | None, lang: str) -> RenderableType:
    """Return what differs between the rules of two days, and the statuses that differ for projects."""
    parts: list[RenderableType] = [
        Line(f"{day(found.first, lang)} → {day(found.second, lang)}", style="bold")
    ]
    for change in found.requirements:
        line = Line(f"{say(f'change-{change.kind}', lang)} ", style="yellow").append(
            change.shown.label[lang], style="default bold"
        )
        sources = ", ".join(s.label[lang] for s in change.shown.sources)
        parts += [
            line.append(f"  {change.slug}", style="not bold dim"),
            indent([Line(change.shown.reading[lang]), Line(sources, "cyan")]),
        ]
    for moved in found.thresholds:
        amounts = f"{_amount(moved.before, lang)} → {_amount(moved.after, lang)}"
        parts += [
            Line(f"{moved.label[lang]}{colon(lang)} {amounts}"),
            indent(Line(", ".join(s.label[lang] for s in moved.sources), "cyan")),
        ]
    for key, names in (
        ("added", found.arrangements_added),
        ("removed", found.arrangements_removed),
    ):
        parts += [Line(f"{say(f'change-{key}', lang)} {name}") for name in names]
    if found.empty:
        parts.append(Line(say("same-rules", lang)))
    if statuses is not None:
        parts += [Line(), *_statuses(statuses, lang)]
    return Group(*parts)


def _statuses(found: StatusDiff, lang: str) -> list[RenderableType]:
    if not found.changes:
        return [Line(say("same-statuses", lang))]
    parts: list[RenderableType] = []
    for change in found.changes:
        before, after = (STATUS[name] for name in (change.before, change.after))
        line = Line(f"{change.label[lang]} · {change.arrangement.label[lang]}{colon(lang)} ")
        line.append(before.one[lang], style=before.colour).append(" → ").append(
            after.one[lang], style=after.colour
        )
        parts.append(line)
        parts += [indent(_cause(cause, lang)) for cause in change.because]
    return parts


def _cause(cause: Cause, lang: str) -> RenderableType:
    """Return why a status differs: the answer, and what each day accepts of it."""
    accepted = f"{cause.before[lang]} → {cause.after[lang]}"
    if cause.before == cause.after:
        accepted = cause.after[lang]
    line = Line(
        f"{cause.label[lang]}{colon(lang)} {cause.given[lang]} · {say('accepted', lang)} {accepted}"
    )
    return Group(line, Line(cause.source[lang], "cyan"))


def _amount(amount: Decimal | None, lang: str) -> str:
    return spaced(amount, lang) if amount is not None else "?"
