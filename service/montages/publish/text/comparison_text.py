"""Contracts beside each other: in words for every door (R24, R50), in the terminal by criterion too.

What a contract asks beyond the answer is the decisions that the answer does not have; months are those of
practice, and the procedure with its amounts is told as the answer tells its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rich.console import Group, RenderableType

from montages.advice.comparison import ComparedCriterion, Comparison
from montages.assessment.answer.calendar import calendar, months_text
from montages.assessment.answer.named_rows import NamedContract
from montages.assessment.answer.row_duties import deciding_duties, due_duties
from montages.assessment.answer.sentences import award_sentence
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Check
from montages.assessment.conclusions import Conclusions
from montages.assessment.ranking import row_of
from montages.assessment.wording import enumerated, lower
from montages.bilingual import message
from montages.knowledge.law import Duty
from montages.knowledge.periods import Rules
from montages.publish.text.assessment_rows import better, better_if
from montages.publish.text.checklist import answer, citation
from montages.publish.text.messages import and_others, phrase, plural_of
from montages.publish.text.reasons import Reason, reasons
from montages.publish.text.signs import OUTCOME_SIGNS, VERDICT_SIGNS
from montages.publish.text.tables import reason_line
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon, semicolon

# So many decisions of a contract are told, the others counted.
_TOLD = 4
_OF_THE_ANSWER = message("the contract of the answer")
_MONTHS, _BEYOND = message("Usual time"), message("Beyond the answer")


@dataclass(frozen=True)
class SetUpInWords:
    """A contract in words: whether the answer names it, what it is better for, where it stands and asks.

    `lines` are the terms, what is to be verified or what closes it, then its procedure, its months and what
    has to be decided; where the answer does not name it, only what has to be decided beyond the answer.
    """

    result: ArrangementVerdict
    of_the_answer: str
    better: str
    lines: tuple[Reason, ...]


def set_ups_in_words(compared: Comparison, lang: str) -> list[SetUpInWords]:
    """Return the contracts of a comparison in words, in its order."""
    conclusions = compared.assessment.conclusions
    return [_in_words(result, conclusions, lang) for result in compared.contracts]


def _in_words(result: ArrangementVerdict, conclusions: Conclusions, lang: str) -> SetUpInWords:
    answer, rules = conclusions.answer, conclusions.premises.rules
    named, own = _as_a_row(result, conclusions)
    standing = reasons(conclusions, result, lang, () if own else answer.common)
    lines = [Reason(f"{line.text.rstrip('.')}.", line.sources) for line in standing]
    if result.verdict.open or result.reopens_to:
        lines += _asks(named, own, conclusions, lang)
    better = better_if(result, rules, lang)
    return SetUpInWords(result, _OF_THE_ANSWER[lang] if own else "", better, tuple(lines))


def _asks(named: NamedContract, own: bool, conclusions: Conclusions, lang: str) -> Iterator[Reason]:
    """Yield the procedure of a contract with its months, then what has to be decided."""
    labels = {duty.label for duty in conclusions.answer.due}
    deciding = [
        d for d in deciding_duties(due_duties(named.duties)) if own or d.label not in labels
    ]
    sentences = [award_sentence(named)[lang]]
    if lasting := calendar(named):
        months = months_text((lasting.least, lasting.most), lang)
        sentences.append(f"{_MONTHS[lang]}{colon(lang)} {months}.")
    yield from (Reason(text) for text in [" ".join(filter(None, sentences))] if text)
    if deciding:
        title = phrase("decides", lang) if own else _BEYOND[lang]
        yield Reason(f"{title}{colon(lang)} {_listed(deciding, lang)}.")


def _as_a_row(result: ArrangementVerdict, conclusions: Conclusions) -> tuple[NamedContract, bool]:
    """Return the row of the answer that names a contract, else one as if it did; and whether it does."""
    answer = conclusions.answer
    for named in answer.rows:
        if named.row.shown.arrangement.slug == result.arrangement.slug:
            return named, not answer.names_none
    row = next(row for row in conclusions.rows if row.slug == row_of(result))
    return NamedContract(replace(row, shown=result), conclusions.parts.project), False


def _listed(duties: Sequence[Duty], lang: str) -> str:
    labels = [lower(duty.label[lang]) for duty in duties[:_TOLD]]
    if len(duties) > _TOLD:
        labels.append(and_others(len(duties) - _TOLD, lang))
    return semicolon(lang).join(labels)


_ACCEPTS = message("accepts")
_PREFERS = message("prefers")
_NOTHING = message("says nothing of it")
_HIDDEN = message(" (not shown)")
_NOT_COVERED = message("What this comparison does not cover")
_UNREAD = message("answers that none of these contracts reads")


def comparison_text(compared: Comparison, lang: str, *, whole: bool) -> Group:
    """Return contracts side by side; `whole`: with the reading of each requirement."""
    assessment = compared.assessment
    parts: list[RenderableType] = [
        Line(assessment.premises.label[lang], style="bold"),
        Line(assessment.answer.headline[lang]),
    ]
    for one in set_ups_in_words(compared, lang):
        parts += [Line(""), *_told(one, assessment.premises.rules, lang)]
    for row in compared.criteria:
        parts += [Line(""), *_row(row, compared, lang, whole)]
    alike = plural_of(compared.alike, "alike", lang)
    hidden = _HIDDEN[lang] if compared.differences_only else ""
    parts += [Line(""), Line(f"{alike}{hidden}.", style="dim")]
    parts += _not_covered(compared, lang)
    parts += [Line(sentence[lang], style="dim") for sentence in compared.cut]
    return Group(*parts)


def _told(one: SetUpInWords, rules: Rules, lang: str) -> list[RenderableType]:
    sign = VERDICT_SIGNS[one.result.verdict.value]
    head = Line(f"{sign.symbol} ", style=sign.colour)
    head.append(one.result.arrangement.label[lang], style="bold")
    head.append(f" ({one.of_the_answer})" if one.of_the_answer else "", style="dim")
    suits = [Line(better(one.result, rules, lang))] if one.better else []
    return [head, indent([*suits, *(reason_line(line, lang) for line in one.lines)])]


def _row(
    row: ComparedCriterion, compared: Comparison, lang: str, whole: bool
) -> list[RenderableType]:
    given = " / ".join(dict.fromkeys(answer(check, lang) for check in row.answered))
    head = Line(row.criterion.label[lang], style="bold")
    head.append(f"{colon(lang)} {given}", style="default")
    lines: list[RenderableType] = []
    for result in compared.contracts:
        checks = row.checks[result.arrangement.slug]
        lines += [_cell(check, result, lang) for check in checks]
        if not checks:
            name = result.arrangement.label[lang]
            lines.append(Line(f"– {name} {_NOTHING[lang]}", style="dim"))
        if whole:
            lines += [indent([Line(c.requirement.reading[lang], style="dim")]) for c in checks]
    return [head, indent(lines)]


def _cell(check: Check, result: ArrangementVerdict, lang: str) -> Line:
    sign, requirement = OUTCOME_SIGNS[check.outcome], check.requirement
    word = (_ACCEPTS if requirement.hard else _PREFERS)[lang]
    line = Line(f"{sign.symbol} ", style=sign.colour)
    line.append(
        f"{result.arrangement.label[lang]} {word}{colon(lang)} {lower(check.accepted[lang])}  ",
        style="default",
    )
    if check.outcome == "not-applicable":
        line.append(f"({sign.one[lang]}) ", style="dim")
    return line.append(citation(requirement.sources[0], lang))


def _not_covered(compared: Comparison, lang: str) -> list[RenderableType]:
    lines: list[RenderableType] = []
    if compared.unread:
        names = enumerated([lower(criterion.label[lang]) for criterion in compared.unread], lang)
        lines.append(Line(f"– {_UNREAD[lang]}{colon(lang)} {names}"))
    lines.append(Line(f"– {compared.assessment.premises.scope[lang]}"))
    return [Line(f"{_NOT_COVERED[lang]}{colon(lang)}", style="bold"), indent(lines)]
