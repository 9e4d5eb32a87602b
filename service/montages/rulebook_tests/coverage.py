"""What cases cover: the statuses of each arrangement, the outcomes of each requirement (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from montages.assessment.assessment import Assessment
from montages.knowledge.model import Arrangement, Rulebook
from montages.knowledge.rulebook import rulebook
from montages.rulebook_tests.case_files import Case

REQUIRED_STATUSES = ("eligible", "ineligible", "undetermined")
REQUIRED_OUTCOMES = ("satisfied", "violated")


@dataclass(frozen=True)
class Coverage:
    """The statuses that cases state, by arrangement; the outcomes that they reach, by requirement."""

    arrangements: dict[str, frozenset[str]]
    hard: dict[str, frozenset[str]]
    soft: dict[str, frozenset[str]]

    @property
    def full(self) -> bool:
        """Tell whether all arrangements and hard requirements are covered; soft ones do not count."""
        return not lacking(self.arrangements, REQUIRED_STATUSES) and not lacking(
            self.hard, REQUIRED_OUTCOMES
        )

    def to_json(self) -> dict[str, Any]:
        """Return how many are covered out of how many, and what lacks what."""
        parts = {
            "arrangements": (self.arrangements, REQUIRED_STATUSES),
            "hard_requirements": (self.hard, REQUIRED_OUTCOMES),
            "soft_requirements": (self.soft, REQUIRED_OUTCOMES),
        }
        out: dict[str, Any] = {"full": self.full}
        for name, (covered, slugs) in parts.items():
            missing = lacking(covered, slugs)
            out[name] = {
                "total": len(covered),
                "covered": len(covered) - len(missing),
                "lacking": {slug: list(what) for slug, what in missing.items()},
            }
        return out


def lacking(
    covered: dict[str, frozenset[str]], slugs: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return which of some slugs are not covered, by name; names that lack nothing are left out."""
    lacks = {slug: tuple(s for s in slugs if s not in had) for slug, had in covered.items()}
    return {slug: missing for slug, missing in lacks.items() if missing}


def coverage(assessed: Iterable[tuple[Case, Assessment]]) -> Coverage:
    """Return what cases and their assessments cover of the rulebook.

    A status counts where a case expects it and it comes out, or where it never can; an outcome,
    wherever it comes out.
    """
    book = rulebook()
    stated = {a.slug: _out_of_reach(a, book) for a in book.arrangements.values() if not a.abstract}
    outcomes: dict[str, set[str]] = {r.slug: set() for r in book.requirements}
    for case, assessment in assessed:
        for name, (status, *_) in case.expected.get("output", {}).items():
            if assessment.status(name) == status:
                stated[name].add(status)
        for verdict in assessment.verdicts:
            for check in verdict.checks:
                outcomes[check.requirement.slug].add(check.outcome)
    hard = {r.slug for r in book.requirements if r.hard}
    soft = {r.slug for r in book.requirements if r.soft}
    return Coverage(
        arrangements={slug: frozenset(statuses) for slug, statuses in stated.items()},
        hard={slug: frozenset(each) for slug, each in outcomes.items() if slug in hard},
        soft={slug: frozenset(each) for slug, each in outcomes.items() if slug in soft},
    )


def _out_of_reach(arrangement: Arrangement, book: Rulebook) -> set[str]:
    """Return the statuses an arrangement never has: without a gate, it is eligible whatever the answers."""
    lineage = [arrangement.slug]
    for name in lineage:
        lineage += [p for p in book.arrangements[name].parents if p not in lineage]
    gated = any(r.hard and r.arrangement in lineage for r in book.requirements)
    return set() if gated else {"ineligible", "undetermined"}
