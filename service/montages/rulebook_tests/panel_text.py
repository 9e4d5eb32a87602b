"""The report on the panel, for the terminal (`montages rules report`)."""

from __future__ import annotations

from rich.console import Group, RenderableType

from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.rulebook_tests.panel_coverage import PanelCoverage
from montages.rulebook_tests.panel_results import PanelReport, PanelResult


def panel_rows(report: PanelReport, lang: str) -> RenderableType:
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
        total = len(getattr(coverage, kind))
        covered = f"{total - len(lacking)}/{total}"
        lines.append(Line(f"{phrase(f'panel-{kind}', lang)}{colon(lang)} {covered}", style="dim"))
        for slug, words in lacking.items():
            lines.append(indent([Line(f"{slug}{colon(lang)} {', '.join(words)}", style="yellow")]))
    return lines
