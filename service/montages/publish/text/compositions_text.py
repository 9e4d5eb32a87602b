"""Whole set-ups in the terminal: each with its verdict, its contracts, their part of the project."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType

from montages.advice.compose.composition import (
    Composition,
    Compositions,
    conditions,
    contracts_apart,
)
from montages.advice.compose.contract_parts import ContractPart
from montages.assessment.wording import enumerated, lower
from montages.bilingual import message
from montages.knowledge.periods import Rules
from montages.publish.text.messages import plural_of
from montages.publish.text.signs import DUE_WORDS, PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon

_SET_UPS = message("Whole set-ups: {} out of {}")
_ALL = message("the whole project")
_BY = message("award")
_BUYS = message("what it buys by")
_APART = message("apart")
_AROUND = message("with")
_HARDLY = message("hardly sensible")
_UNCOVERED = message(
    "No whole set-up: nothing is open for {}. See what would open it: montages what-if."
)


def compositions_text(composed: Compositions, lang: str, *, whole: bool) -> Group:
    """Return whole set-ups, best first; `whole`: with their duties."""
    assessment = composed.assessment
    head = _SET_UPS[lang].format(len(composed.compositions), composed.count)
    parts: list[RenderableType] = [
        Line(assessment.premises.label[lang], style="bold"),
        Line(f"{head}{'+' * composed.more}", style="dim"),
    ]
    if composed.prohibition is not None:
        parts.append(Line(assessment.answer.headline[lang]))
    if composed.uncovered:
        labels = {unit.unit.id: unit.unit.label[lang] for unit in assessment.conclusions.units}
        names = enumerated([lower(labels[unit]) for unit in composed.uncovered], lang)
        parts.append(Line(_UNCOVERED[lang].format(names)))
    for number, composition in enumerate(composed.compositions, 1):
        parts += [Line(""), _head(number, composition, lang)]
        for part in composition.parts:
            lines = _part(part, len(assessment.conclusions.units), composed.rules, lang, whole)
            parts.append(indent(lines))
    parts += [Line(sentence[lang], style="dim") for sentence in composed.cut]
    return Group(*parts)


def _head(number: int, composition: Composition, lang: str) -> Line:
    sign = VERDICT_SIGNS[composition.verdict.value]
    line = Line(f"{number:>2}. ").append(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)
    contracts = plural_of(composition.contracts, "contract", lang)
    counts = f"{contracts}, {plural_of(composition.interfaces, 'interface', lang)}"
    line.append(f" · {counts}", style="dim")
    if any(part.of.folded for part in composition.parts):
        line.append(f" · {_HARDLY[lang]}", style="dim")
    return line


def _part(
    part: ContractPart, units: int, rules: Rules, lang: str, whole: bool
) -> list[RenderableType]:
    where = _ALL[lang]
    if len(part.units) < units:
        where = enumerated([unit.unit.label[lang] for unit in part.units], lang)
    line = Line(part.result.arrangement.label[lang], style="bold")
    line.append(f"{colon(lang)} {where}", style="default")
    terms = [Line(condition[lang]) for condition in conditions(part, rules)]
    return [line, indent([*terms, *_around(part, rules, lang, whole)])]


def _around(part: ContractPart, rules: Rules, lang: str, whole: bool) -> Iterator[Line]:
    """Yield how a part is awarded, what goes with it, what is bought beside it; `whole`: its duties."""
    if part.procedure is not None and part.procedure.procedure is not None:
        name = lower(part.procedure.arrangement.label[lang])
        sign = PROCEDURE_SIGNS[part.procedure.procedure.value]
        yield Line(f"{_BY[lang]}{colon(lang)} {name} ({sign.one[lang]})", style="dim")
    if around := [*part.channels, *part.vehicles]:
        names = ", ".join(lower(result.arrangement.label[lang]) for result in around)
        yield Line(f"{_AROUND[lang]}{colon(lang)} {names}", style="dim")
    for contract in contracts_apart(part, rules):
        yield Line(f"{_APART[lang]}{colon(lang)} {contract[lang]}")
    if part.buys is not None:
        name = lower(part.buys.result.arrangement.label[lang])
        yield Line(f"{_BUYS[lang]}{colon(lang)} {name}")
    if whole:
        for duty in part.duties:
            when = DUE_WORDS[duty.requirement.due_at or ""][lang]
            yield Line(f"– {duty.requirement.label[lang]} ({when})", style="dim")
