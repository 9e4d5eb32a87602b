"""The first rows of an answer, and how many there are: what a page shows, written where the answer is made.

The service reads no more of an answer for a page than the page has room for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

FIRST_ROWS = "first-rows"  # the name of this format
_MOST_ROWS = 200
_MOST_TEXT = 400_000  # characters of all rows together
_LONGEST = 4_000  # characters of one value
_TRIPLE = ("subject", "predicate", "object")
# A term as SPARQL results in JSON write it; None where a row says nothing.
Cell = dict[str, str] | None


@dataclass(frozen=True)
class AnswerRows:
    """The first rows of a table of answers with the number of all, or more than that; or yes or no."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    total: int = 0
    more: bool = False
    boolean: bool | None = None

    @classmethod
    def read(cls, body: bytes) -> AnswerRows:
        """Return the rows that `first_rows` wrote."""
        tree = json.loads(body)
        rows = tuple(map(tuple, tree["rows"]))
        return cls(tuple(tree["columns"]), rows, tree["total"], tree["more"], tree["boolean"])


def first_rows(result: Any, most: int) -> bytes:
    """Return the first rows or triples of an answer, with whether it has more than may be, as bytes."""
    if isinstance(result, ox.QueryBoolean):
        return _json_bytes((), [], 0, most, bool(result))
    if isinstance(result, ox.QueryTriples):
        columns: tuple[str, ...] = _TRIPLE
        table: Iterable[Iterable[Any]] = _distinct(result, most)
    else:
        columns, table = tuple(variable.value for variable in result.variables), result
    rows, total, text = list[list[Cell]](), 0, 0
    for row in table:
        total += 1
        if total <= _MOST_ROWS and text < _MOST_TEXT:
            rows.append([_cell(term) for term in row])
            text += sum(len(cell["value"]) for cell in rows[-1] if cell)
        if total > most:
            break
    return _json_bytes(columns, rows[:most], total, most, None)


def _json_bytes(
    columns: tuple[str, ...], rows: list[list[Cell]], total: int, most: int, boolean: bool | None
) -> bytes:
    extent = {"total": min(total, most), "more": total > most}
    tree = {"columns": columns, "rows": rows, **extent, "boolean": boolean}
    return json.dumps(tree, ensure_ascii=False).encode(errors="surrogatepass")


def _distinct(triples: Iterable[ox.Triple], most: int) -> Iterable[ox.Triple]:
    once: dict[ox.Triple, None] = {}
    for triple in triples:
        once[triple] = None
        if len(once) > most:
            break
    return once


def _cell(term: Any) -> Cell:
    if term is None:
        return None
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        return {"type": "triple", "value": _shortened(str(term))}
    cell = {"type": "literal", "value": _shortened(term.value)}
    if term.language:
        return {**cell, "xml:lang": term.language}
    return {**cell, "datatype": term.datatype.value}


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} […]"
