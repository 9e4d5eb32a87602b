"""The demonstration: a real project, what its sources leave unknown, then an example with every answer."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType

from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.premises import Premises
from montages.bilingual import Text, message
from montages.publish.text import assessment_rows, checklist, tables, verdict_rows
from montages.publish.text.assessment_text import counts
from montages.publish.text.messages import and_others, phrase
from montages.publish.text.signs import RETAINED_TITLES, VERDICT_SIGNS
from montages.publish.text.typeset import Line, grid, heading, indent, section
from montages.publish.text.typography import colon

_QUESTIONS, _RULED_OUT = 5, 6

OPENING = message("Two projects, assessed before your eyes: a few seconds of computing…")
_REAL = message(
    "A real project: what its public sources say, and what they leave out. Montages does not "
    "guess: what is written nowhere stays open, and becomes a question."
)
_EXAMPLE = message(
    "A made-up project in which every question has its answer: Montages decides, and cites the "
    "article."
)
_FILE = message("project.yaml")
_NEXT = (
    ("montages ask {}", message("describe your project, one question at a time")),
    ("montages assess {}", message("assess it")),
    ("montages explain dijon --contract mpgp", message("each requirement, with its article")),
    ("montages assess dijon --format html > d.html", message("a page to print")),
    ("montages query", message("the questions one can ask")),
    ("montages serve", message("the pages, the linked data and the same answers")),
)
_TITLES = {
    "known": message("What is known"),
    "unknown": message("What the sources do not say"),
    "out": message("What is closed already"),
    "fits": message("What fits, and why"),
    "open": message("What is to be verified"),
    "not": message("What is closed, and by what"),
    "how": message("How to buy"),
    "next": message("What next"),
}
_RETAINED = message("{}: {}. At this stage: {}.")


def _opening(
    number: int, premises: Premises, introduction: Text, lang: str
) -> list[RenderableType]:
    return [
        Line(),
        Line(f"{number}. {premises.label[lang]}", style="bold reverse"),
        Line(introduction[lang]),
        Line(assessment_rows.law(premises, lang), style="dim"),
        Line(),
    ]


def real(assessment: Assessment, lang: str) -> RenderableType:
    """Return the part about the real project: what is known, what is ruled out, what is not known."""
    parts = _opening(1, assessment.premises, _REAL, lang)
    answers = Line(
        f"{phrase('answers', lang)}{colon(lang)} {assessment_rows.answer_counts(assessment.premises, lang)}"
    )
    parts += [tables.answer_block(assessment, lang), Line()]
    lines: list[RenderableType] = [answers, counts(assessment.conclusions, lang)]
    wanted: tuple[str, ...] = ()
    for retained in assessment.coherence.retained:
        verdict = assessment_rows.retained_verdict(assessment.conclusions, retained)
        if verdict is None:
            continue
        word = VERDICT_SIGNS[retained.verdict.value].one[lang]
        lines.append(
            Line(
                _RETAINED[lang].format(
                    RETAINED_TITLES[retained.kind][lang], verdict.arrangement.label[lang], word
                ),
                style="bold",
            )
        )
        for outcome, checks in checklist.grouped(verdict.checks, hard=True):
            if outcome in ("satisfied", "violated", "contradicted"):
                lines += [checklist.brief_line(check, lang) for check in checks]
        wanted += retained.wanted
    parts += section(_TITLES["known"][lang], indent(lines))
    questions = [checklist.question(name, lang) for name in wanted[:_QUESTIONS]]
    if len(wanted) > _QUESTIONS:
        questions.append(Line(and_others(len(wanted) - _QUESTIONS, lang), "dim"))
    parts += section(_TITLES["unknown"][lang], indent(questions))
    parts += _under(assessment.conclusions, ("closed-by-choice", "closed"), "out", lang, _RULED_OUT)
    return Group(*parts)


def example(assessment: Assessment, lang: str) -> RenderableType:
    """Return the part about the example: what fits, what stays open, what is ruled out, how to buy."""
    parts = [
        *_opening(2, assessment.premises, _EXAMPLE, lang),
        tables.answer_block(assessment, lang),
        Line(),
    ]
    parts += _under(assessment.conclusions, ("fits", "fits-on-terms"), "fits", lang, 99)
    parts += _under(assessment.conclusions, ("to-verify",), "open", lang, 3)
    parts += _under(assessment.conclusions, ("closed-by-choice", "closed"), "not", lang, _RULED_OUT)
    parts += section(_TITLES["how"][lang], tables.procedures(assessment.conclusions, lang))
    return Group(*parts, Line(assessment.premises.disclaimer[lang], style="bold"))


def _under(
    conclusions: Conclusions, verdicts: Sequence[str], title: str, lang: str, most: int
) -> list[RenderableType]:
    rows = [r for r in verdict_rows.contract_rows(conclusions, lang) if r.group in verdicts]
    if not rows:
        return []
    parts: list[RenderableType] = [tables.Rows(rows[:most], lang, headed=False)]
    if len(rows) > most:
        parts.append(indent(Line(and_others(len(rows) - most, lang), "dim")))
    return [heading(_TITLES[title][lang]), *parts, Line()]


def next_steps(lang: str) -> RenderableType:
    """Return the commands to try next."""
    table = grid(None, 1)
    for command, purpose in _NEXT:
        table.add_row(Line(command.format(_FILE[lang]), style="bold"), Line(purpose[lang]))
    return Group(Line(), heading(_TITLES["next"][lang]), indent(table))
