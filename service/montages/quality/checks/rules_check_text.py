"""The report on the rulebook, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType

from montages.knowledge.rulebook import rulebook
from montages.publish.text import findings_text, tables
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import colon
from montages.quality.checks.check_rules import RulesReport
from montages.validation.findings import Finding

# Causes that are shown of each kind; JSON gives them all.
_CAUSES = 12
_SIGNS = {"error": ("✗", "red"), "warning": ("!", "yellow"), "note": ("i", "cyan")}


def rules_check(report: RulesReport, own: Sequence[Finding], lang: str) -> RenderableType:
    """Return the figures and remarks of a report, and the findings on our own data."""
    parts: list[RenderableType] = [_figures(report, lang), Line()]
    for remark in report.remarks:
        sign, colour = _SIGNS[remark.severity]
        parts.append(Line(f"{sign} ", style=colour).append(remark.text[lang], style="default"))
    if own:
        parts.append(findings_text.findings(own, lang))
    parts += [Line(), *_profiles(report, lang)]
    passed = report.passed and not any(f.severity == "violation" for f in own)
    line = Line("✓ " if passed else "✗ ", style="bold green" if passed else "bold red")
    errors = len(report.errors) + sum(f.severity == "violation" for f in own)
    return Group(*parts, line.append(plural_of(errors, "error", lang), style="default bold"))


def _figures(report: RulesReport, lang: str) -> RenderableType:
    """Return the figures one a line: what is counted, how many, and what is worth adding."""
    counts = report.figures
    bare = sum(not (r.sources and r.reading.fr and r.reading.en) for r in rulebook().requirements)
    details = {
        "requirements": ", ".join(
            f"{counts[kind]} {phrase(f'figure-{kind}', lang)}"
            for kind in ("hard", "duties", "soft")
        ),
        "bare": phrase("figure-bare-rule", lang),
        "sheet_uncited": f"{phrase('figure-blank', lang)}{colon(lang)} {', '.join(report.sheet.blank)}",
    }
    table = tables.grid(None, None, 1)
    for name in ("contract_types", "criteria", "requirements", "bare", "sources", "sheet_uncited"):
        number = bare if name == "bare" else counts[name]
        table.add_row(
            Line(phrase(f"figure-{name}", lang)),
            Line(str(number), "bold"),
            Line(details.get(name, ""), "dim"),
        )
    return Group(Line(f"{phrase('rules', lang)} {report.version}", "dim"), table)


def _profiles(report: RulesReport, lang: str) -> Iterator[RenderableType]:
    """Yield what the coherent profiles leave, and by which articles."""
    profiles = report.profiles
    yield Line(f"{profiles.summary()[lang]}{colon(lang)}")
    total = sum(profiles.verdicts.values())
    shares = (
        f"{VERDICT_SIGNS[slug].one[lang]} {_share(times, total)}"
        for slug, times in profiles.verdicts.items()
        if times
    )
    yield indent(Line(", ".join(shares), style="dim"))
    stuck = sum(cause.profiles for cause in profiles.stuck)
    yield indent(Line(f"{phrase('profiles-stuck', lang)}{colon(lang)} {stuck}"))
    for end in rulebook().dead_ends:
        times = profiles.explained[end.slug]
        sources = " ; ".join(source.label[lang] for source in end.sources)
        yield indent(Line(f"{end.label[lang]} ({sources}){colon(lang)} {times}", style="dim"), 4)
    share = _share(profiles.only_own, profiles.drawn)
    only = f"{phrase('profiles-only-own', lang)}{colon(lang)} {profiles.only_own} ({share})"
    yield indent(Line(only))
    for cause in profiles.only_own_causes[:_CAUSES]:
        names = ", ".join(cause.names(lang))
        clauses = " ; ".join(clause.label[lang] for clause in cause.clauses)
        yield indent(Line(f"{cause.profiles} × {names} ({clauses})", style="dim"), 4)
    others = len(profiles.only_own_causes) - _CAUSES
    if others > 0:
        yield indent(Line(f"+ {others}", style="dim"), 4)


def _share(times: int, total: int) -> str:
    return f"{100 * times / total:.1f} %"
