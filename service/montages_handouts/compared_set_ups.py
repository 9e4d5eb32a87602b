"""The set-ups that a note compares: those open, a line each with terms; what tells them apart; the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from montages.advice.comparison import ComparedCriterion, comparison
from montages.assessment.arrangement_result import ArrangementResult, Check
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import Conclusions
from montages.publish.text import checklist
from montages.publish.text.assessment_rows import fit
from montages.publish.text.reasons import Reason, reasons
from montages.publish.text.signs import OUTCOME_SIGNS, VERDICT_SIGNS
from montages.publish.text.verdict_rows import BriefGroup, brief_groups, group

# What weighs most in a cell that several requirements fill.
_GRAVEST = tuple(OUTCOME_SIGNS)


@dataclass(frozen=True)
class ComparedSetUp:
    """A contract with its verdict, the share of suitability criteria it meets, and what it rests on."""

    name: str
    verdict: str
    symbol: str
    words: str
    fit: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class DistinctCriterion:
    """A criterion that tells contracts apart: the answer to it, then the outcome for each of them."""

    label: str
    answer: str
    outcomes: tuple[str, ...]


@dataclass(frozen=True)
class ComparedSetUps:
    """The contracts side by side, the criteria that tell them apart, and the groups of those left aside."""

    set_ups: tuple[ComparedSetUp, ...]
    criteria: tuple[DistinctCriterion, ...]
    aside: tuple[BriefGroup, ...]


def compared_set_ups(assessment: Assessment, lang: str, criteria: int) -> ComparedSetUps:
    """Return the best contracts of an assessment side by side, with so many criteria at most."""
    compared = comparison(assessment, differences_only=True)
    names = [result.arrangement.slug for result in compared.contracts]
    rows = [_criterion(row, names, lang) for row in _telling(compared.criteria)]
    aside = (
        brief_group
        for brief_group in brief_groups(assessment.conclusions, lang)
        if brief_group.name in _ASIDE
    )
    others = (_without(brief_group, frozenset(names)) for brief_group in aside)
    return ComparedSetUps(
        tuple(_set_up(assessment.conclusions, result, lang) for result in compared.contracts),
        tuple(rows[:criteria]),
        tuple(brief_group for brief_group in others if brief_group.lines),
    )


_ASIDE = ("closed-by-choice", "closed", "folded")


def _without(aside: BriefGroup, compared: frozenset[str]) -> BriefGroup:
    """Return a group without the contracts that stand side by side already."""
    lines = (
        replace(line, rows=tuple(row for row in line.rows if not row.contracts & compared))
        for line in aside.lines
    )
    return replace(aside, lines=tuple(line for line in lines if line.rows))


def _set_up(conclusions: Conclusions, result: ArrangementResult, lang: str) -> ComparedSetUp:
    name = group(result)
    sign = VERDICT_SIGNS[name]
    return ComparedSetUp(
        result.arrangement.label[lang],
        name,
        sign.symbol,
        sign.one[lang],
        fit(result),
        reasons(conclusions, result, lang),
    )


def _telling(rows: Sequence[ComparedCriterion]) -> list[ComparedCriterion]:
    """Return the criteria that differ, those that the law reads and that are answered first."""
    return sorted(
        (row for row in rows if any(_hard(row))),
        key=lambda row: (not any(c.given for c in row.answered), -len(list(_hard(row)))),
    )


def _hard(row: ComparedCriterion) -> list[Check]:
    return [c for checks in row.checks.values() for c in checks if c.requirement.hard]


def _criterion(row: ComparedCriterion, names: Sequence[str], lang: str) -> DistinctCriterion:
    answers = dict.fromkeys(checklist.answer(check, lang) for check in row.answered)
    return DistinctCriterion(
        row.criterion.label[lang],
        " / ".join(answers),
        tuple(_gravest([c for c in row.checks[name] if c.requirement.hard]) for name in names),
    )


def _gravest(checks: Sequence[Check]) -> str:
    return min((c.outcome for c in checks), key=_GRAVEST.index, default="")
