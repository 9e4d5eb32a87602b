"""An assessment in short, for the terminal: the answer, a few lines, then each contract in a line (R40)."""

from __future__ import annotations

from collections import Counter

from rich.console import Group, RenderableType

from montages.assessment.answer.next_steps import nothing_stated
from montages.assessment.assessment import Assessment
from montages.assessment.wording import lower
from montages.publish.text import assessment_text, brief_rows, findings_text, tables
from montages.publish.text.answer_block import answer_block
from montages.publish.text.brief_rows import BriefGroup, BriefRow
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.procedure_lines import ProcedureGroup, procedures
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon, day
from montages.publish.text.verdict_rows import FOLDED, VerdictRow


def brief_text(assessment: Assessment, lang: str | None = None) -> Group:
    """Return an assessment in short as something rich prints, in `lang` or in its own language."""
    lang = lang or assessment.lang
    law = f"{phrase('law', lang)} {day(assessment.as_of, lang)}"
    parts: list[RenderableType] = [
        Line(assessment.label[lang], style="bold"),
        Line(law, style="dim"),
        Line(),
        answer_block(assessment, lang),
        Line(),
    ]
    pressing = [f for f in assessment.findings if f.pressing]
    if pressing:
        findings = findings_text.findings(pressing, lang, assessment.project)
        parts += assessment_text.section(phrase("alert", lang), findings)
    retained = frozenset(each.contract for each in assessment.retained)
    for group in brief_rows.brief_groups(assessment, lang):
        parts += [contracts(group, retained, lang), Line()]
    for family in procedures(assessment, lang)[:1]:
        parts += assessment_text.section(phrase("procedure", lang), _procedures(family, lang))
    parts += findings_text.understood_lines(assessment.readings, lang)
    return Group(*parts, _more(assessment, lang), assessment_text.footer(assessment, lang))


def contracts(group: BriefGroup, retained: frozenset[str], lang: str) -> Group:
    """Return the contracts of a group under its title, each in a line."""
    table = tables.grid(None, 1)
    for line in group.lines:
        sign = VERDICT_SIGNS[line.rows[0].group]
        table.add_row(Line(sign.symbol, style=sign.colour), _line(line, retained, lang))
    notes = [indent(tables.reason_line(note, lang)) for note in group.notes]
    return Group(tables.heading(group.title), *notes, indent(table))


def _line(line: BriefRow, retained: frozenset[str], lang: str) -> Line:
    """Return the names of contracts, what becomes of them where it was retained, and why."""
    text = Line()
    for n, row in enumerate(line.rows):
        text.append(" · " if n else "").append(_name(row, retained, lang))
    for n, reason in enumerate(line.reasons):
        told = Reason(lower(reason.text), reason.sources)
        text.append(" — " if n == 0 else " ; " if lang == "fr" else "; ")
        text.append(tables.reason_line(told, lang, style=""))
    return text


def _name(row: VerdictRow, retained: frozenset[str], lang: str) -> Line:
    name = Line(row.name, style="dim" if row.group == FOLDED else "bold")
    if row.contracts & retained:
        name.append(f" ◂ {phrase('retained', lang).lower()}")
    if row.result.provisional and row.group != FOLDED:
        name.append(f" ({phrase('provisional', lang)})", style="not bold yellow")
    return name


def _procedures(family: ProcedureGroup, lang: str) -> RenderableType:
    """Return the names of the procedures of a family under their verdicts, one line a verdict."""
    table = tables.grid(None, 1)
    for name, names in family.verdicts:
        table.add_row(tables.verdict(name, lang, PROCEDURE_SIGNS), Line(" · ".join(names)))
    return indent(table)


def _more(assessment: Assessment, lang: str) -> Line:
    """Return where the rest is told, and how much the check has to say of the description."""
    others = [f for f in assessment.findings if not f.pressing]
    counts = Counter(f.severity for f in others)
    told = [plural_of(n, name, lang) for name, n in sorted(counts.items(), reverse=True)]
    findings = f"{phrase('findings', lang)}{colon(lang)} {', '.join(told)}. " if told else ""
    empty = nothing_stated([each.unit for each in assessment.units])
    return Line(f"{findings}{phrase('to-fill-in' if empty else 'more', lang)}", style="dim")
