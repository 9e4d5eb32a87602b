"""The cases of the rulebook run through the engine: how each comes out, and what they cover (R28)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from montages.assessment.assess import Assessor
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.knowledge.model import Arrangement, Rulebook
from montages.knowledge.rulebook import rulebook
from montages.rulebook_tests.case_differences import (
    Change,
    Difference,
    differences,
    rewrite_expected,
)
from montages.rulebook_tests.case_files import Case, Problem, case_files, read_cases

# Projects of one run of the engine: larger batches share more, and cost more memory.
BATCH = 25


@dataclass(frozen=True, eq=False)
class CaseResult:
    """How one case came out; `invalid` holds what the shapes hold against its description."""

    case: Case
    assessment: Assessment = field(repr=False)
    differences: tuple[Difference, ...]
    invalid: tuple[Text, ...]

    @property
    def passed(self) -> bool:
        """Tell whether the description conforms and everything expected came out."""
        return not self.differences and not self.invalid


@dataclass(frozen=True, eq=False)
class CasesReport:
    """The results of all cases, and what they cover; `changes` lists what `accept` rewrote."""

    results: tuple[CaseResult, ...]
    problems: tuple[Problem, ...]
    coverage: Coverage
    seconds: float
    changes: tuple[Change, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether every case could be run and passed; what they cover does not count."""
        return not self.problems and all(result.passed for result in self.results)

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "passed": self.passed,
            "cases": len(self.results),
            "failed": [
                {
                    "file": str(r.case.path),
                    "name": r.case.name,
                    "differences": [d.message(lang) for d in r.differences],
                    "invalid": [text[lang] for text in r.invalid],
                }
                for r in self.results
                if not r.passed
            ],
            "problems": [problem.message(lang) for problem in self.problems],
            "changes": [change.message(lang) for change in self.changes],
            "coverage": self.coverage.to_json(),
            "seconds": round(self.seconds, 1),
        }


def run_cases(
    folders: Iterable[str | Path], assessor: Assessor, accept: bool = False
) -> CasesReport:
    """Return the report on every case of folders, run in batches of one date each.

    With `accept`, what a case expected is rewritten in its file with what came out. Raises
    UnreadableInput for a folder without any test.
    """
    started = time.monotonic()
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, path in enumerate(case_files(folders)):
        of_file, unreadable = read_cases(path, number)
        cases += of_file
        problems += unreadable
    assessed = _assess(cases, assessor)
    results = tuple(_result(case, assessed[case]) for case in cases)
    return CasesReport(
        results=results,
        problems=tuple(problems),
        coverage=coverage((r.case, r.assessment) for r in results if not r.invalid),
        seconds=time.monotonic() - started,
        changes=rewrite_expected((r.case, r.differences) for r in results if not r.invalid)
        if accept
        else (),
    )


def _assess(cases: Sequence[Case], assessor: Assessor) -> dict[Case, Assessment]:
    by_day: dict[date, list[Case]] = {}
    for case in cases:
        by_day.setdefault(case.as_of, []).append(case)
    out: dict[Case, Assessment] = {}
    for day, group in by_day.items():
        for start in range(0, len(group), BATCH):
            batch = group[start : start + BATCH]
            descriptions = [case.description for case in batch]
            out |= zip(
                batch, assessor.assess_all(descriptions, as_of=day, anyway=True), strict=True
            )
    return out


def _result(case: Case, assessment: Assessment) -> CaseResult:
    invalid = tuple(f.message for f in assessment.coherence.findings if f.severity == "violation")
    return CaseResult(case, assessment, differences(case, assessment.conclusions), invalid)


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
        for verdict in assessment.conclusions.verdicts:
            for check in verdict.checks:
                outcomes[check.requirement.slug].add(check.outcome)
    hard = {r.slug for r in book.requirements if r.hard}
    soft = {r.slug for r in book.requirements if r.soft}
    return Coverage(
        arrangements={slug: frozenset(statuses) for slug, statuses in stated.items()},
        hard={slug: frozenset(of_one) for slug, of_one in outcomes.items() if slug in hard},
        soft={slug: frozenset(of_one) for slug, of_one in outcomes.items() if slug in soft},
    )


def _out_of_reach(arrangement: Arrangement, book: Rulebook) -> set[str]:
    """Return the statuses an arrangement never has: without a gate, it is eligible whatever the answers."""
    lineage = [arrangement.slug]
    for name in lineage:
        lineage += [p for p in book.arrangements[name].parents if p not in lineage]
    gated = any(r.hard and r.arrangement in lineage for r in book.requirements)
    return set() if gated else {"ineligible", "undetermined"}
