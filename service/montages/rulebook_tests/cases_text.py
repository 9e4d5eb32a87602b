"""The report on the cases of the rulebook, for the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.rulebook_tests.coverage import Coverage
from montages.rulebook_tests.run_cases import CaseResult, CasesReport


def cases_report(report: CasesReport, lang: str) -> RenderableType:
    """Return the cases that failed and why, the problems, what is covered, and the count."""
    parts: list[RenderableType] = []
    for problem in report.problems:
        parts.append(Line("✗ ", style="red").append(problem.message(lang), style="default"))
    for result in report.results:
        if not result.passed:
            parts.append(_failed(result, lang))
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
    return Group(*parts, _covered(report.coverage, lang), line)


def _failed(result: CaseResult, lang: str) -> RenderableType:
    head = Line("✗ ", style="red").append(result.case.name, style="default bold")
    head.append(f"  {result.case.path}", style="not bold dim")
    under = [Line(d.message(lang)) for d in result.differences]
    under += [Line(f"{phrase('invalid', lang)} {text[lang]}") for text in result.invalid]
    return Group(head, indent(under))


def _covered(coverage: Coverage, lang: str) -> RenderableType:
    tree, lines = coverage.to_json(), []
    for name in ("arrangements", "hard_requirements", "soft_requirements"):
        part = tree[name]
        line = Line(
            f"{phrase(f'cover-{name}', lang)}{colon(lang)} {part['covered']}/{part['total']}",
            style="dim",
        )
        lines.append(line)
    return Group(*lines)
