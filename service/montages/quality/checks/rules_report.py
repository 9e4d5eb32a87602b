"""The report on the rulebook, in words too: remarks, figures, what of the InfraNum sheet it cites (R27)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, Graph
from rich.console import Group, RenderableType

from montages.bilingual import Text, message
from montages.knowledge.buckets import spaced
from montages.knowledge.files import library
from montages.knowledge.rulebook import rulebook
from montages.names import MTG, slug
from montages.publish.text import findings_text
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.typeset import Line, grid, indent
from montages.publish.text.typography import colon
from montages.quality.checks.counted_descriptions import CountedDescriptions
from montages.validation.findings import Finding

# What the sheet says in a cell is only kept if something that is shown or decides rests on it;
# its headings, layers and definitions may be the source of anything.
_CELLS = ("cell", "matrix")
_STATEMENTS = (
    MTG.RequirementVersion,
    MTG.AttentionPoint,
    MTG.CostStatement,
    MTG.ManagementOption,
    MTG.Usuality,
)


@dataclass(frozen=True)
class RulesReport:
    """The remarks and figures of the rulebook: the rules in force on a day, and all its versions."""

    as_of: date
    version: str
    figures: dict[str, int]
    remarks: tuple[Remark, ...]
    sheet: SheetCoverage
    descriptions: CountedDescriptions

    @property
    def errors(self) -> tuple[Text, ...]:
        """Return what makes the rulebook unfit to be published."""
        return tuple(r.text for r in self.remarks if r.severity == "error")

    @property
    def passed(self) -> bool:
        """Tell whether no error was found."""
        return not self.errors


@dataclass(frozen=True)
class Remark:
    """The result of one check about one thing; `severity` is error or warning."""

    check: str
    severity: str
    about: str
    text: Text


_LEFT_WITH = message(
    "{number} descriptions {left}, which no choice reopens. The shortest: {words}. "
    "Mend a gate, or name the law in data/coherence."
)
# What each check says of the thing that it is about; what is no warning is an error.
_WARNINGS = ("unknown-limit", "unread-criterion", "unread-threshold", "lapsed-review")
_REMARKS = {
    "stuck-description": _LEFT_WITH,
    "only-regie-description": _LEFT_WITH,
    "useless-gate": message(
        "this gate changes no verdict: another one says the same. Take it away."
    ),
    "needless-criterion": message(
        "a gate reads it, and no verdict turns on it: the question is needless."
    ),
    "unexercised-gate": message(
        "no case of the panel satisfies or violates this gate. Add one to data/panel."
    ),
    "large-diagram": message("the verdict diagram takes {nodes} nodes, more than {most}."),
    "uncited-cell": message(
        "nothing cites this element of the sheet. Add it to the sources of what rests on it."
    ),
    "idle-definition": message(
        "no case is named by this definition alone. Take it away, or add a case to the panel."
    ),
    "implied-definition": message("{slug} says as much already. Take it away."),
    "definition-by-terms": message("the terms of {slug} would be enough to call it."),
    "never-satisfied": message("no answer can make it satisfied (on {day})."),
    "never-violated": message("no answer can make it violated (on {day})."),
    "out-of-reach": message("no profile makes it eligible (on {day})."),
    "no-source": message("no source (mtg:source)."),
    "no-reading": message("no reading @{lang}."),
    "hard-without-law": message("hard without statute, settled case law or definition ({basis})."),
    "weight": message("its weight must be 1 to 3."),
    "overlap": message("two versions in force on {first}: give the first an end."),
    "owl-2-rl": message("outside OWL 2 RL: {fault}."),
    "unknown-limit": message("amount unknown from {day}; what stays open: {requirements}."),
    "unread-criterion": message("nothing reads this criterion."),
    "unread-threshold": message("no rule reads this threshold."),
    "lapsed-review": message(
        "the review by {organisation} of {day} has lapsed: the rule, or an article that it cites, "
        "has changed since. Ask for another (/review/{rule}), or take {file} away."
    ),
}


def remark(check: str, about: str, **values: object) -> Remark:
    """Return what a check says of a thing, which its text begins with."""
    severity = "warning" if check in _WARNINGS else "error"
    text = _REMARKS[check].fill(**values)
    return Remark(check, severity, about, message("{about}: {text}", about=about, text=text))


@dataclass(frozen=True)
class SheetCoverage:
    """The elements of the sheet that nothing cites and the blank ones, by slug, in its order."""

    uncited: tuple[str, ...]
    blank: tuple[str, ...]


def sheet_coverage(data: Graph | None = None) -> SheetCoverage:
    """Return which elements of the sheet are the source of nothing in the data."""
    graph = data if data is not None else library.data()
    uncited: list[str] = []
    blank: list[str] = []
    elements = graph.subjects(RDF.type, MTG.SheetElement)
    for element in sorted(
        elements, key=lambda e: (int(str(graph.value(e, MTG.displayOrder))), str(e))
    ):
        kind = str(graph.value(element, MTG.elementKind))
        citing = {
            k for s in graph.subjects(MTG.source, element) for k in graph.objects(s, RDF.type)
        }
        if kind == "blank":
            blank.append(slug(str(element)))
        elif not (citing.intersection(_STATEMENTS) if kind in _CELLS else citing):
            uncited.append(slug(str(element)))
    return SheetCoverage(tuple(uncited), tuple(blank))


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
