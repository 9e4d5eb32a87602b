"""The reports on the cases and on the panel, for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.rulebook_tests.case_results import CaseResult, CasesReport, Coverage
from montages.rulebook_tests.panel_coverage import PanelCoverage
from montages.rulebook_tests.panel_results import PanelReport, PanelResult


def cases_report(report: CasesReport, lang: str) -> RenderableType:
    """Return the cases that failed and why, the problems, what is covered, and the count."""
    parts: list[RenderableType] = []
    for problem in report.problems:
        parts.append(Line("✗ ", style="red").append(problem.message(lang), style="default"))
    for result in report.results:
        if not result.passed:
            parts.append(_failed_case(result, lang))
    for change in report.changes:
        parts.append(Line("→ ", style="cyan").append(change.message(lang), style="default"))
    failed = sum(not result.passed for result in report.results) + len(report.problems)
    passed = sum(result.passed for result in report.results)
    counts = f"{plural_of(passed, 'case', lang)}, {plural_of(failed, 'failure', lang)}"
    line = Line(
        "✓ " if report.passed else "✗ ", style="bold green" if report.passed else "bold red"
    )
    line.append(counts, style="default bold").append(
        f" ({report.seconds:.0f} s)", style="not bold dim"
    )
    return Group(*parts, _covered_by_cases(report.coverage, lang), line)


def _failed_case(result: CaseResult, lang: str) -> RenderableType:
    head = Line("✗ ", style="red").append(result.case.name, style="default bold")
    head.append(f"  {result.case.path}", style="not bold dim")
    under = [Line(d.message(lang)) for d in result.differences]
    under += [Line(f"{phrase('invalid', lang)} {text[lang]}") for text in result.invalid]
    return Group(head, indent(under))


def _covered_by_cases(coverage: Coverage, lang: str) -> RenderableType:
    tree, lines = coverage.to_json(), []
    for name in ("arrangements", "hard_requirements", "soft_requirements"):
        part = tree[name]
        line = Line(
            f"{phrase(f'cover-{name}', lang)}{colon(lang)} {part['covered']}/{part['total']}",
            style="dim",
        )
        lines.append(line)
    return Group(*lines)


def panel_rows(report: PanelReport, lang: str) -> RenderableType:
    """Return the cases that failed and why, what all cases cover and what they do not, and the count."""
    parts: list[RenderableType] = [
        _failed_of_panel(r, lang) for r in report.results if not r.passed
    ]
    failures = sum(not result.passed for result in report.results)
    passed = len(report.results) - failures
    counts = f"{plural_of(passed, 'case', lang)}, {plural_of(failures, 'failure', lang)}"
    line = Line("✗ " if failures else "✓ ", style="bold red" if failures else "bold green")
    line.append(f"{phrase('panel', lang)}{colon(lang)} {counts}", style="default bold")
    return Group(*parts, *_covered_by_panel(report.coverage, lang), line)


def _failed_of_panel(result: PanelResult, lang: str) -> RenderableType:
    head = Line("✗ ", style="red").append(result.case.title[lang], style="default bold")
    head.append(f"  {result.case.slug}", style="not bold dim")
    under = [Line(d.message(lang)) for d in result.differences]
    under += [Line(f"{phrase('invalid', lang)} {text[lang]}") for text in result.invalid]
    return Group(head, indent(under))


def _covered_by_panel(coverage: PanelCoverage, lang: str) -> list[RenderableType]:
    lines: list[RenderableType] = []
    for kind, part in coverage.to_json().items():
        text = f"{phrase(f'panel-{kind}', lang)}{colon(lang)} {part['covered']}/{part['total']}"
        lines.append(Line(text, style="dim"))
        for slug, words in part["lacking"].items():
            lines.append(indent([Line(f"{slug}{colon(lang)} {', '.join(words)}", style="yellow")]))
    return lines
