"""What the cases of the rulebook cover: statuses of every arrangement, outcomes of every requirement (R28)."""

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
    """Statuses that some case states by arrangement, outcomes that some case sees by requirement."""

    arrangements: dict[str, frozenset[str]]
    hard: dict[str, frozenset[str]]
    soft: dict[str, frozenset[str]]

    @property
    def full(self) -> bool:
        """Tell whether every arrangement and every hard requirement is covered; soft ones are only told."""
        return not self.uncovered_arrangements() and not uncovered(self.hard)

    def uncovered_arrangements(self) -> dict[str, tuple[str, ...]]:
        """Return the statuses that no case states, by arrangement."""
        return _lacking(self.arrangements, STATUSES)

    def to_json(self) -> dict[str, Any]:
        """Return how many are covered out of how many, and what lacks what."""
        parts = {
            "arrangements": (self.arrangements, STATUSES),
            "hard_requirements": (self.hard, OUTCOMES),
            "soft_requirements": (self.soft, OUTCOMES),
        }
        out: dict[str, Any] = {"full": self.full}
        for name, (seen, wanted) in parts.items():
            lacking = _lacking(seen, wanted)
            out[name] = {
                "total": len(seen),
                "covered": len(seen) - len(lacking),
                "lacking": {slug: list(what) for slug, what in lacking.items()},
            }
        return out


def uncovered(seen: dict[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    """Return the outcomes never seen, by requirement."""
    return _lacking(seen, OUTCOMES)


def _lacking(seen: dict[str, frozenset[str]], wanted: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found = {slug: tuple(w for w in wanted if w not in had) for slug, had in seen.items()}
    return {slug: lacking for slug, lacking in found.items() if lacking}


def coverage(assessed: Iterable[tuple[Case, Assessment]]) -> Coverage:
    """Return what cases and their assessments cover of the rulebook.

    A status counts where a case expects it and it comes out; an outcome counts wherever it comes out.
    """
    book = rulebook()
    stated: dict[str, set[str]] = {a.slug: set() for a in book.arrangements.values() if not a.abstract}
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
