"""The report on the rulebook, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from montages.knowledge.buckets import spaced
from montages.knowledge.rulebook import rulebook
from montages.publish.text import findings_text
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.typeset import Line, grid, indent
from montages.publish.text.typography import colon
from montages.quality.checks.rules_report import RulesReport
from montages.validation.findings import Finding

_FIGURES = (
    "contract_types",
    "criteria",
    "requirements",
    "bare",
    "sources",
    "sheet_uncited",
    "diagram_nodes",
)
_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow")}


def rules_check(report: RulesReport, own: Sequence[Finding], lang: str) -> RenderableType:
    """Return the figures and remarks of a report, and the findings on our own data."""
    parts: list[RenderableType] = [_figures(report, lang), Line()]
    for remark in report.remarks:
        sign, colour = _SIGNS[remark.severity]
        parts.append(Line(f"{sign} ", style=colour).append(remark.text[lang], style="default"))
    if own:
        parts.append(findings_text.findings(own, lang))
    parts += [Line(), *_descriptions(report, lang)]
    passed = report.passed and not any(f.severity == "violation" for f in own)
    line = Line("✓ " if passed else "✗ ", style="bold green" if passed else "bold red")
    errors = len(report.errors) + sum(f.severity == "violation" for f in own)
    return Group(*parts, line.append(plural_of(errors, "error", lang), style="default bold"))


def _figures(report: RulesReport, lang: str) -> RenderableType:
    """Return the figures one a line: what is counted, how many, and what is worth adding."""
    counts = report.figures
    details = {
        "requirements": ", ".join(
            f"{counts[kind]} {phrase(f'figure-{kind}', lang)}"
            for kind in ("hard", "duties", "soft")
        ),
        "bare": phrase("figure-bare-rule", lang),
        "sheet_uncited": f"{phrase('figure-blank', lang)}{colon(lang)} {', '.join(report.sheet.blank)}",
    }
    table = grid(None, None, 1)
    for name in _FIGURES:
        table.add_row(
            Line(phrase(f"figure-{name}", lang)),
            Line(str(counts[name]), "bold"),
            Line(details.get(name, ""), "dim"),
        )
    return Group(Line(f"{phrase('rules', lang)} {report.version}", "dim"), table)


def _descriptions(report: RulesReport, lang: str) -> Iterator[RenderableType]:
    """Yield what all coherent descriptions leave, by exact counts."""
    counted = report.descriptions
    number = spaced(counted.total, lang)
    counted_over = f"{phrase('descriptions-counted', lang)} {len(counted.criteria)}"
    yield Line(f"{number} {counted_over}")
    yield indent(Line(phrase("share-of-descriptions", lang), style="dim"))
    total = sum(counted.verdicts.values())
    shares = (
        f"{VERDICT_SIGNS[slug].one[lang]} {_share(times, total)}"
        for slug, times in counted.verdicts.items()
    )
    yield indent(Line(f"{phrase('verdicts-on-contracts', lang)}{colon(lang)} {', '.join(shares)}"))
    for name, times in (
        ("nothing-open", counted.nothing_open),
        ("descriptions-stuck", counted.stuck),
        ("only-own", counted.only_own),
        ("only-own-stuck", counted.own_stuck),
    ):
        share = f" ({_share(times, counted.total)})" if times else ""
        yield indent(Line(f"{phrase(name, lang)}{colon(lang)} {spaced(times, lang)}{share}"))
    for end in (
        prohibition for prohibition in rulebook().prohibitions if not prohibition.lifted_by
    ):
        sources = " ; ".join(source.label[lang] for source in end.sources)
        left = spaced(counted.explained[end.slug], lang)
        yield indent(Line(f"{end.label[lang]} ({sources}){colon(lang)} {left}", style="dim"), 4)


def _share(times: int, total: int) -> str:
    return f"{100 * times / total:.1f} %"
