"""The sheet's table: its criteria by its contract columns, each cell with what we drew from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from rdflib import RDF, URIRef

from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, iris, slug
from montages.web.pages.page_context import Link, PageContext

_SHEET = str(ID["sheet/"])


@dataclass(frozen=True)
class Cell:
    """One cell: what it says in our words, None where the sheet says nothing; the rules drawn from it."""

    link: Link
    statement: str | None
    rules: list[Link]
    points: list[Link]


@dataclass(frozen=True)
class Head:
    """A row or a column: its name in the sheet, and the things of ours it is about."""

    link: Link
    about: list[Link]


def matrix(context: PageContext) -> tuple[list[Head], list[tuple[Head, list[Cell]]]]:
    """Return the columns, then the rows with their cells, in the order of the sheet."""
    columns = _elements("contract", context)
    rows = _elements("criterion", context)
    heads = [_head(c, context, MTG.ContractType) for c in columns]
    table = []
    for row in rows:
        key = slug(row).removeprefix("T2-criterion-")
        cells = [
            _cell(URIRef(f"{_SHEET}T2-{key}-{slug(c).removeprefix('T2-contract-')}"), context)
            for c in columns
        ]
        table.append((_head(row, context, MTG.Criterion), cells))
    return heads, table


def _elements(kind: str, context: PageContext) -> list[URIRef]:
    graph = context.graph
    elements = [
        e
        for e in iris(graph.subjects(RDF.type, MTG.SheetElement))
        if str(graph.value(e, MTG.elementKind)) == kind
    ]
    return sorted(elements, key=lambda e: context.rank(e))


def _head(element: URIRef, context: PageContext, of: URIRef) -> Head:
    about = iris(context.graph.objects(element, MTG.refersTo))
    link = context.link(element)
    link = replace(link, text=_plain(link.text))
    return Head(link, context.links(a for a in about if (a, RDF.type, of) in context.graph))


def _plain(name: str) -> str:
    """Return the name of a row or a column without the word that says that it is one."""
    plain = re.sub(r"^(Ligne|Colonne)\s+|\s+(row|column)$", "", name)
    return plain[:1].upper() + plain[1:]


def _cell(element: URIRef, context: PageContext) -> Cell:
    day, lang, book = context.state.dataset.day, context.lang, rulebook()
    blank = str(context.graph.value(element, MTG.elementKind)) == "blank"
    rules = {
        r.slug: Link(r.label[lang], context.page_of(str(r.iri)))
        for r in book.requirements
        if r.span.holds(day) and element in {s.iri for s in r.sources}
    }
    points = [
        Link(a.label[lang], context.page_of(str(a.iri)))
        for a in book.attentions
        if a.span.holds(day) and element in {s.iri for s in a.sources}
    ]
    statement = context.labels.text(element, MTG.statement, lang)
    return Cell(context.link(element), None if blank else statement, list(rules.values()), points)


def page(context: PageContext) -> str:
    """Return the page of the sheet's table."""
    heads, table = matrix(context)
    return context.render("matrix.html", heads=heads, table=table)


def rows(context: PageContext) -> list[dict[str, Any]]:
    """Return the table as data, one row a cell."""
    graph, table = context.graph, []
    for row in _elements("criterion", context):
        for column in _elements("contract", context):
            key = slug(row).removeprefix("T2-criterion-")
            name = f"T2-{key}-{slug(column).removeprefix('T2-contract-')}"
            cell = URIRef(_SHEET + name)
            content = _cell(cell, context)
            criteria = [c for c in iris(graph.objects(row, MTG.refersTo)) if "/criterion/" in c]
            table.append(
                {
                    "cell": str(cell),
                    "row": context.labels.name(row, context.lang),
                    "column": context.labels.name(column, context.lang),
                    "statement": content.statement or "",
                    "criteria": criteria,
                    "contracts": iris(graph.objects(column, MTG.refersTo)),
                    "requirements": sorted(
                        {
                            str(r.iri)
                            for r in rulebook().requirements
                            if cell in {s.iri for s in r.sources}
                        }
                    ),
                }
            )
    return table
