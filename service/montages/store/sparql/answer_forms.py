"""The forms in which an answer of the engine is written: whole, or refused where it has too many rows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

import pyoxigraph as ox

from montages.store.sparql.query_errors import QueryFailed, too_many_rows
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
FORMATS_OF: dict[str, Collection[str]] = {
    "SELECT": RESULTS,
    "ASK": RESULTS,
    "CONSTRUCT": GRAPHS,
    "DESCRIBE": GRAPHS,
}
# Each row brings one of these at least, so that their count is never below the number of rows.
_AT_LEAST = {"json": b"{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_CSV_ROW = re.compile(rb'(?:"(?:[^"]|"")*+"|[^"\r\n])*+\r?\n')


def serialised(result: Any, form: str, rows: int, plan: Plan) -> bytes:
    """Return the bytes of an answer in a form. Raises QueryFailed, and QueryTooLarge over so many rows."""
    if isinstance(result, ox.QuerySolutions | ox.QueryBoolean) == (form in GRAPHS):
        raise QueryFailed(
            f"Le moteur n'a pas lu {plan.form} comme nous.",
            f"The engine did not read {plan.form} as we did.",
        )
    if form in GRAPHS:
        return _graph(result, form, rows, plan.prefixes)
    body = result.serialize(format=RESULTS[form])
    assert isinstance(body, bytes)
    if (
        not isinstance(result, ox.QueryBoolean)
        and body.count(_AT_LEAST[form]) > rows
        and _ROWS[form](body) > rows
    ):
        raise too_many_rows(rows)
    return body


def _graph(result: Iterable[ox.Triple], form: str, rows: int, prefixes: dict[str, str]) -> bytes:
    triples: dict[ox.Triple, None] = {}
    for triple in result:
        triples[triple] = None
        if len(triples) > rows:
            raise too_many_rows(rows)
    body = ox.serialize(triples, format=GRAPHS[form], prefixes=prefixes)
    assert isinstance(body, bytes)
    return body


def _json_rows(body: bytes) -> int:
    return len(json.loads(body)["results"]["bindings"])


def _xml_rows(body: bytes) -> int:
    return body.count(b"<result>")  # the engine escapes every < of a text, so that a tag is a tag


def _csv_rows(body: bytes) -> int:
    lines = end = 0
    # Where a row ends the next begins: no other is looked for. The first has the names of columns.
    while row := _CSV_ROW.match(body, end):
        lines, end = lines + 1, row.end()
    return lines - 1


def _tsv_rows(body: bytes) -> int:
    return body.count(b"\n") - 1  # a line feed inside a value is written \n


_ROWS: dict[str, Callable[[bytes], int]] = {
    "json": _json_rows,
    "xml": _xml_rows,
    "csv": _csv_rows,
    "tsv": _tsv_rows,
}
