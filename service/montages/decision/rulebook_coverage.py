"""What cases cover: the statuses of each arrangement, the outcomes of each requirement (R28)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from montages.decision.assessment import Assessment
from montages.decision.rulebook_cases import Case
from montages.knowledge.rulebook import rulebook

STATUSES = ("eligible", "ineligible", "undetermined")
OUTCOMES = ("satisfied", "violated")


@dataclass(frozen=True)
class Coverage:
    """Statuses that cases state, by arrangement; outcomes that they see, by requirement."""

    arrangements: dict[str, frozenset[str]]
    hard: dict[str, frozenset[str]]
    soft: dict[str, frozenset[str]]

    @property
    def full(self) -> bool:
        """Tell whether all arrangements and hard requirements are covered; soft ones are told."""
        return not lacking(self.arrangements, STATUSES) and not lacking(self.hard, OUTCOMES)

    def to_json(self) -> dict[str, Any]:
        """Return how many are covered out of how many, and what lacks what."""
        parts = {
            "arrangements": (self.arrangements, STATUSES),
            "hard_requirements": (self.hard, OUTCOMES),
            "soft_requirements": (self.soft, OUTCOMES),
        }
        out: dict[str, Any] = {"full": self.full}
        for name, (seen, wanted) in parts.items():
            missing = lacking(seen, wanted)
            out[name] = {
                "total": len(seen),
                "covered": len(seen) - len(missing),
                "lacking": {slug: list(what) for slug, what in missing.items()},
            }
        return out


def lacking(seen: dict[str, frozenset[str]], wanted: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return what is wanted and was never seen, by name; names that lack nothing are left out."""
    found = {slug: tuple(w for w in wanted if w not in had) for slug, had in seen.items()}
    return {slug: missing for slug, missing in found.items() if missing}


def coverage(assessed: Iterable[tuple[Case, Assessment]]) -> Coverage:
    """Return what cases and their assessments cover of the rulebook.

    A status counts where a case expects it and it comes out; an outcome, wherever it comes out.
    """
    book = rulebook()
    stated: dict[str, set[str]] = {
        a.slug: set() for a in book.arrangements.values() if not a.abstract
    }
    seen: dict[str, set[str]] = {r.slug: set() for r in book.requirements}
    for case, assessment in assessed:
        for name, (status, *_) in case.expected.get("output", {}).items():
            if assessment.status(name) == status:
                stated[name].add(status)
        for verdict in assessment.verdicts:
            for check in verdict.checks:
                seen[check.requirement.slug].add(check.outcome)
    hard = {r.slug for r in book.requirements if r.hard}
    return Coverage(
        arrangements={slug: frozenset(found) for slug, found in stated.items()},
        hard={slug: frozenset(found) for slug, found in seen.items() if slug in hard},
        soft={slug: frozenset(found) for slug, found in seen.items() if slug not in hard},
    )
