"""The rows of the answer: the contract named for a project, or one for each of its parts (R41, R45).

Then the fork: the question that decides first where its answers are all ordinary for the use (R52).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TypedDict

from montages.assessment.answer.award import Award, award_of
from montages.assessment.answer.row_duties import row_duties
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import DutyResult
from montages.assessment.entry_types import VerdictKind
from montages.assessment.naming import lifting
from montages.assessment.parts import Part, Parts
from montages.assessment.ranking import Row
from montages.assessment.verdict.unit_verdict import ChangeEntry, Term
from montages.engine.units import Unit
from montages.json_schema import Slug
from montages.knowledge.logic import Verdict
from montages.knowledge.model import Criterion, Prohibition, Value
from montages.one_line import OneLine

# Layers are parts of a project where the answers stated of them differ on one of these (R45).
DIVIDING = (
    "running-contract",
    "operated-by",
    "counterparty",
    "remuneration",
    "exploitation-risk",
    "execution",
    "investment-funding",
    "competence-held",
    "market-availability",
)


@dataclass(frozen=True, eq=False)
class NamedContract(OneLine):
    """A contract named, and what is concluded of the units it is for."""

    row: Row
    part: Part

    @property
    def shown(self) -> ArrangementVerdict:
        """Return the verdict on the contract."""
        return self.row.shown

    @cached_property
    def award(self) -> Award:
        """Return the ways of awarding it."""
        return award_of(self.shown, self.part)

    @cached_property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return its duties and those of its award, in the order of doing."""
        return row_duties(self.shown, self.award)


class NearestEntry(TypedDict):
    """The contract that a change of answers brings closest."""

    contract: Slug | None
    row: Slug
    label: str
    changes: list[ChangeEntry]
    verdict: VerdictKind


@dataclass(frozen=True, eq=False)
class Nearest(OneLine):
    """A contract that changes of answers bring closest, and the verdict that they lead to."""

    row: Row
    changes: tuple[Term, ...]
    verdict: Verdict

    def to_json(self, lang: str) -> NearestEntry:
        """Return the contract and the changes as JSON."""
        return {
            "contract": self.row.contract,
            "row": self.row.slug,
            "label": self.row.shown.arrangement.label[lang],
            "changes": [change.change_json() for change in self.changes],
            "verdict": self.verdict,
        }


def named(concluded: Part) -> Row | None:
    """Return the row to name, None where nothing called or plain is open and sensible (R41, R42)."""
    first = next(iter(concluded.rows), None)
    return first if first is not None and first.named else None


def nearest(concluded: Part) -> Nearest | None:
    """Return the sensible contract that a change of choices brings closest, None where none does (R47)."""
    for row in concluded.rows:
        if (reopening := row.reopened) is not None:
            return Nearest(row, reopening.changes, reopening.verdict)
    return None


def once_lifted(prohibition: Prohibition, parts: Parts) -> Nearest | None:
    """Return what would be named once a prohibition is lifted, by what changes (R47)."""
    for pairs in lifting(prohibition, parts.rules):
        after = parts.supposing(pairs)
        row = named(after)
        if row is not None and not row.folded:
            changes = tuple(Term(criterion, (value,)) for criterion, value in pairs)
            return Nearest(row, changes, row.shown.verdict)
    return None


def answer_rows(parts: Parts) -> tuple[NamedContract, ...]:
    """Return a contract for the whole project where there is one, else one for each part that has one."""
    whole = parts.project
    first = named(whole)
    divisions = _joined(parts, divided(parts.units))
    if len(divisions) > 1 and (all(map(named, divisions)) or _dividing(parts.units)):
        return _named_for(divisions)
    if first is not None:
        return (NamedContract(first, whole),)
    if not any(row.shown.verdict.open for row in whole.rows):
        return _named_for(_joined(parts, [(unit,) for unit in parts.units]))
    return ()


def _named_for(parts: Iterable[Part]) -> tuple[NamedContract, ...]:
    return tuple(NamedContract(row, part) for part in parts if (row := named(part)) is not None)


def _joined(parts: Parts, groups: Sequence[tuple[Unit, ...]]) -> list[Part]:
    """Return the parts of a project: groups of units, those together that get the same contract."""
    alike: dict[str | None, list[Unit]] = {}
    for units in groups:
        row = named(parts.of(units))
        key = row.shown.arrangement.slug if row else None
        alike.setdefault(key, []).extend(units)
    return [parts.of([unit for unit in parts.units if unit in joined]) for joined in alike.values()]


def divided(units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """Return units in the groups that may have contracts of their own: perimeters, layers told otherwise."""
    groups, of = [], lambda unit: unit.perimeter or ""
    for _, group in groupby(sorted(units, key=of), key=of):
        groups += _told_apart(list(group))
    return groups


def _dividing(units: Sequence[Unit]) -> list[str]:
    """Return the criteria that divide units: while there are any, nothing is told for the whole."""
    return [name for name in DIVIDING if len(set(filter(None, _stated(units, name)))) > 1]


def _told_apart(units: Sequence[Unit]) -> list[tuple[Unit, ...]]:
    """Return units in groups that answer otherwise on what divides; what says nothing goes with most."""
    dividing = _dividing(units)
    if not dividing:
        return [tuple(units)]
    alike: dict[tuple[frozenset[str], ...], list[Unit]] = {}
    for unit, *values in zip(units, *(_stated(units, name) for name in dividing), strict=True):
        alike.setdefault(tuple(values), []).append(unit)
    silent = alike.pop((frozenset(),) * len(dividing), [])
    max(alike.values(), key=len).extend(silent)
    return [tuple(group) for group in alike.values()]


def _stated(units: Sequence[Unit], name: str) -> list[frozenset[str]]:
    answers = (unit.answer(name) for unit in units)
    return [answer.values if answer.state == "explicit" else frozenset[str]() for answer in answers]


class ForkAnswerEntry(TypedDict):
    """An answer to the question that decides first, and the contract that it names."""

    value: Slug
    contract: Slug | None
    row: Slug
    label: str


class ForkEntry(TypedDict):
    """The question that decides first: each answer is ordinary and names another contract."""

    criterion: Slug
    answers: list[ForkAnswerEntry]


@dataclass(frozen=True, eq=False)
class AnswerFork:
    """A question that is not answered, and the contract that each answer to it names."""

    criterion: Criterion
    answers: tuple[tuple[Value, Row], ...]

    def to_json(self, lang: str) -> ForkEntry:
        """Return the fork as JSON."""
        return {
            "criterion": self.criterion.slug,
            "answers": [
                {
                    "value": value.slug,
                    "contract": row.contract,
                    "row": row.slug,
                    "label": row.shown.arrangement.label[lang],
                }
                for value, row in self.answers
            ],
        }


def answer_fork(parts: Parts, rows: Sequence[NamedContract]) -> AnswerFork | None:
    """Return the fork of a project that a plain purchase is named for, None where all answers name one."""
    whole = parts.project.unit
    if len(rows) != 1 or not rows[0].row.plain:
        return None
    for criterion in parts.rules.criteria.values():
        if not set(criterion.decides_for) & set(whole.usages):
            continue
        if whole.answer(criterion.slug).values:
            continue
        supposed = (
            (value, named(parts.supposing([(criterion.slug, value.slug)])))
            for value in criterion.values
        )
        answers = tuple((value, row) for value, row in supposed if row is not None)
        if len({row.slug for _, row in answers}) > 1:
            return AnswerFork(criterion, answers)
    return None
