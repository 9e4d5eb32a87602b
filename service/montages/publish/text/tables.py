"""The tables of the terminal: contracts, what goes around them, units. No lines drawn, two widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.publish.text import verdict_rows
from montages.publish.text.messages import phrase
from montages.publish.text.signs import (
    KIND_TITLES,
    PROCEDURE_SIGNS,
    VERDICT_SIGNS,
    VERDICT_TITLES,
    Sign,
)
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.verdict_rows import Reason, VerdictRow

# From this many columns on, a reason stands beside its contract instead of under it.
_WIDE = 110


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


def verdict(name: str, lang: str, signs: Mapping[str, Sign] = VERDICT_SIGNS) -> Line:
    """Return a verdict as its symbol and its word, in its colour."""
    sign = signs[name]
    return Line(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)


def reason_line(reason: Reason, lang: str) -> Line:
    """Return a reason with the labels of its clauses, which lead to the clauses' pages."""
    text = Line(reason.text, style="" if reason.sources else "dim")
    for source in reason.sources:
        text.append("  ").append(source.label[lang].replace(" ", "\u00a0"), style=link(source.url))
    return text


class Rows:
    """Contracts under their verdicts; the layout follows the width of the console."""

    def __init__(
        self,
        rows: Iterable[VerdictRow],
        lang: str,
        marked: Iterable[str] = (),
        headed: bool = True,
    ) -> None:
        self.rows, self.lang, self.marked, self.headed = list(rows), lang, frozenset(marked), headed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _WIDE
        for n, (name, rows) in enumerate(verdict_rows.by_verdict(self.rows)):
            sign = VERDICT_SIGNS[name]
            if self.headed:
                title = f"{sign.symbol} {VERDICT_TITLES[name][self.lang]}"
                yield Group(*[Line()] * (n > 0), Line(title, style=f"bold {sign.colour}"))
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

    def _why(self, row: VerdictRow) -> list[Line]:
        lines = [reason_line(r, self.lang) for r in row.reasons]
        if row.covers:
            lines.append(Line(f"{phrase('covers', self.lang)} {row.covers}", style="green"))
        return lines + [reason_line(duty, self.lang) for duty in row.duties]

    def _name(self, row: VerdictRow) -> Line:
        sign = VERDICT_SIGNS[row.group]
        text = Line("" if self.headed else f"{sign.symbol} ", style=sign.colour)
        text.append(row.name, style=sign.colour if sign.colour == "green" else "default")
        if row.contracts & self.marked:
            text.stylize("bold")
            text.append(f"  ◂ {phrase('retained', self.lang).lower()}", style="bold")
        if row.result.provisional:
            text.append(f"  ({phrase('provisional', self.lang)})", style="yellow")
        return text


def procedures(assessment: Assessment, lang: str) -> RenderableType:
    """Return the procedures of each family of contracts, lightest sufficient first, with one advice."""
    table = grid(None, 1)
    families = verdict_rows.procedures(assessment, lang)
    for family in families:
        if len(families) > 1:
            table.add_row(Line(family.name, style="bold"), Line())
        for name, procedures in family.verdicts:
            table.add_row(verdict(name, lang, PROCEDURE_SIGNS), Line(" · ".join(procedures)))
            if family.advice and name == "suffit":
                table.add_row(Line(), reason_line(family.advice, lang))
    return indent(table)


def around(assessment: Assessment, lang: str) -> RenderableType:
    """Return channels, activities and vehicles, one short line a verdict."""
    table = grid(None, None, 1)
    for kind, title in KIND_TITLES.items():
        first = True
        for name, names in verdict_rows.names_by_verdict(assessment.verdicts, lang, kind):
            table.add_row(
                Line(title[lang] if first else ""), verdict(name, lang), Line(" · ".join(names))
            )
            first = False
    return indent(table)


def units(assessment: Assessment, lang: str) -> RenderableType:
    """Return each unit with the contracts that fit it, and how many others there are."""
    if len({_verdicts(u.verdicts) for u in assessment.units}) == 1:
        alike = ", ".join(u.unit.label[lang] for u in assessment.units)
        return indent(Line(f"{alike}. {phrase('units-alike', lang)}"))
    table = grid(1, 2)
    for unit in assessment.units:
        lines = []
        for name, contracts in verdict_rows.unit_names(assessment, unit, lang):
            told = ", ".join(contracts) if name.startswith("fits") else len(contracts)
            lines.append(verdict(name, lang).append(f"  {told}", style="default"))
        table.add_row(Line(unit.unit.label[lang], style="bold"), Group(*lines))
    return indent(table)


def _verdicts(results: Iterable[ArrangementResult]) -> frozenset[tuple[str, str]]:
    return frozenset((r.arrangement.slug, r.verdict.value) for r in results)
