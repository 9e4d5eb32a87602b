"""The panel run through the engine, and how each of its cases comes out (R38)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from montages.assessment.assess import Assessor
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.panel_description import panel_description
from montages.errors import MontagesError
from montages.knowledge.panel import PanelCase, panel
from montages.names import SHAPE
from montages.rulebook_tests.panel_coverage import PanelCoverage, panel_coverage
from montages.rulebook_tests.panel_differences import PanelDifference, panel_differences
from montages.validation.findings import Finding

INCOHERENT = str(SHAPE) + "Coherence-"


@dataclass(frozen=True, eq=False)
class PanelResult:
    """How one case came out; `invalid` holds what is wrong with its description."""

    case: PanelCase
    assessment: Assessment | None = field(repr=False)
    differences: tuple[PanelDifference, ...]
    invalid: tuple[Text, ...] = ()

    @property
    def passed(self) -> bool:
        """Tell whether the description conforms and everything expected came out."""
        return not self.differences and not self.invalid


@dataclass(frozen=True, eq=False)
class PanelReport:
    """How the cases of the panel come out, and what they cover."""

    results: tuple[PanelResult, ...]
    coverage: PanelCoverage

    @property
    def passed(self) -> bool:
        """Tell whether every case passed; what they cover does not count."""
        return all(result.passed for result in self.results)


def panel_report(assessor: Assessor) -> PanelReport:
    """Return how the cases come out, and what they cover."""
    results = panel_results(assessor, panel())
    assessments = [result.assessment for result in results if result.assessment is not None]
    coverage = panel_coverage(assessments, [result.case for result in results])
    return PanelReport(results, coverage)


def _invalid(finding: Finding) -> bool:
    """Tell whether a finding refuses a description, or tells of answers that do not go together."""
    return finding.severity == "violation" or finding.constraint.startswith(INCOHERENT)


def panel_results(assessor: Assessor, cases: Sequence[PanelCase]) -> tuple[PanelResult, ...]:
    """Return how cases come out, run in one batch for each date."""
    out: dict[str, PanelResult] = {}
    by_day: dict[date, list[tuple[PanelCase, Description]]] = {}
    for case in cases:
        try:
            by_day.setdefault(case.as_of, []).append((case, panel_description(case)))
        except MontagesError as error:
            out[case.slug] = PanelResult(case, None, (), (error.readable,))
    for day, group in by_day.items():
        descriptions = [description for _, description in group]
        assessments = assessor.assess_all(descriptions, as_of=day, anyway=True)
        for (case, _), assessment in zip(group, assessments, strict=True):
            invalid = tuple(f.message for f in assessment.coherence.findings if _invalid(f))
            differences = panel_differences(case, assessment.conclusions)
            out[case.slug] = PanelResult(case, assessment, differences, invalid)
    return tuple(out[case.slug] for case in cases)
