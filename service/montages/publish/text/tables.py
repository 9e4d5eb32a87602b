"""The tables of the terminal: the answer, contracts, what goes around, units. No lines drawn, two widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.table import Table

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.check import DutyResult
from montages.assessment.conclusions import Conclusions
from montages.assessment.wording import lower
from montages.knowledge.logic import ProcedureVerdict
from montages.publish.text import checklist, procedure_lines, verdict_rows
from montages.publish.text.answer_lines import answer_lines, between
from montages.publish.text.messages import phrase
from montages.publish.text.procedure_lines import ProcedureGroup
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import (
    KIND_TITLES,
    PROCEDURE_SIGNS,
    VERDICT_SIGNS,
    VERDICT_TITLES,
    Sign,
    under_signs,
)
from montages.publish.text.typeset import Line, grid, indent, link
from montages.publish.text.typography import colon
from montages.publish.text.verdict_rows import VerdictRow

# From this many columns on, a reason stands beside its contract instead of under it.
_WIDE = 110
# The name of a clause up to this long stands on one line.
_STUCK = 45


def verdict(name: str, lang: str, signs: Mapping[str, Sign] = VERDICT_SIGNS) -> Line:
    """Return a verdict as its symbol and its word, in its colour."""
    sign = signs[name]
    return Line(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)


def reason_line(reason: Reason, lang: str, style: str = "dim") -> Line:
    """Return a reason with the labels of its clauses, which lead to the clauses' pages; else in a style."""
    text = Line(reason.text, style="" if reason.sources else style)
    for source in reason.sources:
        name = checklist.named(source, lang)
        stuck = name.replace(" ", "\u00a0") if len(name) <= _STUCK else name
        text.append("  ").append(stuck, style=link(source.url))
    return text


def answer_block(assessment: Assessment, lang: str) -> Group:
    """Return the answer in a sentence, then the lines under it, those of one title under one another."""
    table, before = grid(None, 1), ""
    for line in answer_lines(assessment, lang):
        reasons = Line()
        for n, reason in enumerate(line.reasons):
            reasons.append(between(line.reasons[:n], lang))
            reasons.append(reason_line(reason, lang, style=""))
        table.add_row(Line(line.title if line.title != before else "", style="bold"), reasons)
        before = line.title
    answer = assessment.answer
    parts: list[RenderableType] = [Line(answer.headline[lang], style="bold")]
    if answer.why[lang]:
        parts.append(Line(answer.why[lang]))
    if table.row_count:
        parts += [Line(), indent(table)]
    return Group(*parts)


class Rows:
    """Contracts under their verdicts; the layout follows the width of the console."""

    def __init__(
        self, rows: Iterable[VerdictRow], lang: str, marked: Iterable[str] = (), headed: bool = True
    ) -> None:
        self.rows, self.lang, self.marked, self.headed = list(rows), lang, frozenset(marked), headed

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= _WIDE
        for n, (name, rows) in enumerate(under_signs((row.group, row) for row in self.rows)):
            sign = VERDICT_SIGNS[name]
            if self.headed:
                title = f"{sign.symbol} {VERDICT_TITLES[name][self.lang]}"
                yield Group(*[Line()] * (n > 0), Line(title, style=f"bold {sign.colour}"))
            if name == verdict_rows.FOLDED:
                yield indent([self._folded(row) for row in rows])
            elif name in verdict_rows.BRIEFLY:
                yield self._alike(rows, wide)
            else:
                yield self._each(rows, wide)

    def _each(self, rows: Iterable[VerdictRow], wide: bool) -> Table:
        table = grid(*((2, 3) if wide else (1,)))
        for row in rows:
            better = [Line(row.better)] if row.better else []
            why = (reason_line(reason, self.lang) for reason in row.reasons)
            table.add_row(*_beside(self._name(row), Group(*why, *better), wide))
        return table

    def _alike(self, rows: Iterable[VerdictRow], wide: bool) -> Table:
        """Return rows that are closed alike side by side, with the one reason of them all."""
        table = grid(*((2, 3) if wide else (1,)))
        for reasons, members in verdict_rows.alike(rows):
            names = Line()
            for n, row in enumerate(members):
                names.append(" · " if n else "").append(self._name(row))
            why = Group(*(reason_line(reason, self.lang) for reason in reasons))
            table.add_row(*_beside(names, why, wide))
        return table

    def _folded(self, row: VerdictRow) -> Line:
        why = row.reasons[0].text.split(". ")[0].rstrip(".") if row.reasons else ""
        name = self._name(row)
        name.stylize("dim")
        return name.append(f"{colon(self.lang)} {lower(why)}", style="dim")

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


def _beside(names: Line, why: Group, wide: bool) -> tuple[RenderableType, ...]:
    """Return names and why, side by side, or one under the other where there is no room."""
    return (indent(names), why) if wide else (Group(indent(names), indent(why, 4)),)


def procedures(conclusions: Conclusions, lang: str) -> RenderableType:
    """Return the procedures of each family of contracts, lightest sufficient first, with one advice."""
    families = procedure_lines.procedures(conclusions, lang)
    parts: list[RenderableType] = []
    for n, family in enumerate(families):
        if len(families) > 1:
            parts.append(Line(family.name, style="bold"))
        # What to mind is told of the contract that comes first.
        parts.append(_procedures(family, lang, minded=n == 0))
    return indent(parts)


def _procedures(family: ProcedureGroup, lang: str, minded: bool) -> Table:
    table = grid(None, 1)
    for name, procedures in family.verdicts:
        table.add_row(verdict(name, lang, PROCEDURE_SIGNS), Line(" · ".join(procedures)))
        if name == ProcedureVerdict.TO_VERIFY and family.awaited:
            table.add_row(Line(), reason_line(family.awaited, lang))
        if name == ProcedureVerdict.SUFFICIENT and family.advice:
            table.add_row(Line(), reason_line(family.advice, lang))
        if name == ProcedureVerdict.SUFFICIENT and minded:
            for point in family.notes:
                line = reason_line(Reason(point.text[lang], point.sources), lang)
                line.stylize("dim")
                table.add_row(Line(), line)
            if family.others:
                names = ", ".join(lower(point.label[lang]) for point in family.others)
                table.add_row(Line(), Line(f"{phrase('also-mind', lang)} {names}", style="dim"))
    return table


def duties(duties: Sequence[DutyResult], lang: str) -> RenderableType:
    """Return duties under the moment they are due at; those perhaps due or done are dim."""
    table = grid(None, 1)
    for group in checklist.duty_groups(duties, lang):
        for n, duty in enumerate(group.duties):
            line = reason_line(duty, lang)
            if group.quiet:
                line.stylize("dim")
            title = group.title if n == 0 else ""
            table.add_row(Line(title, style="dim" if group.quiet else "bold"), line)
    return indent(table)


def duties_in_short(duties: Sequence[DutyResult], lang: str) -> RenderableType:
    """Return the duties that surely are due, those of a moment one after another, without their clauses."""
    table = grid(None, 1)
    for group in checklist.duty_groups(duties, lang):
        if not group.quiet:
            sentences = " ".join(duty.text for duty in group.duties)
            table.add_row(Line(group.title, style="bold"), Line(sentences))
    return indent(table)


def around(conclusions: Conclusions, lang: str) -> RenderableType:
    """Return channels, activities and vehicles, one short line a verdict; then those not asked about."""
    table = grid(None, None, 1)
    for kind, title in KIND_TITLES.items():
        first = True
        for name, names in verdict_rows.names_by_verdict(conclusions.verdicts, lang, kind):
            table.add_row(
                Line(title[lang] if first else ""), verdict(name, lang), Line(" · ".join(names))
            )
            first = False
    lines: list[RenderableType] = [table] if table.row_count else []
    if others := verdict_rows.unasked(conclusions.verdicts, lang, tuple(KIND_TITLES)):
        text = f"{phrase('unasked', lang)}{colon(lang)} {' · '.join(others)}"
        lines.append(Line(text, style="dim"))
    return indent(lines)


def units(conclusions: Conclusions, lang: str) -> RenderableType:
    """Return each unit with the contracts that fit it, and how many others there are."""
    if len({_verdicts(u.unranked) for u in conclusions.units}) == 1:
        alike = ", ".join(u.unit.label[lang] for u in conclusions.units)
        return indent(Line(f"{alike}. {phrase('units-alike', lang)}"))
    table = grid(1, 2)
    for unit in conclusions.units:
        lines = []
        for name, contracts in verdict_rows.unit_names(unit, lang):
            summary = ", ".join(contracts) if name.startswith("fits") else len(contracts)
            lines.append(verdict(name, lang).append(f"  {summary}", style="default"))
        table.add_row(Line(unit.unit.label[lang], style="bold"), Group(*lines))
    return indent(table)


def _verdicts(results: Iterable[ArrangementVerdict]) -> frozenset[tuple[str, str]]:
    return frozenset((r.arrangement.slug, r.verdict.value) for r in results)
