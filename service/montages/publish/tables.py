"""The tables of the terminal: contracts, what goes around them, units. No lines drawn, two widths."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table

from montages.decision.assessment import Assessment, Verdict
from montages.publish import digest
from montages.publish.digest import Reason, Row
from montages.publish.typeset import Line, indent, link
from montages.publish.words import KIND, STATUS, plural_of, say

# From this many columns on, a reason stands beside its contract instead of under it.
_WIDE = 110
# A line gives this many reasons, and counts the others; `explain` gives them all.
_REASONS = 2


def grid(*ratios: int | None) -> Table:
    """Return a table without lines; a ratio shares the width, None takes what it needs."""
    table = Table.grid(expand=True, padding=(0, 2, 0, 0))
    for ratio in ratios:
        table.add_column(ratio=ratio, no_wrap=ratio is None)
    return table


def heading(title: str, aside: str = "") -> Table:
    """Return the title of a section, with a word at its right."""
    table = Table.grid(expand=True)
    table.add_column(ratio=1)
    table.add_column(justify="right")
    table.add_row(Line(title.upper(), style="bold"), Line(aside, style="dim"))
    return table


def status(name: str, lang: str) -> Line:
    """Return a status as its symbol and its word, in its colour."""
    sign = STATUS[name]
    return Line(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)


def reason(found: Reason, lang: str) -> Line:
    """Return a reason with the labels of its clauses, which lead to the clauses' pages."""
    text = Line(found.text, style="" if found.sources else "dim")
    for source in found.sources:
        text.append("  ").append(source.label[lang].replace(" ", "\u00a0"), style=link(source.url))
    return text


class Rows:
    """Arrangements under their statuses; the layout follows the width of the console."""

    def __init__(
        self, rows: Iterable[Row], lang: str, marked: Iterable[str] = (), headed: bool = True
    ) -> None:
        self.rows, self.lang, self.marked, self.headed = list(rows), lang, frozenset(marked), headed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _WIDE
        for name, rows in digest.by_status(self.rows):
            sign = STATUS[name]
            if self.headed:
                title = f"{sign.symbol} {sign.many[self.lang]} ({len(rows)})"
                yield Line(title, style=f"bold {sign.colour}")
            table = grid(*((2, 3) if wide else (1,)))
            table.add_column(justify="right", no_wrap=True, width=11)
            for row in rows:
                why = Group(*self._why(row))
                score = Line(row.fit, style="dim" if row.fit == "—" else "")
                if wide:
                    table.add_row(indent(self._name(row)), why, score)
                else:
                    table.add_row(Group(indent(self._name(row)), indent(why, 4)), score)
            yield table

    def _why(self, row: Row) -> list[Line]:
        lines = [reason(r, self.lang) for r in row.reasons[:_REASONS]]
        if more := len(row.reasons) - _REASONS:
            lines += [
                Line(f"{say('and', self.lang)} {plural_of(more, 'other', self.lang)}", "dim")
            ] * (more > 0)
        if row.covers:
            lines.append(Line(f"{say('covers', self.lang)} {row.covers}", style="green"))
        return lines

    def _name(self, row: Row) -> Line:
        sign = STATUS[row.status]
        text = Line("" if self.headed else f"{sign.symbol} ", style=sign.colour)
        text.append(row.name, style=sign.colour if row.status == "eligible" else "default")
        if row.slug in self.marked:
            text.stylize("bold")
            text.append(f"  ◂ {say('retained', self.lang).lower()}", style="bold")
        if row.verdict.provisional:
            text.append(f"  ({say('provisional', self.lang)})", style="yellow")
        return text


def around(assessment: Assessment, lang: str) -> RenderableType:
    """Return procedures, channels, activities and vehicles, one short line a status."""
    table = grid(None, None, 1)
    for kind, title in KIND.items():
        first = True
        for name, rows in digest.by_status(digest.rows(assessment.verdicts, lang, kind)):
            names = " · ".join(row.name for row in rows)
            table.add_row(Line(title[lang] if first else ""), status(name, lang), Line(names))
            first = False
    return indent(table)


def units(assessment: Assessment, lang: str) -> RenderableType:
    """Return each unit with the contracts that fit it, and how many stay open or are ruled out."""
    if len({_statuses(u.verdicts) for u in assessment.units}) == 1:
        names = ", ".join(u.unit.label[lang] for u in assessment.units)
        return indent(Line(f"{names}. {say('units-alike', lang)}"))
    table = grid(1, 2)
    for unit in assessment.units:
        lines = []
        for name, rows in digest.by_status(digest.rows(unit.verdicts, lang, "contract")):
            said = ", ".join(row.name for row in rows) if name == "eligible" else str(len(rows))
            lines.append(status(name, lang).append(f"  {said}", style="default"))
        table.add_row(Line(unit.unit.label[lang], style="bold"), Group(*lines))
    return indent(table)


def _statuses(verdicts: Iterable[Verdict]) -> frozenset[tuple[str, str]]:
    return frozenset((v.arrangement.slug, v.status) for v in verdicts)
