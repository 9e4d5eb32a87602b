"""The panel run through the engine, how each of its cases comes out, and its report in words (R38)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from rich.console import Group, RenderableType

from montages.assessment.assess import Assessor
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.parsing.parse import panel_description
from montages.errors import MontagesError
from montages.knowledge.panel import PanelCase, panel
from montages.names import SHAPE
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.rulebook_tests.panel_coverage import PanelCoverage, panel_coverage
from montages.rulebook_tests.panel_differences import PanelDifference, panel_differences

INCOHERENT = str(SHAPE) + "Coherence-"


@dataclass(frozen=True, eq=False)
class PanelResult:
    """How one case came out; `invalid` holds what is wrong with its description."""

    case: PanelCase
    assessment: Assessment | None = field(repr=False)
    differences: tuple[PanelDifference, ...] = ()
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


def panel_results(assessor: Assessor, cases: Sequence[PanelCase]) -> tuple[PanelResult, ...]:
    """Return how cases come out, run in one batch for each date."""
    out: dict[str, PanelResult] = {}
    by_day: dict[date, list[tuple[PanelCase, Description]]] = {}
    for case in cases:
        try:
            by_day.setdefault(case.as_of, []).append((case, panel_description(case)))
        except MontagesError as error:
            out[case.slug] = PanelResult(case, None, invalid=(error.readable,))
    for day, group in by_day.items():
        descriptions = [description for _, description in group]
        assessments = assessor.assess_all(descriptions, as_of=day, anyway=True)
        for (case, _), assessment in zip(group, assessments, strict=True):
            invalid = tuple(
                f.message
                for f in assessment.coherence.findings
                if f.severity == "violation" or f.constraint.startswith(INCOHERENT)
            )
            differences = panel_differences(case, assessment.conclusions)
            out[case.slug] = PanelResult(case, assessment, differences, invalid)
    return tuple(out[case.slug] for case in cases)


def panel_text(report: PanelReport, lang: str) -> RenderableType:
    """Return the cases that failed and why, what all cases cover and what they do not, and the count."""
    parts: list[RenderableType] = [_failed(r, lang) for r in report.results if not r.passed]
    passed = len(report.results) - len(parts)
    counts = f"{plural_of(passed, 'case', lang)}, {plural_of(len(parts), 'failure', lang)}"
    line = Line("✗ " if parts else "✓ ", style="bold red" if parts else "bold green")
    line.append(f"{phrase('panel', lang)}{colon(lang)} {counts}", style="default bold")
    return Group(*parts, *_covered(report.coverage, lang), line)


def _failed(result: PanelResult, lang: str) -> RenderableType:
    head = Line("✗ ", style="red").append(result.case.title[lang], style="default bold")
    head.append(f"  {result.case.slug}", style="not bold dim")
    under = [Line(d.message(lang)) for d in result.differences]
    under += [Line(f"{phrase('invalid', lang)} {text[lang]}") for text in result.invalid]
    return Group(head, indent(under))


def _covered(coverage: PanelCoverage, lang: str) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for kind, lacking in coverage.lacking.items():
        total = len(coverage.expected if kind == "expected" else coverage.seen[kind])
        covered = f"{total - len(lacking)}/{total}"
        lines.append(Line(f"{phrase(f'panel-{kind}', lang)}{colon(lang)} {covered}", style="dim"))
        for slug, words in lacking.items():
            lines.append(indent([Line(f"{slug}{colon(lang)} {', '.join(words)}", style="yellow")]))
    return lines
