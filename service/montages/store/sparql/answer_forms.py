"""The forms in which an answer of the engine is written: whole, or refused where it has too many rows.

A page has another: the first rows of an answer, and how many there are, written where the answer is made. The
service reads no more of an answer for a page than the page has room for.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from montages.bilingual import message
from montages.errors import QueryFailed
from montages.store.sparql.query_errors import too_many_rows
from montages.store.sparql.query_guard import Plan

RESULTS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
GRAPHS = {
    "turtle": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "nt": ox.RdfFormat.N_TRIPLES,
    "trig": ox.RdfFormat.TRIG,
    "nq": ox.RdfFormat.N_QUADS,
    "n3": ox.RdfFormat.N3,
}
FIRST_ROWS = "first-rows"
FORMATS_OF: dict[str, Collection[str]] = {
    "SELECT": RESULTS,
    "ASK": RESULTS,
    "CONSTRUCT": GRAPHS,
    "DESCRIBE": GRAPHS,
}
# Whether a body has more rows than may be. What each row brings is counted first: there are as many at least.
_EXCEEDS: dict[str, Callable[[bytes, int], bool]] = {
    "json": lambda body, rows: (
        body.count(b"{") > rows and len(json.loads(body)["results"]["bindings"]) > rows
    ),
    # The engine escapes every < of a text, so that a tag is a tag.
    "xml": lambda body, rows: body.count(b"<result>") > rows,
    # A row ends outside quotes; the first has the names of columns.
    "csv": lambda body, rows: (
        body.count(b"\n") > rows and sum(p.count(b"\n") for p in body.split(b'"')[::2]) - 1 > rows
    ),
    # A line feed inside a value is written \n.
    "tsv": lambda body, rows: body.count(b"\n") - 1 > rows,
}


def serialised(result: Any, form: str, rows: int, plan: Plan) -> bytes:
    """Return the bytes of an answer in a form. Raises QueryFailed, and QueryTooLarge over so many rows."""
    if form == FIRST_ROWS:
        return first_rows(result, rows)
    if isinstance(result, ox.QuerySolutions | ox.QueryBoolean) == (form in GRAPHS):
        raise QueryFailed(message("The engine did not read {form} as we did.", form=plan.form))
    if form in GRAPHS:
        triples = _distinct(result, rows)
        if len(triples) > rows:
            raise too_many_rows(rows)
        body = ox.serialize(triples, format=GRAPHS[form], prefixes=plan.prefixes)
    else:
        body = result.serialize(format=RESULTS[form])
    assert isinstance(body, bytes)
    if isinstance(result, ox.QuerySolutions) and _EXCEEDS[form](body, rows):
        raise too_many_rows(rows)
    return body


def _distinct(triples: Iterable[ox.Triple], most: int) -> dict[ox.Triple, None]:
    """Return triples, each once, and no more of them than tell that they are too many."""
    once: dict[ox.Triple, None] = {}
    for triple in triples:
        once[triple] = None
        if len(once) > most:
            break
    return once


_MOST_ROWS = 200
_MOST_TEXT = 400_000  # characters of all rows together
_LONGEST = 4_000  # characters of one value
_TRIPLE = ("subject", "predicate", "object")
# A term as SPARQL results in JSON write it; None where a row says nothing.
Cell = dict[str, str] | None


@dataclass(frozen=True)
class AnswerRows:
    """The first rows of a table of answers with the number of all, or more than that; or yes or no."""

    columns: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    total: int = 0
    more: bool = False
    boolean: bool | None = None

    def to_bytes(self) -> bytes:
        """Return the rows as they are sent."""
        return json.dumps(vars(self), ensure_ascii=False).encode(errors="surrogatepass")

    @classmethod
    def read(cls, body: bytes) -> AnswerRows:
        """Return the rows that were sent so."""
        return cls(**json.loads(body))


def first_rows(result: Any, most: int) -> bytes:
    """Return the first rows or triples of an answer, with whether it has more than may be, as bytes."""
    if isinstance(result, ox.QueryBoolean):
        return AnswerRows(boolean=bool(result)).to_bytes()
    if isinstance(result, ox.QueryTriples):
        columns: Sequence[str] = _TRIPLE
        table: Iterable[Iterable[Any]] = _distinct(result, most)
    else:
        columns, table = [variable.value for variable in result.variables], result
    rows, total, text = list[list[Cell]](), 0, 0
    for row in table:
        total += 1
        if total <= _MOST_ROWS and text < _MOST_TEXT:
            rows.append([_cell(term) for term in row])
            text += sum(len(cell["value"]) for cell in rows[-1] if cell)
        if total > most:
            break
    return AnswerRows(columns, rows[:most], min(total, most), total > most).to_bytes()


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
