"""The few lines under the answer: what to verify, what was retained, what is presumed.

The terminal and the page show the same ones, in the same order, five at most (R40).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.assessment.wording import enumerated, facts_text, lower
from montages.knowledge import logic
from montages.knowledge.law import Requirement
from montages.knowledge.model import Attention
from montages.knowledge.periods import Rules
from montages.publish.text import assessment_rows, presumed_lines, procedure_lines
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason
from montages.publish.text.signs import KIND_TITLES, RETAINED_TITLES, VERDICT_SIGNS
from montages.publish.text.typography import colon

_MOST = 5
# Points of attention that a line tells in full: of the project, of every purchase.
_CAUTIONS, _GENERAL = 2, 1


@dataclass(frozen=True)
class AnswerLine:
    """A line under the answer: its kind, its title, and what it says with the clauses behind it."""

    kind: str
    title: str
    reasons: tuple[Reason, ...]


def answer_lines(assessment: Assessment, lang: str) -> list[AnswerLine]:
    """Return the lines under the answer, the most pressing first."""
    conclusions, cautions = assessment.conclusions, _cautions(assessment.conclusions, lang)
    lines = _forbidden(conclusions, lang) + _steps(conclusions, lang)
    lines = lines[: _MOST - 1 - len(cautions)] + cautions
    lines += _retained(assessment, lang) + _calendar(conclusions, lang)
    if around := _around(conclusions, lang):
        lines.append(AnswerLine("around", phrase("around", lang), tuple(around)))
    presumed = presumed_lines.in_short(conclusions, lang)
    last = [AnswerLine("presumed", phrase("presumed", lang), (presumed,))] if presumed else []
    lines += [*_notes(conclusions, lang), *_in_general(conclusions, lang)]
    return [*lines[: _MOST - len(last)], *last]


def between(before: Sequence[Reason], lang: str) -> str:
    """Return what stands between what a line has said and what it says next."""
    if not before:
        return ""
    return " " if before[-1].text.endswith("?") else " ; " if lang == "fr" else "; "


def _forbidden(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what the law forbids whatever the contract, with its clauses: the answer says why."""
    prohibition = conclusions.answer.prohibition
    if prohibition is None:
        return []
    return [
        AnswerLine(
            "forbidden",
            phrase("forbidden", lang),
            (Reason(prohibition.label[lang], prohibition.sources),),
        )
    ]


def _cautions(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what the facts of the project forbid to do, then what they ask to see to first."""
    cautions = conclusions.answer.cautions
    lines = [("avoid", "to-avoid", cautions.avoid), ("plan", "to-plan", cautions.warnings)]
    return [
        AnswerLine(kind, phrase(title, lang), _texts(points, lang))
        for kind, title, points in lines
        if points
    ]


def _in_general(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what not to do whatever the project, where its own facts forbid nothing."""
    answer = conclusions.answer
    if answer.cautions.avoid or not answer.cautions.general or answer.names_none:
        return []
    return [
        AnswerLine(
            "avoid", phrase("to-avoid", lang), _texts(answer.cautions.general[:_GENERAL], lang)
        )
    ]


def _texts(points: Sequence[Attention], lang: str) -> tuple[Reason, ...]:
    return (Reason(" ".join(point.text[lang] for point in points[:_CAUTIONS])),)


def _steps(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    lines = []
    for step in conclusions.answer.steps:
        reasons = [Reason(action.text[lang]) for action in step.actions]
        if step.kind == "open":
            reasons = [Reason(enumerated([reason.text for reason in reasons], lang))]
        # Where to turn for a fact is a sentence of its own: a line for each.
        apart = step.kind == "find-out"
        groups = [(reason,) for reason in reasons] if apart else [tuple(reasons)]
        lines += [AnswerLine(step.kind, step.title[lang], group) for group in groups]
    return lines


def _calendar(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return how long it takes, where a contract is named."""
    months = conclusions.answer.calendar
    if months is None or conclusions.answer.names_none:
        return []
    return [AnswerLine("calendar", phrase("calendar", lang), (Reason(months.sentence[lang]),))]


def _retained(assessment: Assessment, lang: str) -> list[AnswerLine]:
    """Return a line for each contract that was really retained, with its verdict."""
    first = assessment.answer.first
    mine = {result.arrangement.slug for result in first.results} if first else set()
    lines = []
    for retained in assessment.coherence.retained_contracts:
        same = retained.contract in mine
        name = phrase("same", lang) if same else assessment_rows.retained_name(retained, lang)
        verdict = lower(VERDICT_SIGNS[retained.verdict.value].one[lang])
        reason = Reason(f"{name}{colon(lang)} {verdict}")
        lines.append(AnswerLine("retained", RETAINED_TITLES[retained.kind][lang], (reason,)))
    return lines


def _notes(conclusions: Conclusions, lang: str) -> list[AnswerLine]:
    """Return what to mind with the contract named or the nearest, then with the procedure advised."""
    return [
        AnswerLine("mind", phrase("to-know", lang), (Reason(point.text[lang], point.sources[:1]),))
        for point in procedure_lines.notes_to_answer(conclusions.answer)
    ]


def _around(conclusions: Conclusions, lang: str) -> list[Reason]:
    """Return where each arrangement around the contract stands that an answer calls for, by which clause."""
    rules = conclusions.premises.rules
    reasons = []
    for result in conclusions.verdicts:
        if result.arrangement.kind not in KIND_TITLES:
            continue
        own = [
            r
            for r in rules.effective(result.arrangement.slug)
            if r.hard and r.arrangement == result.arrangement.slug
        ]
        if called_for := [r for r in own if _is_called_for(r, conclusions, rules)]:
            reasons.append(Reason(_standing(result, rules, lang), called_for[0].sources[:1]))
    return reasons


def _is_called_for(requirement: Requirement, conclusions: Conclusions, rules: Rules) -> bool:
    """Tell whether an answer that no contract reads meets a requirement, or the condition it has."""
    return any(
        logic.met(clause, unit.unit.answers, rules)
        and unit.unit.answer(clause.criterion).state == "explicit"
        for clause in (requirement.own, *(c for when in requirement.when for c in when.clauses))
        if clause.criterion not in _read_by_contracts(rules)
        for unit in conclusions.units
    )


@cache
def _read_by_contracts(rules: Rules) -> frozenset[str]:
    """Return the criteria that the gates of some contract read."""
    contracts = (a.slug for a in rules.proposed() if a.kind == "contract")
    gates = (r for slug in contracts for r in rules.effective(slug) if r.hard)
    return frozenset(clause.criterion for gate in gates for clause in gate.clauses())


def _standing(result: ArrangementResult, rules: Rules, lang: str) -> str:
    """Return an arrangement with its verdict and what is to be verified of it."""
    verdict = lower(VERDICT_SIGNS[result.verdict.value].one[lang])
    facts = facts_text(result.to_verify, rules)[lang]
    standing = f"{verdict} {facts}" if facts else verdict
    return f"{result.arrangement.label[lang]}{colon(lang)} {standing}"
