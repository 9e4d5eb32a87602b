"""Run the cases of the rulebook through the engine, and compare with what they expect (R28)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from montages.assessment.assessment import Assessment
from montages.assessment.assessor import Assessor
from montages.bilingual import Text
from montages.rulebook_tests.accept import Change, rewrite
from montages.rulebook_tests.case_differences import Difference, differences
from montages.rulebook_tests.case_files import Case, Problem, case_files, read_cases
from montages.rulebook_tests.coverage import Coverage, coverage

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


def run(folders: Iterable[str | Path], assessor: Assessor, accept: bool = False) -> CasesReport:
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
        changes=rewrite((r.case, r.differences) for r in results if not r.invalid)
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
    invalid = tuple(f.message for f in assessment.findings if f.severity == "violation")
    return CaseResult(case, assessment, differences(case, assessment), invalid)
