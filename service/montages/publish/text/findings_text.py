"""What a check found, for the terminal: where, what, what is accepted, and what to write instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table

from montages.description.places.place_index import Place
from montages.description.readings import ValueReading, readings_text
from montages.names import PROJECT, compact, slug
from montages.publish.text.messages import and_others, phrase
from montages.publish.text.signs import SEVERITY_SIGNS
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon, quoted
from montages.validation.findings import LEVELS, Finding, FindingGroup, Report, grouped

# A long list of accepted values is cut after this many.
_LISTED = 12


def place(finding: Finding) -> str:
    """Return where a finding is: its place in what was sent, else the thing; then the property."""
    focus = finding.focus.removeprefix(str(PROJECT))
    focus = compact(focus) if focus.startswith("http") else focus
    where = finding.where if finding.where and finding.where != "/" else focus
    path = slug(finding.path) if finding.path.startswith("http") else ""
    text = f"{where} · {path}" if path else where
    if finding.cell:
        text = _in_table(finding.cell, finding.field)
    elif finding.line:
        text = f"{finding.line}:{finding.column} {text}"
    return ", ".join([text, *(_short_place(place) for place in finding.related)])


def _in_table(cell: str, field: str | None) -> str:
    """Return a place in a table: its cell, and the title of its column."""
    return f"{cell} ({field})" if field else cell


def _short_place(place: Place) -> str:
    if place.cell:
        return _in_table(place.cell, place.field)
    line = f"{place.line}:{place.column}" if place.line else ""
    return f"{line} {place.pointer or ''}".strip()


def findings(listing: Sequence[Finding], lang: str, about: str = "") -> RenderableType:
    """Return findings one under another, gravest first; those that say the same are told once.

    `about` is the project whose findings they are: that it is found there goes without saying.
    """
    return indent([_finding(group, lang, about) for group in grouped(listing)])


def goes_without_saying(finding: Finding, about: str) -> bool:
    """Tell whether a finding is on the whole project that a page or a text is about."""
    whole = not finding.line or not (finding.path or finding.related)
    return finding.where in (None, "/") and whole and finding.focus == str(about)


def _finding(group: FindingGroup, lang: str, about: str) -> RenderableType:
    finding = group.first
    sign = SEVERITY_SIGNS[finding.severity]
    line = Line(f"{sign.symbol} ", style=sign.colour)
    if goes_without_saying(finding, about):
        text = Line(finding.message[lang])
        hanging = Table.grid()
        hanging.add_row(line, text)
        return Group(hanging, *(indent(hint) for hint in _hints(finding, lang)))
    line.append(", ".join(place(one) for one in group.named), style="default bold")
    if group.more:
        line.append(f" {and_others(group.more, lang)}")
    return Group(line, indent([Line(finding.message[lang]), *_hints(finding, lang)]))


def _hints(finding: Finding, lang: str) -> list[RenderableType]:
    hints = values_beside(finding, lang)
    lines: list[RenderableType] = [Line(" · ".join(hints), style="dim")] if hints else []
    if question := question_beside(finding, lang):
        lines.append(Line(question, style="green"))
    return lines


def values_beside(finding: Finding, lang: str) -> list[str]:
    """Return what was given and what is accepted, each where the message does not say it already."""
    message = finding.message[lang]
    hints = []
    if finding.value and not finding.value.startswith(str(PROJECT)):
        hints.append(f"{phrase('given-value', lang)} {compact(finding.value)}")
    listed = len(finding.accepted) <= _LISTED or not finding.suggestion
    if listed and not all(value in message for value in finding.accepted):
        more = ", …" if len(finding.accepted) > _LISTED else ""
        hints.append(f"{phrase('accepted', lang)} {', '.join(finding.accepted[:_LISTED])}{more}")
    return hints


def question_beside(finding: Finding, lang: str) -> str:
    """Return what may have been meant, empty where the message asks it already."""
    if not finding.suggestion or quoted(finding.suggestion, lang) in finding.message[lang]:
        return ""
    return did_you_mean(finding.suggestion, lang)


def did_you_mean(suggestion: str, lang: str) -> str:
    """Return the question whether something else was meant."""
    mark = " ?" if lang == "fr" else "?"
    return f"{phrase('did-you-mean', lang)} {quoted(suggestion, lang)}{mark}"


def whole_message(finding: Finding, lang: str) -> str:
    """Return in a line what is wrong, what was given and what is accepted, and what may have been meant."""
    beside = " · ".join(values_beside(finding, lang))
    parts = (finding.message[lang], beside and f"({beside})", question_beside(finding, lang))
    return " ".join(filter(None, parts))


def report_text(name: str, report: Report, lang: str) -> RenderableType:
    """Return the report on one file: how many findings of each severity, then each of them."""
    readings = [indent(line) for line in understood_lines(report.readings, lang)]
    if not report.findings:
        line = Line("✓ ", style="green").append(name, style="default bold")
        # How much was looked at, so that «conforms» never means that nothing was.
        shapes = sum(1 for number in report.looked_at.values() if number)
        looked = f"({shapes} {phrase('shapes-looked', lang)} {len(report.looked_at)})"
        verdict = f"{colon(lang)} {phrase('conforms', lang)} {looked}"
        return Group(line.append(verdict, style="default"), *readings)
    counts = Counter(f.severity for f in report.findings)
    counted = []
    for level in reversed(LEVELS):
        if number := counts[level]:
            word = SEVERITY_SIGNS[level].many if number > 1 else SEVERITY_SIGNS[level].one
            counted.append(f"{number} {word[lang]}")
    title = Line(name, style="bold").append(f"{colon(lang)} {', '.join(counted)}", style="not bold")
    return Group(title, findings(report.findings, lang), *readings)


def understood_lines(readings: Sequence[ValueReading], lang: str) -> list[RenderableType]:
    """Return a line that says how values were read that are not in their own form, none without any."""
    text = understood(readings, lang)
    return [Line(text, style="dim")] if text else []


def understood(readings: Sequence[ValueReading], lang: str) -> str:
    """Return in a line how values were read that are not in their own form, empty without any."""
    text = readings_text(readings, lang)
    return f"{phrase('understood', lang)}{colon(lang)} {text}" if text else ""
