"""The report on the rulebook: its remarks, its figures, and what of the InfraNum sheet it cites (R27)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

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

    def to_json(self, lang: str = "fr") -> dict[str, Any]:
        """Return the report as JSON."""
        return {
            "passed": self.passed,
            "as_of": self.as_of.isoformat(),
            "rulebook_version": self.version,
            "figures": self.figures,
            "remarks": [remark.to_json(lang) for remark in self.remarks],
            "blank_cells": list(self.sheet.blank),
            "uncited_cells": list(self.sheet.uncited),
            "descriptions": self.descriptions.to_json(lang),
        }


@dataclass(frozen=True)
class Remark:
    """The result of one check about one thing; `severity` is error, warning or note."""

    check: str
    severity: str
    about: str
    text: Text

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the remark as JSON."""
        return {
            "check": self.check,
            "severity": self.severity,
            "about": self.about,
            "message": self.text[lang],
        }


def remark(check: str, severity: str, about: str, text: Text) -> Remark:
    """Return a remark whose text begins with the thing it is about."""
    return Remark(check, severity, about, message("{about}: {text}", about=about, text=text))


@dataclass(frozen=True)
class SheetCoverage:
    """The elements of the sheet by slug, in its order: cited, uncited, and blank ones."""

    cited: tuple[str, ...]
    uncited: tuple[str, ...]
    blank: tuple[str, ...]


def sheet_coverage(data: Graph | None = None) -> SheetCoverage:
    """Return which elements of the sheet are the source of something in the data."""
    graph = data if data is not None else library.data()
    cited: list[str] = []
    uncited: list[str] = []
    blank: list[str] = []
    elements = graph.subjects(RDF.type, MTG.SheetElement)
    for element in sorted(
        elements, key=lambda e: (int(str(graph.value(e, MTG.displayOrder))), str(e))
    ):
        kind = str(graph.value(element, MTG.elementKind))
        cites = graph.subjects(MTG.source, element)
        citing = {k for s in cites for k in graph.objects(s, RDF.type)}
        rests = bool(citing.intersection(_STATEMENTS)) if kind in _CELLS else bool(citing)
        where = blank if kind == "blank" else cited if rests else uncited
        where.append(slug(str(element)))
    return SheetCoverage(tuple(cited), tuple(uncited), tuple(blank))
