"""An interview in the terminal: a question with its answers, its help, what is presumed, what to find out."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType

from montages.advice.questions.interview import Interview, Question
from montages.advice.questions.parts_to_describe import DescribedPart
from montages.advice.questions.question_words import answer_words, why_asked, why_refined
from montages.assessment.wording import lower
from montages.bilingual import message, plural
from montages.description.address.address_answers import SummaryLine
from montages.publish.text.messages import plural_of
from montages.publish.text.typeset import Line, indent, link
from montages.publish.text.typography import colon

_SAID = message("Your answers:")
_UNDERSTOOD = message("Understood")
_NOTHING = message("Nothing of this sentence was understood: answer the questions.")
_NOT_UNDERSTOOD = message("Not understood")
_WHERE = message("Where to find the answer")
_UNKNOWN = message("I do not know", context="within a sentence")
_CHANGES_NOTHING = message("This changes nothing")
_NUMBER = message("A number, with its unit or without")
_SEVERAL = message("(several answers possible)")
_FIND_OUT = message("To find out first:")
_REFINE = message("To refine the ranking, without changing a verdict:")
_MORE = plural("and {n} more", "and {n} more")
# So many questions that refine are told.
_REFINED = 5
_NEXT = message("Questions to ask, in this order:")
_NONE = message("No answer that is asked can change the result any more.")
_STANDS = {
    "fits": (message("fits"), message("fit")),
    "fits-on-terms": (message("on terms"), message("on terms")),
    "to-verify": (message("to verify"), message("to verify")),
    "closed": (message("closed"), message("closed", context="several contracts")),
}
_CONTRACTS = message("Contracts")
_LEFT = message("{} at most, as things stand")


def part_text(part: DescribedPart, lang: str) -> Group:
    """Return a part to describe with its values, numbered from 1."""
    head = Line(part.question[lang], style="bold")
    if part.multiple:
        head.append(f" {_SEVERAL[lang]}", style="default")
    rows = [Line(f"{n:>3}  {v.label[lang]}") for n, v in enumerate(part.listed(lang), 1)]
    return Group(head, indent(rows))


def part_help_text(part: DescribedPart, lang: str) -> Group:
    """Return what a part to describe is about, and what each of its values means."""
    lines: list[RenderableType] = [Line(part.help[lang])]
    lines += [
        Line(f"– {v.label[lang]}{colon(lang)} {v.definition[lang]}") for v in part.listed(lang)
    ]
    return Group(indent(lines))


def question_text(
    question: Question, lang: str, where: str = "", *, in_doubt: bool = False
) -> Group:
    """Return a question with the answers it accepts, numbered from 1; 0 is "I do not know".

    `where` names the part of the project that it is about, if not the whole; where words `in_doubt` open the
    question, = is that they change nothing.
    """
    asked = question.criterion
    head = Line(f"{where}{colon(lang)} " if where else "").append(
        asked.question[lang], style="bold"
    )
    if asked.multiple:
        head.append(f" {_SEVERAL[lang]}", style="default")
    if asked.numeric_property:
        rows = [Line(f"     {_NUMBER[lang]} ({asked.unit[lang]})")]
    else:
        rows = [
            Line(f"{n:>3}  {change.value.label[lang]}")
            for n, change in enumerate(question.changes, 1)
        ]
    notes = [Line(note.note.reading[lang], style="dim") for note in question.notes]
    rows += [Line(f"  =  {_CHANGES_NOTHING[lang]}")] if in_doubt else []
    return Group(head, *notes, indent([*rows, Line(f"  0  {_UNKNOWN[lang]}")]))


def help_text(question: Question, interview: Interview, lang: str) -> Group:
    """Return why a question is asked, what it means, what each answer does, and its sources."""
    arrangements = interview.arrangements
    lines: list[RenderableType] = [Line(question.criterion.help[lang])]
    if question.waits:
        lines.insert(0, Line(why_asked(question.waits, arrangements)[lang]))
        lines += [
            Line(f"– {c.value.label[lang]}{colon(lang)} {answer_words(c, arrangements)[lang]}")
            for c in question.changes
        ]
    if where := question.criterion.where_to_turn[lang]:
        lines.append(Line(f"{_WHERE[lang]}{colon(lang)} {where}"))
    lines += [
        Line(source.label[lang], style=link(source.url)) for source in question.criterion.sources
    ]
    return Group(indent(lines))


def said_text(lines: Sequence[SummaryLine], lang: str) -> Group:
    """Return what a project says, numbered from 1, a line an answer."""
    rows = []
    for n, one in enumerate(lines, 1):
        where = f" ({one.where[lang]})" if one.where[lang] else ""
        line = Line(f"{n:>3}  {one.label[lang]}{where}{colon(lang)} ")
        rows.append(line.append(one.answer[lang], style="bold"))
    return Group(Line(_SAID[lang], style="bold"), indent(rows))


def understood_text(lines: Sequence[SummaryLine], not_understood: str, lang: str) -> Group:
    """Return what a sentence was understood as, on one line; then the words that nothing of ours says."""
    title = (_UNDERSTOOD if lines else _NOTHING)[lang]
    parts = [Line(f"{title}{colon(lang)} " if lines else title, style="bold")]
    answers = (
        one.answer[lang]
        if one.bare
        else f"{one.label[lang]}{colon(lang)} {lower(one.answer[lang])}"
        for one in lines
    )
    parts[0].append(" · ".join(answers), style="default")
    if not_understood:
        line = Line(f"{_NOT_UNDERSTOOD[lang]}{colon(lang)} ", style="bold yellow")
        parts.append(line.append(not_understood, style="default"))
    return Group(*parts)


def standings_line(interview: Interview, left: int, lang: str) -> Line:
    """Return how many contracts fit, are on terms, to verify and closed, and how many questions are left."""
    kinds = interview.arrangements
    verdicts = [v for slug, v in interview.standings.items() if kinds[slug].kind == "contract"]
    counts = {verdict: verdicts.count(verdict) for verdict in _STANDS}
    numbers = [f"{n} {_STANDS[v][n > 1][lang]}" for v, n in counts.items() if n]
    line = f"{_CONTRACTS[lang]}{colon(lang)} {', '.join(numbers)}"
    if left:
        line += f" · {_LEFT[lang].format(plural_of(left, 'question', lang))}"
    return Line(line, style="dim")


def to_refine_text(interview: Interview, lang: str) -> Group:
    """Return the first questions that refine the ranking, each with what it ranks; the others are counted."""
    rows = []
    for refinement in interview.to_refine[:_REFINED]:
        rows.append(Line(f"– {refinement.criterion.question[lang]} [{refinement.criterion.slug}]"))
        why = why_refined(refinement.refines, interview.arrangements)[lang]
        rows.append(Line(f"  {why}", style="dim"))
    if (more := len(interview.to_refine) - _REFINED) > 0:
        rows.append(Line(_MORE.fill(n=more)[lang], style="dim"))
    return Group(Line(_REFINE[lang], style="bold"), indent(rows))


def next_questions_text(interview: Interview, lang: str) -> Group:
    """Return the list of what to ask next, why, and what to find out."""
    parts: list[RenderableType] = [standings_line(interview, len(interview.questions), lang)]
    if interview.questions:
        parts.append(Line(_NEXT[lang], style="bold"))
    for n, question in enumerate(interview.questions, 1):
        parts.append(
            Line(f"{n:>3}  {question.criterion.question[lang]} [{question.criterion.slug}]")
        )
        why = why_asked(question.waits, interview.arrangements)[lang]
        parts.append(Line(f"     {why}", style="dim"))
    if interview.find_out:
        rows = []
        for fact in interview.find_out:
            sources = ", ".join(source.label[lang] for source in fact.criterion.sources)
            rows.append(Line(f"– {fact.criterion.question[lang]}"))
            rows.append(Line(f"  {fact.criterion.where_to_turn[lang]}"))
            rows.append(Line(f"  {sources}", style="dim"))
        parts.append(Group(Line(_FIND_OUT[lang], style="bold"), indent(rows)))
    if interview.done:
        parts.append(Line(_NONE[lang]))
    if interview.to_refine:
        parts.append(to_refine_text(interview, lang))
    return Group(*parts)
