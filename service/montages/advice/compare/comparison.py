"""A comparison as data: a row a criterion, a column a contract, what is not covered; and its JSON (R24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from montages.advice.advice_json import advice_head, source_json
from montages.assessment.arrangement_result import ArrangementResult, Check, plain_number
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.knowledge.model import Criterion
from montages.one_line import OneLine

_KINDS = {True: "gate", False: "preference"}


@dataclass(frozen=True, eq=False)
class ComparedCriterion(OneLine):
    """A criterion that requirements of some contracts are on: by contract, the checks; none: it is silent."""

    criterion: Criterion
    checks: Mapping[str, tuple[Check, ...]]

    @cached_property
    def differs(self) -> bool:
        """Tell whether contracts ask for other answers, or come out otherwise."""
        return (
            len(
                {
                    frozenset((c.requirement.hard, c.outcome, c.accepted_values) for c in of_one)
                    for of_one in self.checks.values()
                }
            )
            > 1
        )

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
            "given": [_answered_json(check, lang) for check in self.answered],
            "differs": self.differs,
            "cells": {
                slug: [_cell(check, lang, brief) for check in checks]
                for slug, checks in self.checks.items()
            },
        }


def _answered_json(check: Check, lang: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "values": list(check.given),
        "text": check.shown[lang],
        "state": check.state,
    }
    if check.number is not None:
        out["number"] = plain_number(check.number)
    return out


def _cell(check: Check, lang: str, brief: bool) -> dict[str, Any]:
    requirement = check.requirement
    out: dict[str, Any] = {
        "requirement": requirement.slug,
        "kind": _KINDS[requirement.hard],
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
    contracts: tuple[ArrangementResult, ...]
    criteria: tuple[ComparedCriterion, ...]
    alike: int
    unread: tuple[Criterion, ...]
    differences_only: bool
    cut: tuple[Text, ...]

    def to_json(self, lang: str | None = None, *, brief: bool = False) -> dict[str, object]:
        """Return the JSON that every door gives; brief: without readings and sources."""
        it, lang = self.assessment, lang or self.assessment.lang
        return {
            **advice_head(it, lang, brief=brief),
            "differences_only": self.differences_only,
            "contracts": [self._contract(result, lang) for result in self.contracts],
            "criteria": [row.to_json(lang, brief=brief) for row in self.criteria],
            "alike": self.alike,
            "not_covered": {
                "answers": [
                    {"criterion": criterion.slug, "label": criterion.label[lang]}
                    for criterion in self.unread
                ],
                "text": it.scope[lang],
            },
            "cut": [sentence[lang] for sentence in self.cut],
            "disclaimer": it.disclaimer[lang],
        }

    def _contract(self, result: ArrangementResult, lang: str) -> dict[str, Any]:
        return {
            "contract": result.arrangement.slug,
            "label": result.arrangement.label[lang],
            "status": result.status,
            "verdict": result.verdict.value,
            "folded": result.folded is not None,
            "soft": {"min": result.soft[0], "max": result.soft[1]},
            "summary": result.summary[lang],
        }


def rows_of(
    contracts: Sequence[ArrangementResult], criteria: Sequence[Criterion]
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
