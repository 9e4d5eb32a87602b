"""The sheet's table: its criteria by its contract columns, each cell with what we drew from it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from rdflib import RDF, URIRef

from montages.knowledge.rulebook import rulebook
from montages.names import ID, MTG, iris, slug
from montages.web.pages.frame import Frame, Link

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


def matrix(frame: Frame) -> tuple[list[Head], list[tuple[Head, list[Cell]]]]:
    """Return the columns, then the rows with their cells, in the order of the sheet."""
    columns = _elements("contract", frame)
    rows = _elements("criterion", frame)
    heads = [_head(c, frame, MTG.ContractType) for c in columns]
    table = []
    for row in rows:
        key = slug(row).removeprefix("T2-criterion-")
        cells = [
            _cell(URIRef(f"{_SHEET}T2-{key}-{slug(c).removeprefix('T2-contract-')}"), frame)
            for c in columns
        ]
        table.append((_head(row, frame, MTG.Criterion), cells))
    return heads, table


def _elements(kind: str, frame: Frame) -> list[URIRef]:
    graph = frame.graph
    found = [
        e
        for e in iris(graph.subjects(RDF.type, MTG.SheetElement))
        if str(graph.value(e, MTG.elementKind)) == kind
    ]
    return sorted(found, key=lambda e: frame.rank(e))


def _head(element: URIRef, frame: Frame, of: URIRef) -> Head:
    about = iris(frame.graph.objects(element, MTG.refersTo))
    link = frame.link(element)
    link = replace(link, text=_plain(link.text))
    return Head(link, frame.links(a for a in about if (a, RDF.type, of) in frame.graph))


def _plain(name: str) -> str:
    """Return the name of a row or a column without the word that says that it is one."""
    found = re.sub(r"^(Ligne|Colonne)\s+|\s+(row|column)$", "", name)
    return found[:1].upper() + found[1:]


def _cell(element: URIRef, frame: Frame) -> Cell:
    day, lang, book = frame.site.dataset.day, frame.lang, rulebook()
    blank = str(frame.graph.value(element, MTG.elementKind)) == "blank"
    rules = {
        r.slug: Link(r.label[lang], frame.page_of(str(r.iri)))
        for r in book.requirements
        if r.span.holds(day) and element in {s.iri for s in r.sources}
    }
    points = [
        Link(a.label[lang], frame.page_of(str(a.iri)))
        for a in book.attentions
        if a.span.holds(day) and element in {s.iri for s in a.sources}
    ]
    said = frame.labels.said(element, MTG.statement, lang)
    return Cell(frame.link(element), None if blank else said, list(rules.values()), points)


def page(frame: Frame) -> str:
    """Return the page of the sheet's table."""
    heads, table = matrix(frame)
    return frame.render("matrix.html", heads=heads, table=table)


def rows(frame: Frame) -> list[dict[str, Any]]:
    """Return the table as data, one row a cell."""
    graph, found = frame.graph, []
    for row in _elements("criterion", frame):
        for column in _elements("contract", frame):
            key = slug(row).removeprefix("T2-criterion-")
            name = f"T2-{key}-{slug(column).removeprefix('T2-contract-')}"
            cell = URIRef(_SHEET + name)
            made = _cell(cell, frame)
            criteria = [c for c in iris(graph.objects(row, MTG.refersTo)) if "/criterion/" in c]
            found.append(
                {
                    "cell": str(cell),
                    "row": frame.labels.name(row, frame.lang),
                    "column": frame.labels.name(column, frame.lang),
                    "statement": made.statement or "",
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
    return found
