"""A paper as a document for a word processor: real headings, lists, tables and links, to be edited."""

from __future__ import annotations

from collections.abc import Iterable

from montages.publish.drawing.who_pays_picture import picture_of
from montages.publish.text import checklist
from montages.publish.text.answer_lines import AnswerLine, answer_lines, between
from montages.publish.text.calendar_stops import calendar_stops, moment_day
from montages.publish.text.checklist import DutyGroup
from montages.publish.text.reasons import Reason
from montages_handouts.handout_page import Paper
from montages_handouts.handout_words import word
from montages_handouts.mayor_page import MayorPage
from montages_handouts.scoping_note import ScopingNote
from montages_handouts.word_writer import WordWriter


def word_document(paper: Paper) -> bytes:
    """Return a paper as .docx, the same each time; raises NotInstalled."""
    out = WordWriter(paper.head, paper.title)
    for text in paper.alerts:
        out.paragraph(text, bold=True)
    if isinstance(paper, MayorPage):
        _mayor_page(out, paper)
    else:
        _scoping_note(out, paper)
    out.reopening()
    return out.to_bytes()


def _answer(out: WordWriter, paper: Paper) -> None:
    answer, lang = paper.assessment.answer, paper.head.lang
    out.heading(word("answer", lang))
    out.paragraph(answer.headline[lang], bold=True)
    if answer.why[lang]:
        out.paragraph(answer.why[lang])


def _lines(out: WordWriter, lines: Iterable[AnswerLine], lang: str) -> None:
    for line in lines:
        texts = (f"{between(line.reasons[:n], lang)}{r.text}" for n, r in enumerate(line.reasons))
        out.paragraph(f"{line.title}{out.colon} {''.join(texts)}")


def _calendar(out: WordWriter, paper: Paper) -> None:
    """Write the calendar, a line a stop; pages have it drawn."""
    for stop in calendar_stops(paper.assessment.answer, paper.head.lang):
        under = ", ".join(filter(None, (*stop.bodies, stop.day, stop.days)))
        out.paragraph(f"{stop.title}{out.colon} {under}" if under else stop.title)


def _mayor_page(out: WordWriter, paper: MayorPage) -> None:
    lang = paper.head.lang
    _answer(out, paper)
    _lines(out, paper.answer, lang)
    if paper.before or paper.votes:
        out.heading(word("decide" if paper.before else "votes", lang))
        _lines(out, paper.before, lang)
        out.bullets([Reason(f"{vote.text} {vote.day}".rstrip()) for vote in paper.votes], "☐ ")
        _calendar(out, paper)
    if paper.choices:
        out.heading(word("choose", lang))
        out.bullets([Reason(text) for text in paper.choices], "☐ ")
    if paper.wrong:
        out.heading(word("avoid", lang))
        _lines(out, paper.wrong, lang)
    _lines(out, paper.left_open, lang)


def _scoping_note(out: WordWriter, paper: ScopingNote) -> None:
    lang = paper.head.lang
    _answer(out, paper)
    lines = [line for line in answer_lines(paper.assessment, lang) if line.kind != "presumed"]
    _lines(out, lines, lang)
    answer, rules = paper.assessment.answer, paper.assessment.premises.rules
    for slug, unit in () if answer.names_none else answer.drawn.items():
        if picture := picture_of(slug, rules, paper.head.lang, unit=unit):
            out.aside(f"{picture.title}. {picture.sentence}")
    _calendar(out, paper)
    for name, groups in paper.duties:
        out.heading(f"{word('duties', lang)}{out.colon} {name}")
        out.table(
            [word(key, lang) for key in ("when", "duty", "who", "clause")],
            [
                (_when(group, paper), f"☐ {duty.text}", duty.who, duty.sources)
                for group in groups
                for duty in group.duties
            ],
            (30, 80, 32, 34),
        )
    _scenarios(out, paper)
    if paper.clauses:
        out.heading(word("clauses", lang))
        out.aside(word("ours", lang))
    for clause in paper.clauses:
        out.heading(clause.title, 2)
        out.paragraph(clause.text)
    for part, reasons in (
        ("verify", paper.verify),
        ("presumed", paper.presumed),
        ("attention", paper.attention),
    ):
        if reasons:
            out.heading(word(part, lang))
            out.bullets(reasons, "☐ " if part == "verify" else "")
            out.aside(paper.cut[part])
    if paper.sources:
        out.heading(word("sources", lang))
        for source in paper.sources:
            out.source(checklist.named(source, lang), source.url)
        out.aside(paper.cut["sources"])


def _when(group: DutyGroup, paper: Paper) -> str:
    """Return when the duties of a group are due, and by which day where one is known."""
    day = moment_day(group.moment, paper.assessment.answer, paper.head.lang)
    return "\n".join(filter(None, (group.title.capitalize(), day)))


def _scenarios(out: WordWriter, paper: ScopingNote) -> None:
    lang, scenarios = paper.head.lang, paper.scenarios
    if not scenarios:
        return
    out.heading(word("set-ups", lang))
    rows = [
        ("better", [one.better_if or word("our-answer", lang) for one in scenarios]),
        ("asks", [one.asks or "–" for one in scenarios]),
        ("time", [one.months or "–" for one in scenarios]),
    ]
    out.table(
        ["", *(one.arrangement.label[lang] for one in scenarios)],
        [(word(key, lang), *cells) for key, cells in rows],
        (26, *(150 // len(scenarios) for _ in scenarios)),
    )
