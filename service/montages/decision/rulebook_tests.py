"""Run the cases of the rulebook through the engine, and compare with what they expect (R28)."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from montages.decision import rulebook_accept
from montages.decision.api import Knowledge
from montages.decision.assessment import Assessment, Verdict
from montages.decision.rulebook_cases import Case, Problem, case_files, read_cases
from montages.decision.rulebook_coverage import Coverage, coverage
from montages.knowledge.model import Text

# Projects of one run of the engine: larger batches share more, and cost more memory.
BATCH = 25
# The checks that make a status, by status: what an arrangement «cites» are their sources.
_DECIDING = {
    "eligible": ("satisfied", "not-applicable"),
    "undetermined": ("undetermined",),
    "conflict": ("contradicted",),
    "ineligible": ("violated",),
}


@dataclass(frozen=True)
class Difference:
    """What a case expected under a name of a block, and what came out."""

    block: str
    name: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    def message(self, lang: str) -> str:
        """Return the difference in one line."""
        expected, found = ", ".join(self.expected) or "—", ", ".join(self.found) or "—"
        if lang == "fr":
            return f"{self.block}, {self.name} : {expected} attendu, {found} obtenu"
        return f"{self.block}, {self.name}: expected {expected}, found {found}"


@dataclass(frozen=True, eq=False)
class Result:
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
class Report:
    """What running tests of the rulebook gave; `changes` lists what `accept` rewrote."""

    results: tuple[Result, ...]
    problems: tuple[Problem, ...]
    coverage: Coverage
    seconds: float
    changes: tuple[rulebook_accept.Change, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether every case could be run and passed; coverage is told apart."""
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


def run(folders: Iterable[str | Path], knowledge: Knowledge, accept: bool = False) -> Report:
    """Return the report on every case of folders, run in batches of one date each.

    With `accept`, what a case expected is rewritten in its file with what came out. Raises
    UnreadableInput for a folder without any test.
    """
    started = time.monotonic()
    cases: list[Case] = []
    problems: list[Problem] = []
    for number, path in enumerate(case_files(folders)):
        found, wrong = read_cases(path, number)
        cases += found
        problems += wrong
    assessed = _assess(cases, knowledge)
    results = tuple(_result(case, assessed[case]) for case in cases)
    return Report(
        results=results,
        problems=tuple(problems),
        coverage=coverage((r.case, r.assessment) for r in results if not r.invalid),
        seconds=time.monotonic() - started,
        changes=rulebook_accept.rewrite(_to_accept(results)) if accept else (),
    )


def _assess(cases: Sequence[Case], knowledge: Knowledge) -> dict[Case, Assessment]:
    by_day: dict[date, list[Case]] = {}
    for case in cases:
        by_day.setdefault(case.as_of, []).append(case)
    out: dict[Case, Assessment] = {}
    for day, group in by_day.items():
        for start in range(0, len(group), BATCH):
            batch = group[start : start + BATCH]
            read = [case.description for case in batch]
            out |= zip(batch, knowledge.assess_all(read, as_of=day, anyway=True), strict=True)
    return out


def _result(case: Case, assessment: Assessment) -> Result:
    differences = [
        Difference(block, name, wanted, found)
        for block, expected in case.expected.items()
        for name, wanted in expected.items()
        if not _agree(block, wanted, found := _found(block, name, assessment))
    ]
    invalid = tuple(f.message for f in assessment.findings if f.severity == "violation")
    return Result(case, assessment, tuple(differences), invalid)


def _agree(block: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Compare: a case names the clauses it is about, and all of anything else."""
    return set(wanted) <= set(found) if block == "cites" else set(wanted) == set(found)


def _found(block: str, name: str, assessment: Assessment) -> tuple[str, ...]:
    """Return what came out under a name of a block."""
    if block == "outcomes":
        return outcomes(assessment).get(name, ("not-in-force",))
    verdict = assessment.verdict(name)
    if block == "output":
        return (verdict.status,)
    if block == "missing":
        return tuple(missing.criterion for missing in verdict.missing)
    return _cited(verdict)


def _cited(verdict: Verdict) -> tuple[str, ...]:
    """Return the clauses of the checks that make a status."""
    deciding = _DECIDING.get(verdict.status, ())
    sources = [
        source.slug
        for check in verdict.checks
        if check.requirement.hard and check.outcome in deciding
        for source in check.requirement.sources
    ]
    return tuple(dict.fromkeys(sources))


def outcomes(assessment: Assessment) -> dict[str, tuple[str, ...]]:
    """Return the outcomes of each requirement in force: one, or several where units differ."""
    found: dict[str, dict[str, None]] = {}
    for verdict in assessment.verdicts:
        for check in verdict.checks:
            found.setdefault(check.requirement.slug, {})[check.outcome] = None
    return {slug: tuple(seen) for slug, seen in found.items()}


def _to_accept(results: Iterable[Result]) -> list[rulebook_accept.Rewrite]:
    return [
        rulebook_accept.Rewrite(r.case, d.block, d.name, d.expected, d.found)
        for r in results
        if not r.invalid
        for d in r.differences
    ]
