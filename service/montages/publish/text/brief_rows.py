"""The contracts of an assessment in a line each, as the terminal and the page group them (R40).

What the answer on top says already is not said again; what closes several contracts is said once; those that
are lawful and hardly sensible are folded into one line.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from montages.assessment.answer.next_steps import nothing_stated
from montages.assessment.assessment import Assessment
from montages.knowledge.logic import Verdict
from montages.publish.text import presumed_lines, verdict_rows
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import Reason, common_facts
from montages.publish.text.signs import VERDICT_TITLES
from montages.publish.text.verdict_rows import FOLDED, VerdictRow

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


def brief_groups(assessment: Assessment, lang: str) -> list[BriefGroup]:
    """Return the contracts in their groups, groups without any left out."""
    rows = verdict_rows.contract_rows(assessment, lang)
    bare = nothing_stated([each.unit for each in assessment.units])
    groups = []
    for name, verdicts in _GROUPS.items():
        if members := [row for row in rows if row.group in verdicts]:
            title = _title(name, assessment, bare, lang)
            waiting = name == "to-verify" and not bare and assessment.answer.common
            notes = tuple(_notes(assessment, lang)) if waiting else ()
            groups.append(
                BriefGroup(name, title, tuple(_lines(name, members, assessment, bare, lang)), notes)
            )
    return groups


def best_told(groups: Sequence[BriefGroup], most: int = _TOLD) -> list[BriefGroup]:
    """Return groups of which so many open contracts are told one by one, the best; the others by name."""
    out = []
    for group in groups:
        if group.name in verdict_rows.BRIEFLY:
            out.append(group)
            continue
        alone = [line for line in group.lines if len(line.rows) == 1]
        told, most = alone[:most], max(0, most - len(alone))
        rest = tuple(row for line in group.lines if line not in told for row in line.rows)
        out.append(replace(group, lines=(*told, *([BriefRow(rest, ())] if rest else []))))
    return out


def _title(name: str, assessment: Assessment, bare: bool, lang: str) -> str:
    """Return what stands above a group; where no contract is named first, none is said to fit."""
    if name == "fits":
        return phrase("what-fits" if assessment.answer.first else "left-open", lang)
    waiting = bare and name == "to-verify"
    return phrase("still-open", lang) if waiting else VERDICT_TITLES[name][lang]


def _notes(assessment: Assessment, lang: str) -> Iterable[Reason]:
    """Return what all wait for, unless the answer says it, and where to look for it."""
    if assessment.answer.first is None:
        yield Reason(common_facts(assessment, lang))
    yield from presumed_lines.where_to_look(assessment, lang)


def _lines(
    name: str, rows: Sequence[VerdictRow], assessment: Assessment, bare: bool, lang: str
) -> Iterable[BriefRow]:
    if bare or name == FOLDED:
        return [BriefRow(tuple(rows), ())]
    if name in verdict_rows.BRIEFLY:
        return [BriefRow(tuple(same), why) for why, same in verdict_rows.alike(rows)]
    lines = [BriefRow((row,), tuple(_why(row, assessment, lang))) for row in rows[:_TOLD]]
    return [*lines, BriefRow(tuple(rows[_TOLD:]), ())] if rows[_TOLD:] else lines


def _why(row: VerdictRow, assessment: Assessment, lang: str) -> Iterable[Reason]:
    """Return what an open contract rests on, nothing for those that the answer is about."""
    named = () if assessment.answer.undecided else assessment.answer.rows
    if any(each.row.shown is row.result for each in named):
        return
    unsaid = phrase("ordinary-terms", lang), phrase("nothing-else", lang)
    fits = row.result.verdict is Verdict.FITS
    for reason in row.reasons:
        if reason.text not in unsaid:
            # The title of the group says already that this is to be verified.
            text = reason.text.removeprefix(f"{phrase('to-find-out', lang)} ")
            yield Reason(text, () if fits else reason.sources)
    if row.duties:
        yield Reason(f"{phrase('to-do', lang)} {', '.join(row.duties)}")
