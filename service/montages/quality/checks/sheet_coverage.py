"""Which elements of the InfraNum sheet the knowledge cites, and which are blank (R27)."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDF, Graph

from montages.knowledge.files import library
from montages.names import MTG, slug

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
