"""The report on the rulebook: its remarks, its figures, and what of the InfraNum sheet it cites (R27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rdflib import RDF, Graph

from montages.bilingual import Text, message
from montages.knowledge.files import library
from montages.names import MTG, slug
from montages.quality.checks.counted_descriptions import CountedDescriptions

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


def remark(check: str, severity: str, about: str, text: Text) -> Remark:
    """Return a remark whose text begins with the thing it is about."""
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
