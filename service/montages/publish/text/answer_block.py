"""The answer at the head of every text: what one may do, in a sentence, and the lines under it (R40)."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.assessment.assessment import Assessment
from montages.publish.text import tables
from montages.publish.text.answer_lines import answer_lines, between
from montages.publish.text.typeset import Line, indent


def answer_block(assessment: Assessment, lang: str) -> Group:
    """Return the answer in a sentence, then the lines under it, those of one title under one another."""
    table, before = tables.grid(None, 1), ""
    for line in answer_lines(assessment, lang):
        told = Line()
        for n, reason in enumerate(line.reasons):
            told.append(between(line.reasons[:n], lang))
            told.append(tables.reason_line(reason, lang, style=""))
        table.add_row(Line(line.title if line.title != before else "", style="bold"), told)
        before = line.title
    parts: list[RenderableType] = [Line(assessment.answer.headline[lang], style="bold")]
    if table.row_count:
        parts += [Line(), indent(table)]
    return Group(*parts)
