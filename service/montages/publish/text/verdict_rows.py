"""The verdicts of an assessment as rows, one for each contract in law: for the terminal and the page.

Rows stand under their verdict, or in the groups of what is told in short (R40): what the answer on top says
already is not said again, what closes several contracts is said once, and those that are lawful and hardly
sensible come last, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from montages.assessment.answer.next_steps import nothing_stated
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.conclusions import Conclusions
from montages.assessment.parts import Part
from montages.assessment.wording import lower
from montages.knowledge.logic import Verdict
from montages.publish.text.assessment_rows import better
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason, common_facts, reasons
from montages.publish.text.signs import VERDICT_SIGNS, VERDICT_TITLES, under_signs

FOLDED = "folded"
# Verdicts of which one word is enough a row: what closes many is told once.
BRIEFLY = ("closed-by-choice", "closed", FOLDED)


@dataclass(frozen=True)
class VerdictRow:
    """One contract in law as a line of a table; `result` is the arrangement that stands for it."""

    result: ArrangementVerdict
    name: str
    group: str
    better: str
    reasons: tuple[Reason, ...]
    contracts: frozenset[str]
    anchor: str


def group(result: ArrangementVerdict) -> str:
    """Return what a result stands under: its verdict, or among those hardly sensible."""
    return FOLDED if result.folded else result.verdict.value


def contract_rows(conclusions: Conclusions, lang: str) -> list[VerdictRow]:
    """Return the contracts of an assessment, best first, one row each."""
    rules, common = conclusions.premises.rules, conclusions.answer.common
    return [
        VerdictRow(
            row.shown,
            row.shown.arrangement.label[lang],
            group(row.shown),
            better(row.shown, rules, lang),
            tuple(reasons(conclusions, row.shown, lang, common)),
            frozenset(result.arrangement.slug for result in row.results),
            row.shown.arrangement.slug,
        )
        for row in conclusions.rows
    ]


def detailed(conclusions: Conclusions) -> list[ArrangementVerdict]:
    """Return the results to tell in full, best first: what stands for each row, each contract once."""
    row_results = {row.shown.arrangement.slug: row.shown for row in conclusions.rows}
    out: dict[str, ArrangementVerdict] = {}
    for row in conclusions.rows:
        for result in (row.shown, *row.results):
            slug = result.arrangement.slug
            out.setdefault(slug, row_results.get(slug, result))
    return list(out.values())


def alike(rows: Iterable[VerdictRow]) -> list[tuple[tuple[Reason, ...], list[VerdictRow]]]:
    """Return rows under the reasons they share, in the order of the first of each."""
    groups: dict[tuple[Reason, ...], list[VerdictRow]] = {}
    for row in rows:
        groups.setdefault(row.reasons, []).append(row)
    return list(groups.items())


def names_by_verdict(
    results: Iterable[ArrangementVerdict], lang: str, kind: str
) -> list[tuple[str, list[str]]]:
    """Return the names of the arrangements of a kind under their verdicts, best verdict first.

    Those that no answer concerns yet are left out: see `unasked`.
    """
    return under_signs(
        (group(result), result.arrangement.label[lang])
        for result in results
        if result.arrangement.kind == kind and _concerned(result)
    )


def unasked(results: Iterable[ArrangementVerdict], lang: str, kinds: Sequence[str]) -> list[str]:
    """Return the names of the open arrangements of some kinds that no answer concerns yet."""
    return [
        result.arrangement.label[lang]
        for kind in kinds
        for result in results
        if result.arrangement.kind == kind and result.verdict.open and not _concerned(result)
    ]


def _concerned(result: ArrangementVerdict) -> bool:
    """Tell whether some gate of an arrangement's own reads an answer."""
    slug = result.arrangement.slug
    own = [c for c in result.checks if c.requirement.hard and c.requirement.arrangement == slug]
    return any(check.given or check.asserted for check in own)


def unit_names(unit: Part, lang: str) -> list[tuple[str, list[str]]]:
    """Return the names of the contracts of one unit under their verdicts, best verdict first."""
    return under_signs((group(row.shown), row.shown.arrangement.label[lang]) for row in unit.rows)


def counted(name: str, number: int, lang: str) -> str:
    """Return how many contracts a verdict has: `2 conviennent à condition`."""
    sign = VERDICT_SIGNS[name]
    return f"{number} {lower((sign.many if number > 1 else sign.one)[lang])}"


# The groups, in the order in which one reads them: what fits, with terms or without, is one.
_GROUPS = {
    "fits": ("fits", "fits-on-terms"),
    "to-verify": ("to-verify",),
    "closed-by-choice": ("closed-by-choice",),
    "closed": ("closed",),
    FOLDED: (FOLDED,),
}
# Of so many open contracts a group says what they wait for; of the others, the names.
_TOLD = 3


@dataclass(frozen=True)
class BriefRow:
    """Contracts that are told together, with the reasons they share."""

    rows: tuple[VerdictRow, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class BriefGroup:
    """The contracts under one title; `notes` say where to look for what all of them wait for."""

    name: str
    title: str
    lines: tuple[BriefRow, ...]
    notes: tuple[Reason, ...] = ()


def brief_groups(conclusions: Conclusions, lang: str) -> list[BriefGroup]:
    """Return the contracts in their groups, groups without any left out."""
    rows = contract_rows(conclusions, lang)
    bare = nothing_stated([unit.unit for unit in conclusions.units])
    groups = []
    for name, verdicts in _GROUPS.items():
        if members := [row for row in rows if row.group in verdicts]:
            title = VERDICT_TITLES[name][lang]
            if name == "fits":
                # Where no contract is named first, none is said to fit.
                title = phrase("what-fits" if conclusions.answer.first else "left-open", lang)
            elif bare and name == "to-verify":
                title = phrase("still-open", lang)
            waiting = name == "to-verify" and not bare and conclusions.answer.common
            notes = tuple(_group_notes(conclusions, lang)) if waiting else ()
            groups.append(
                BriefGroup(
                    name, title, tuple(_brief_rows(name, members, conclusions, bare, lang)), notes
                )
            )
    return groups


def _group_notes(conclusions: Conclusions, lang: str) -> Iterable[Reason]:
    """Return what all wait for, unless the answer says it, and where to look for it."""
    if conclusions.answer.first is None:
        yield Reason(common_facts(conclusions, lang))
    for noted in conclusions.premises.notes:
        yield Reason(noted.note.reading[lang], noted.note.sources[:1])


def _brief_rows(
    name: str, rows: Sequence[VerdictRow], conclusions: Conclusions, bare: bool, lang: str
) -> Iterable[BriefRow]:
    if bare or name == FOLDED:
        return [BriefRow(tuple(rows), ())]
    if name in BRIEFLY:
        return [BriefRow(tuple(same), why) for why, same in alike(rows)]
    lines = [BriefRow((row,), tuple(_why(row, conclusions, lang))) for row in rows[:_TOLD]]
    return [*lines, BriefRow(tuple(rows[_TOLD:]), ())] if rows[_TOLD:] else lines


def _why(row: VerdictRow, conclusions: Conclusions, lang: str) -> Iterable[Reason]:
    """Return what an open contract rests on, nothing for those that the answer is about."""
    named = () if conclusions.answer.undecided else conclusions.answer.rows
    if any(answer_row.row.shown is row.result for answer_row in named):
        return
    unsaid = phrase("ordinary-terms", lang), phrase("nothing-else", lang)
    fits = row.result.verdict is Verdict.FITS
    for reason in row.reasons:
        if reason.text not in unsaid:
            # The title of the group says already that this is to be verified.
            text = reason.text.removeprefix(f"{phrase('to-find-out', lang)} ")
            yield Reason(text, () if fits else reason.sources)
