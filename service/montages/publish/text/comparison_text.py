"""A comparison in the terminal: under each criterion the answer, then a line for each contract."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.advice.comparison import ComparedCriterion, Comparison
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import Check
from montages.assessment.wording import enumerated, lower
from montages.bilingual import message
from montages.knowledge.periods import Rules
from montages.publish.text.assessment_rows import better
from montages.publish.text.checklist import answer, citation
from montages.publish.text.messages import plural_of
from montages.publish.text.set_up_words import SetUpInWords, set_ups_in_words
from montages.publish.text.signs import OUTCOME_SIGNS, VERDICT_SIGNS
from montages.publish.text.tables import reason_line
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon

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
        parts += [Line(""), *_in_words(one, assessment.premises.rules, lang)]
    for row in compared.criteria:
        parts += [Line(""), *_row(row, compared, lang, whole)]
    alike = plural_of(compared.alike, "alike", lang)
    hidden = _HIDDEN[lang] if compared.differences_only else ""
    parts += [Line(""), Line(f"{alike}{hidden}.", style="dim")]
    lines: list[RenderableType] = []
    if compared.unread:
        names = enumerated([lower(criterion.label[lang]) for criterion in compared.unread], lang)
        lines.append(Line(f"– {_UNREAD[lang]}{colon(lang)} {names}"))
    lines.append(Line(f"– {compared.assessment.premises.scope[lang]}"))
    parts += [Line(f"{_NOT_COVERED[lang]}{colon(lang)}", style="bold"), indent(lines)]
    parts += [Line(sentence[lang], style="dim") for sentence in compared.cut]
    return Group(*parts)


def _in_words(one: SetUpInWords, rules: Rules, lang: str) -> list[RenderableType]:
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
            lines.append(Line(f"– {result.arrangement.label[lang]} {_NOTHING[lang]}", style="dim"))
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
