"""Contracts side by side, criterion by criterion, with what each accepts and why (R24).

A row is a criterion, a column a contract. Which contracts stand side by side follows from an assessment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.advice.request import advice_head, set_ups_named, source_json
from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.check import Check, plain_number
from montages.assessment.ranking import CLOSED_BY_CHOICE
from montages.assessment.verdict.unknown_facts import of_unstated_use
from montages.bilingual import Text, message
from montages.knowledge.model import Criterion
from montages.one_line import OneLine


@dataclass(frozen=True, eq=False)
class ComparedCriterion(OneLine):
    """A criterion that requirements of some contracts are on: by contract, the checks; none: it is silent."""

    criterion: Criterion
    checks: Mapping[str, tuple[Check, ...]]

    @cached_property
    def differs(self) -> bool:
        """Tell whether contracts ask for other answers, or come out otherwise."""
        alike = {
            frozenset((c.requirement.hard, c.outcome, c.accepted_values) for c in of_one)
            for of_one in self.checks.values()
        }
        return len(alike) > 1

    @property
    def decides(self) -> bool:
        """Tell whether some contract opens or closes on it; else one only prefers by it."""
        return any(check.requirement.hard for of_one in self.checks.values() for check in of_one)

    @property
    def answered(self) -> tuple[Check, ...]:
        """Return a check for each answer that is given."""
        given: dict[Any, Check] = {}
        for checks in self.checks.values():
            for check in checks:
                given.setdefault((check.given, check.number, check.state), check)
        return tuple(given.values())

    def to_json(self, lang: str, *, brief: bool) -> dict[str, object]:
        """Return the row as JSON; brief: without readings and sources."""
        return {
            "criterion": self.criterion.slug,
            "label": self.criterion.label[lang],
            "kind": self.criterion.nature,
            "given": [
                {"values": list(check.given), "text": check.shown[lang], "state": check.state}
                | ({} if check.number is None else {"number": plain_number(check.number)})
                for check in self.answered
            ],
            "differs": self.differs,
            "cells": {
                slug: [_cell(check, lang, brief) for check in checks]
                for slug, checks in self.checks.items()
            },
        }


def _cell(check: Check, lang: str, brief: bool) -> dict[str, Any]:
    requirement = check.requirement
    out: dict[str, Any] = {
        "requirement": requirement.slug,
        "kind": "gate" if requirement.hard else "preference",
        "outcome": check.outcome,
        "accepted": list(check.accepted_values),
        "text": check.accepted[lang],
    }
    if brief:
        return out
    return out | {
        "reading": requirement.reading[lang],
        "sources": [source_json(source, lang) for source in requirement.sources],
    }


@dataclass(frozen=True, eq=False)
class Comparison(OneLine):
    """Contracts side by side: `criteria` are the rows, those that make no difference left out where asked.

    `unread` are criteria that are answered and that none of the contracts reads; `cut` what was left out.
    """

    assessment: Assessment
    contracts: tuple[ArrangementVerdict, ...]
    criteria: tuple[ComparedCriterion, ...]
    alike: int
    unread: tuple[Criterion, ...]
    differences_only: bool
    cut: tuple[Text, ...]

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without readings and sources."""
        assessment, lang = self.assessment, lang or self.assessment.lang
        return {
            **advice_head(assessment.premises, lang, brief=brief),
            "differences_only": self.differences_only,
            "contracts": [
                {
                    "contract": result.arrangement.slug,
                    "label": result.arrangement.label[lang],
                    "verdict": result.verdict.value,
                    "folded": result.folded is not None,
                    "summary": result.summary[lang],
                }
                for result in self.contracts
            ],
            "criteria": [row.to_json(lang, brief=brief) for row in self.criteria],
            "alike": self.alike,
            "not_covered": {
                "answers": [
                    {"criterion": criterion.slug, "label": criterion.label[lang]}
                    for criterion in self.unread
                ],
                "text": assessment.premises.scope[lang],
            },
            "cut": [sentence[lang] for sentence in self.cut],
            "disclaimer": assessment.premises.disclaimer[lang],
        }


def _rows(
    contracts: Sequence[ArrangementVerdict], criteria: Sequence[Criterion]
) -> tuple[ComparedCriterion, ...]:
    """Return a row for each criterion that a requirement of some contract is on, in author order."""
    rows = []
    for criterion in criteria:
        checks = {
            result.arrangement.slug: tuple(
                check
                for check in result.checks
                if check.requirement.own.criterion == criterion.slug
            )
            for result in contracts
        }
        if any(checks.values()):
            rows.append(ComparedCriterion(criterion, checks))
    return tuple(rows)


# So many contracts stand side by side at most; unless some are named, so many of the best: three columns.
MOST, BEST = 12, 3
# One contract alone compares with nothing: so many at least, those that choices close among them.
LEAST = 3


def comparison(
    assessment: Assessment, about: Sequence[str] = (), *, differences_only: bool = False
) -> Comparison:
    """Return contracts of an assessment side by side: those named, else the best and those retained.

    Raises UnknownName for one that was not assessed.
    """
    results = {result.arrangement.slug: result for result in assessment.conclusions.verdicts}
    contracts = set_ups_named(about, results) or _best(assessment, results)
    columns, rules = contracts[:MOST], assessment.premises.rules
    useful = [
        c for c in rules.criteria.values() if not of_unstated_use(c, assessment.premises.whole)
    ]
    rows = _rows(columns, useful)
    read = {
        clause.criterion
        for result in columns
        for check in result.checks
        for clause in check.requirement.clauses()
    }
    answered = {
        fact["criterion"] for fact in assessment.premises.facts if fact["value"] is not None
    }
    criteria = tuple(row for row in rows if row.differs or not differences_only)
    return Comparison(
        assessment=assessment,
        contracts=tuple(columns),
        criteria=criteria,
        alike=sum(not row.differs for row in rows),
        unread=tuple(c for name, c in rules.criteria.items() if name in answered - read),
        differences_only=differences_only,
        cut=_cut(contracts, bool(about)),
    )


def _best(
    assessment: Assessment, results: Mapping[str, ArrangementVerdict]
) -> list[ArrangementVerdict]:
    """Return the contracts that the answer names, its other ways, then the best rows, and those retained.

    The best are open and sensible; where these are few, the first of those that choices close join them.
    Where the answer names none, the one that it says is the nearest comes first.
    """
    rows = [r for r in assessment.rows if r.shown.verdict.open and not r.folded]
    if len(rows) < LEAST:
        reopened = [r for r in assessment.rows if r.group == CLOSED_BY_CHOICE]
        rows = [*rows, *reopened][:LEAST]
    rows = rows or list(assessment.rows)
    closest, ways = assessment.answer.nearest, assessment.answer.alternatives
    # Those that the answer names for parts of the project, by what is told of the whole.
    named, whole = assessment.answer.rows, {row.slug: row.shown for row in assessment.rows}
    by_slug = {row.shown.arrangement.slug: row.shown for row in assessment.rows}
    first = [
        *([closest.row.shown] if closest else []),
        *(results.get(n.row.shown.arrangement.slug, whole[n.row.slug]) for n in named),
        *(by_slug[w.arrangement.slug] for w in ways if w.arrangement.slug in by_slug),
    ]
    contracts = {result.arrangement.slug: result for result in first}
    for row in rows:
        if len(contracts) < BEST:
            contracts.setdefault(row.shown.arrangement.slug, row.shown)
    best = dict(list(contracts.items())[:BEST])
    retained = (r.contract for r in assessment.coherence.retained_contracts)
    return list(
        (best | {n: results[n] for n in retained if n in results and n not in best}).values()
    )


def _cut(contracts: Sequence[ArrangementVerdict], named: bool) -> tuple[Text, ...]:
    sentences = []
    if len(contracts) > MOST:
        left = len(contracts) - MOST
        sentences.append(
            message(
                "{most} contracts at most are compared at once: {left} of those asked for are "
                "not shown.",
                most=MOST,
                left=left,
            )
        )
    if not named:
        sentences.append(
            message(
                "Where no contracts are named, the best {best} and those retained are "
                "compared; if they are fewer than {least}, the first of those that your "
                "choices close join them.",
                best=BEST,
                least=LEAST,
            )
        )
    return tuple(sentences)
