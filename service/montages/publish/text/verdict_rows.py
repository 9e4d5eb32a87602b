"""The verdicts of an assessment as rows, one for each contract in law: for the terminal and the page.

Rows stand under their verdict; those that are lawful and hardly sensible come last, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from montages.assessment.arrangement_result import ArrangementResult
from montages.assessment.assessment import Assessment
from montages.assessment.conclusions import UnitAssessment
from montages.assessment.ranking import Row
from montages.assessment.wording import lower
from montages.publish.text.assessment_rows import fit
from montages.publish.text.duty_lines import due_names
from montages.publish.text.reasons import Reason, reasons
from montages.publish.text.signs import VERDICT_SIGNS

FOLDED = "folded"
# Verdicts of which one word is enough a row: what closes many is told once.
BRIEFLY = ("closed-by-choice", "closed", FOLDED)


@dataclass(frozen=True)
class VerdictRow:
    """One contract in law as a line of a table; `result` is the arrangement that stands for it."""

    result: ArrangementResult
    name: str
    group: str
    fit: str
    reasons: tuple[Reason, ...]
    duties: tuple[str, ...]
    contracts: frozenset[str]
    anchor: str


def group(result: ArrangementResult) -> str:
    """Return what a result stands under: its verdict, or among those hardly sensible."""
    return FOLDED if result.folded else result.verdict.value


def contract_rows(assessment: Assessment, lang: str) -> list[VerdictRow]:
    """Return the contracts of an assessment, best first, one row each."""
    return [_row(assessment, row, lang) for row in assessment.rows]


def detailed(assessment: Assessment) -> list[ArrangementResult]:
    """Return the results to tell in full, best first: what stands for each row, each contract once."""
    shown = {row.shown.arrangement.slug: row.shown for row in assessment.rows}
    out: dict[str, ArrangementResult] = {}
    for row in assessment.rows:
        for result in (row.shown, *row.results):
            slug = result.arrangement.slug
            out.setdefault(slug, shown.get(slug, result))
    return list(out.values())


def _row(assessment: Assessment, row: Row, lang: str) -> VerdictRow:
    result = row.shown
    return VerdictRow(
        result,
        result.arrangement.label[lang],
        group(result),
        fit(result),
        reasons(assessment, result, lang, assessment.answer.common),
        due_names(result.duties, lang) if result.verdict.open else (),
        frozenset(r.arrangement.slug for r in row.results),
        result.arrangement.slug,
    )


def by_verdict(rows: Iterable[VerdictRow]) -> list[tuple[str, list[VerdictRow]]]:
    """Return rows under their verdicts, best verdict first, verdicts without rows left out."""
    groups: dict[str, list[VerdictRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def alike(rows: Iterable[VerdictRow]) -> list[tuple[tuple[Reason, ...], list[VerdictRow]]]:
    """Return rows under the reasons they share, in the order of the first of each."""
    groups: dict[tuple[Reason, ...], list[VerdictRow]] = {}
    for row in rows:
        groups.setdefault(row.reasons, []).append(row)
    return list(groups.items())


def names_by_verdict(
    results: Iterable[ArrangementResult], lang: str, kind: str
) -> list[tuple[str, list[str]]]:
    """Return the names of the arrangements of a kind under their verdicts, best verdict first.

    Those that no answer concerns yet are left out: see `unasked`.
    """
    groups: dict[str, list[str]] = {}
    for result in results:
        if result.arrangement.kind == kind and _concerned(result):
            groups.setdefault(group(result), []).append(result.arrangement.label[lang])
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def unasked(results: Iterable[ArrangementResult], lang: str, kinds: Sequence[str]) -> list[str]:
    """Return the names of the open arrangements of some kinds that no answer concerns yet."""
    return [
        result.arrangement.label[lang]
        for kind in kinds
        for result in results
        if result.arrangement.kind == kind and result.verdict.open and not _concerned(result)
    ]


def _concerned(result: ArrangementResult) -> bool:
    """Tell whether some gate of an arrangement's own reads an answer."""
    slug = result.arrangement.slug
    own = [c for c in result.checks if c.requirement.hard and c.requirement.arrangement == slug]
    return any(check.given or check.asserted for check in own)


def unit_names(unit: UnitAssessment, lang: str) -> list[tuple[str, list[str]]]:
    """Return the names of the contracts of one unit under their verdicts, best verdict first."""
    groups: dict[str, list[str]] = {}
    for row in unit.rows:
        groups.setdefault(group(row.shown), []).append(row.shown.arrangement.label[lang])
    return [(name, groups[name]) for name in VERDICT_SIGNS if name in groups]


def counted(name: str, number: int, lang: str) -> str:
    """Return how many contracts a verdict has: `2 conviennent à condition`."""
    sign = VERDICT_SIGNS[name]
    return f"{number} {lower((sign.many if number > 1 else sign.one)[lang])}"
