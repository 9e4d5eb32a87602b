"""A paper as a document for a word processor: real headings, lists, tables and links, to be edited."""

from __future__ import annotations

from montages.publish.text import checklist
from montages.publish.text.signs import OUTCOME_SIGNS
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


def _mayor_page(out: WordWriter, paper: MayorPage) -> None:
    lang = paper.head.lang
    out.heading(f"1. {word('answer', lang)}")
    out.paragraph(paper.answer, bold=True)
    if paper.clauses:
        out.heading(word("why", lang), 2)
        out.bullets(paper.clauses)
    for title, names in paper.others:
        out.paragraph(f"{title}{out.colon} {names}")
    out.heading(f"2. {word('decide', lang)}")
    out.bullets(paper.decisions, "☐ ")
    _avoid(out, paper)
    if paper.turns:
        out.heading(f"3. {word('turns', lang)}")
        out.bullets(paper.turns)


def _avoid(out: WordWriter, paper: Paper) -> None:
    if paper.avoid:
        out.heading(word("avoid", paper.head.lang), 2)
        out.bullets(paper.avoid)


def _scoping_note(out: WordWriter, paper: ScopingNote) -> None:
    lang = paper.head.lang
    out.heading(word("answer", lang))
    out.paragraph(paper.answer, bold=True)
    out.bullets(paper.clauses)
    out.bullets(paper.warnings, "☐ ")
    _avoid(out, paper)
    _set_ups(out, paper)
    if paper.procedures:
        out.heading(word("procedure", lang))
        rows = [(verdict, names) for _, verdict, names in paper.procedures]
        out.table([word("verdict", lang), word("procedure", lang)], rows)
    if paper.first:
        _terms_and_duties(out, paper)
    out.heading(word("verify", lang))
    if paper.verify:
        out.bullets(paper.verify, "☐ ")
        out.cut(paper.cut["verify"])
    else:
        out.paragraph(word("all-verified", lang))
    for title, reasons in (
        ("turns", paper.turns),
        ("presumed", paper.presumed),
        ("attention", paper.attention),
    ):
        if reasons:
            out.heading(word(title, lang))
            out.bullets(reasons)
    out.cut(paper.cut["attention"])
    if paper.sources:
        out.heading(word("sources", lang))
        for source in paper.sources:
            out.source(checklist.cited(source, lang), source.url)
        out.cut(paper.cut["sources"])


def _set_ups(out: WordWriter, paper: ScopingNote) -> None:
    lang, compared = paper.head.lang, paper.compared
    out.heading(word("set-ups", lang))
    heads = [word(key, lang) for key in ("set-up", "verdict", "rests-on", "fit")]
    out.table(
        heads,
        [
            (set_up.name, f"{set_up.symbol} {set_up.words}", set_up.reasons, set_up.fit)
            for set_up in compared.set_ups
        ],
    )
    if compared.criteria and len(compared.set_ups) > 1:
        out.heading(word("apart", lang), 2)
        out.table(
            [
                word("criterion", lang),
                word("given", lang),
                *(set_up.name for set_up in compared.set_ups),
            ],
            [
                (row.label, row.answer, *(_sign(outcome, lang) for outcome in row.outcomes))
                for row in compared.criteria
            ],
        )
    if compared.aside:
        out.heading(word("aside", lang), 2)
        for group in compared.aside:
            for line in group.lines:
                names = ", ".join(row.name for row in line.rows)
                out.bullet(f"{group.title}{out.colon} {names}", line.reasons)


def _sign(outcome: str, lang: str) -> str:
    return f"{OUTCOME_SIGNS[outcome].symbol} {OUTCOME_SIGNS[outcome].one[lang]}" if outcome else ""


def _terms_and_duties(out: WordWriter, paper: ScopingNote) -> None:
    lang = paper.head.lang
    if paper.terms:
        out.heading(f"{word('terms', lang)}{out.colon} {paper.first}")
        out.table(
            [word(key, lang) for key in ("verdict", "requirement", "given", "clause")],
            [
                (_sign(term.outcome, lang), term.label, term.answer, term.sources)
                for term in paper.terms
            ],
        )
        out.cut(paper.cut["terms"])
    out.heading(f"{word('duties', lang)}{out.colon} {paper.first}")
    if paper.duties:
        out.table(
            [word("when", lang), word("duty", lang)],
            [(group.title.capitalize(), group.duties) for group in paper.duties],
        )
        out.cut(paper.cut["duties"])
    else:
        out.paragraph(word("no-duty", lang))
