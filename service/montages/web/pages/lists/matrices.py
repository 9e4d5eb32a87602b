"""The two tables: the sheet's criteria by its contracts, and layers by the ways of managing them.

Each is a page, and rows of data. A cell of the sheet has what we drew from it; a cell of the management
matrix says who pays what, on what basis, by which contracts.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Any

from flask import Response
from rdflib import RDF, URIRef

from montages.bilingual import message
from montages.knowledge.law import Requirement
from montages.knowledge.model import Attention
from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, iris, slug
from montages.web.pages.graph_node import GraphNode, instances
from montages.web.pages.list_forms import LIST_ENDINGS, csv_answer, json_answer, wants_json
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.route import FREE_LANG, PAGE_NUMBER, Routes, refused


class SheetElement(GraphNode):
    """A row, a column or a cell of the sheet."""

    @property
    def title(self) -> str:
        """Return the name of a row or a column without the word that says that it is one."""
        plain = re.sub(r"^(Ligne|Colonne)\s+|\s+(row|column)$", "", self.link.text)
        return plain[:1].upper() + plain[1:]

    def about(self, kind: str) -> list[Link]:
        """Return the things of a class that a row or a column is about."""
        things = iris(self.graph.objects(self.node, MTG.refersTo))
        return self.context.links(t for t in things if (t, RDF.type, MTG[kind]) in self.graph)

    @property
    def statement(self) -> str:
        """Return what a cell says in our words, empty where the sheet says nothing."""
        return "" if self.value("elementKind") == "blank" else self.text("statement")

    @property
    def rules(self) -> list[Requirement]:
        """Return the rules of today that were drawn from a cell, each once."""
        return list({r.slug: r for r in rulebook().requirements if self._is_source(r)}.values())

    @property
    def points(self) -> list[Attention]:
        """Return the points of attention of today that were drawn from a cell."""
        return [point for point in rulebook().attentions if self._is_source(point)]

    def _is_source(self, of: Requirement | Attention) -> bool:
        day = self.context.state.dataset.day
        return of.span.holds(day) and self.node in {s.iri for s in of.sources}


def table(name: str, ending: str = "") -> Response:
    """Answer one of the two tables as a page, as JSON or as CSV."""
    context, (_, page, rows) = page_context(), _TABLES[name]
    if wants_json(ending):
        return json_answer(rows(context))
    return csv_answer(rows(context)) if ending == ".csv" else page(context)


def _sheet_page(context: PageContext) -> Response:
    columns = _elements("contract", context)
    rows = [(r, [_cell(r, c) for c in columns]) for r in _elements("criterion", context)]
    return context.answer("matrix.html", columns=columns, rows=rows)


def _elements(kind: str, context: PageContext) -> list[SheetElement]:
    elements = instances(MTG.SheetElement, context)
    return [SheetElement(e.node, context) for e in elements if e.value("elementKind") == kind]


def _cell(row: SheetElement, column: SheetElement) -> SheetElement:
    """Return the cell where a row and a column meet."""
    names = (
        slug(row.iri).removeprefix("T2-criterion-"),
        slug(column.iri).removeprefix("T2-contract-"),
    )
    return SheetElement(URIRef(f"{ID['sheet/T2-']}{'-'.join(names)}"), row.context)


def _sheet_rows(context: PageContext) -> list[dict[str, Any]]:
    """Return the table as data, one row a cell."""
    graph, table = context.graph, []
    for row in _elements("criterion", context):
        for column in _elements("contract", context):
            cell = _cell(row, column)
            about = iris(graph.objects(row.node, MTG.refersTo))
            every = rulebook().requirements
            table.append(
                {
                    "cell": cell.iri,
                    "row": row.link.text,
                    "column": column.link.text,
                    "statement": cell.statement,
                    "criteria": [c for c in about if "/criterion/" in c],
                    "contracts": iris(graph.objects(column.node, MTG.refersTo)),
                    "requirements": sorted(
                        {str(r.iri) for r in every if cell.node in {s.iri for s in r.sources}}
                    ),
                }
            )
    return table


def _layer_matrix_page(context: PageContext) -> Response:
    return context.answer(
        "layer_matrix.html",
        columns=instances(MTG.MatrixColumn, context),
        groups=instances(MTG.LayerGroup, context),
    )


def _layer_matrix_rows(context: PageContext) -> list[dict[str, Any]]:
    """Return the matrix as data, one row a cost."""
    return [
        {"group": group.link.text, "layer": layer.iri, "layer_label": layer.link.text} | row
        for group in instances(MTG.LayerGroup, context)
        for layer in group.nodes_from("layerGroup")
        for cell in layer.nodes_from("ofLayer")
        for row in _cost_rows(cell)
    ]


def _cost_rows(cell: GraphNode) -> list[dict[str, str]]:
    usual = {
        link.text: use.links("howUsual")[0].text
        for use in cell.nodes("hasUsuality", "howUsual", "arrangement")
        for link in use.links("arrangement")
    }
    return [
        {
            "mode": _names(cell.links("inColumn")),
            "bearer": _names(cost.links("costBearer")),
            "items": _names(cost.links("costItem")),
            "basis": _names(cost.links("pricingBasis")),
            "provision": _names(cost.links("layerProvision")),
            "contracts": "; ".join(f"{name} ({often})" for name, often in usual.items()),
            "reading": cell.text("reading"),
        }
        for cost in cell.nodes(
            "hasCost", "costBearer", "layerProvision", "costItem", "pricingBasis"
        )
    ]


def _names(links: list[Link]) -> str:
    return ", ".join(link.text for link in links)


# Of each table what it is, its page, and its rows as data.
_TABLES = {
    "matrix": (message("The sheet: contracts × criteria"), _sheet_page, _sheet_rows),
    "layer-matrix": (
        message("Layers × modes of management"),
        _layer_matrix_page,
        _layer_matrix_rows,
    ),
}
ROUTES = Routes("pages")
for _name, (_summary, *_) in _TABLES.items():
    ROUTES.get(
        f"/{_name}",
        _summary,
        FREE_LANG,
        PAGE_NUMBER,
        answers=refused(400, 404),
        endings=LIST_ENDINGS,
    )(partial(table, _name))
