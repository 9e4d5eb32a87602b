"""The checklist of an arrangement: every requirement looked at, unit by unit or together (R14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, lru_cache

from montages.assessment.arrangement_result import Check
from montages.assessment.checks.unit_outcomes import Case, UnitOutcomes
from montages.assessment.words.sentences import accepted_text, answer_in_words
from montages.knowledge.logic import OUTCOME_RANK, Answer
from montages.knowledge.model import Requirement
from montages.knowledge.periods import Rules

# How many checks are kept from one explanation to the next: alike answers give alike checks.
_KEPT = 4096


@dataclass(frozen=True, eq=False)
class Checklist:
    """Makes the checks of a project that has so many units, signed on a day or not."""

    rules: Rules
    units: int
    signed: date | None
    _checked: dict[tuple[str, int], tuple[Check, ...]] = field(default_factory=dict, repr=False)

    def checks(self, slug: str, readings: Sequence[UnitOutcomes]) -> tuple[Check, ...]:
        """Return every check of an arrangement: hard first, then violated, undetermined, satisfied."""
        checks = [
            check
            for requirement in self.rules.effective(slug)
            if not requirement.duty
            for check in self.of_requirement(requirement, readings)
        ]
        checks.sort(key=_place)
        return tuple(checks)

    def of_requirement(
        self, requirement: Requirement, readings: Sequence[UnitOutcomes]
    ) -> tuple[Check, ...]:
        """Return one check for the units that agree on it; worked out once, whatever arrangement reads it."""
        whole = len(readings) == self.units
        key = (requirement.slug, -1 if whole else id(readings[0]))
        if key not in self._checked:
            self._checked[key] = self._agreed(requirement, readings)
        return self._checked[key]

    def _agreed(
        self, requirement: Requirement, readings: Sequence[UnitOutcomes]
    ) -> tuple[Check, ...]:
        slug, name = requirement.slug, requirement.own.criterion
        after = self.signed is not None and requirement.span.first > self.signed
        cases = [each.case(slug, name) for each in readings]
        if cases.count(cases[0]) == len(cases):
            return (_check(self.rules, slug, *cases[0], after),)
        alike: dict[Case, list[str]] = {}
        for case, each in zip(cases, readings, strict=True):
            alike.setdefault(case, []).append(each.unit.id)
        checks = [_check(self.rules, slug, *case, after) for case in alike]
        of_each = zip(checks, alike.values(), strict=True)
        return tuple(replace(check, units=tuple(ids)) for check, ids in of_each)


def _place(check: Check) -> tuple[bool, int]:
    return (not check.requirement.hard, OUTCOME_RANK[check.outcome])


@cache
def requirements_by_slug(rules: Rules) -> dict[str, Requirement]:
    """Return each requirement of a period by its slug."""
    return {requirement.slug: requirement for requirement in rules.requirements}


@lru_cache(maxsize=_KEPT)
def _check(
    rules: Rules,
    slug: str,
    outcome: str,
    given: Answer,
    asserted: bool,
    presumed: bool,
    after: bool,
) -> Check:
    requirement = requirements_by_slug(rules)[slug]
    criterion = rules.criteria[requirement.own.criterion]
    accepted = rules.accepted(requirement.own) or frozenset()
    return Check(
        requirement=requirement,
        outcome=outcome,
        given=tuple(v.slug for v in criterion.values if v.slug in given.values),
        number=given.number,
        shown=answer_in_words(given, criterion),
        state=given.state,
        accepted=accepted_text(requirement.own, rules),
        accepted_values=tuple(v.slug for v in criterion.values if v.slug in accepted),
        asserted=asserted,
        presumed=presumed,
        after_signature=after,
    )
