"""The forms in which an answer of the engine is written, within its rows, and saying so where it is cut."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
from typing import Any

import pyoxigraph as ox

from montages.names import BASE
from montages.store.sparql.query_errors import QueryFailed, QueryTruncated, too_many_rows
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
# Where a client reads what it means that an answer was cut.
TRUNCATED = f"{BASE}problem/{QueryTruncated.slug}"
_NOTE = "Truncated: the first {} only. See " + TRUNCATED
# Each row brings one of these at least, so that their count is never below the number of rows.
_AT_LEAST = {"json": b"{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_CSV_ROW = re.compile(rb'(?:"(?:[^"]|"")*+"|[^"\r\n])*+\r?\n')


def serialised(
    result: Any, form: str, rows: int, plan: Plan, incomplete: bool = False
) -> tuple[bool, bytes]:
    """Return whether an answer was cut, and its bytes in a form. Raises QueryFailed or TooManyRows.

    An answer may come `incomplete` from the engine: it says so as one that is cut here does.
    """
    if isinstance(result, ox.QuerySolutions | ox.QueryBoolean) == (form in GRAPHS):
        raise QueryFailed(
            f"Le moteur n'a pas lu {plan.form} comme nous.",
            f"The engine did not read {plan.form} as we did.",
        )
    if form in GRAPHS:
        return _graph(result, form, rows, plan.prefixes, incomplete)
    body = result.serialize(format=RESULTS[form])
    assert isinstance(body, bytes)
    if isinstance(result, ox.QueryBoolean):
        return False, body
    if body.count(_AT_LEAST[form]) <= rows and not incomplete:
        return False, body
    return _CUT[form](body, rows, incomplete)


def _graph(
    result: Iterable[ox.Triple], form: str, rows: int, prefixes: dict[str, str], incomplete: bool
) -> tuple[bool, bytes]:
    triples: dict[ox.Triple, None] = {}
    cut = incomplete
    for triple in result:
        triples[triple] = None
        if len(triples) > rows:
            del triples[triple]
            cut = True
            break
    body = ox.serialize(triples, format=GRAPHS[form], prefixes=prefixes)
    assert isinstance(body, bytes)
    rows = len(triples)
    if cut and form in ("turtle", "trig", "nt", "nq", "n3"):
        body += f"# {_NOTE.format(f'{rows} triples')}\n".encode()
    elif cut and form == "rdf":
        body += f"<!-- {_NOTE.format(f'{rows} triples')} -->\n".encode()
    elif cut and form == "jsonld":
        # A node of which nothing is said adds no triple.
        body = body.rstrip()[:-1] + f',{{"@id":"{TRUNCATED}"}}]'.encode()
    return cut, body


def _cut_json(body: bytes, rows: int, incomplete: bool) -> tuple[bool, bytes]:
    tree = json.loads(body)
    bindings = tree["results"]["bindings"]
    if len(bindings) <= rows and not incomplete:
        return False, body
    tree["head"]["link"] = [TRUNCATED]
    tree["results"]["bindings"] = bindings[:rows]
    return True, json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _cut_xml(body: bytes, rows: int, incomplete: bool) -> tuple[bool, bytes]:
    # The engine escapes every < of a text, so that a tag is a tag.
    end, count = b"</results>" if incomplete else b"<result>", body.count(b"<result>")
    start, rows = body[: body.rindex(end)], count if incomplete else rows
    start = start.replace(b"</head>", f'<link href="{TRUNCATED}"/></head>'.encode(), 1)
    note = f"<!-- {_NOTE.format(f'{rows} rows')} -->".encode()
    return True, start + b"</results>" + note + b"</sparql>"


def _whole_csv(body: bytes, rows: int, incomplete: bool) -> tuple[bool, bytes]:
    # A table has nowhere to say that it is cut: a longer one is refused. The names of columns are a line.
    lines = end = 0
    while row := _CSV_ROW.match(
        body, end
    ):  # where a row ends the next begins: no other is looked for
        lines, end = lines + 1, row.end()
    if incomplete or lines > rows + 1:
        raise too_many_rows(lines - 1 if incomplete else rows)
    return False, body


def _whole_tsv(body: bytes, rows: int, incomplete: bool) -> tuple[bool, bytes]:
    # A line feed inside a value is written \n: each line is a row, after that of the names.
    lines = body.count(b"\n")
    if incomplete or lines > rows + 1:
        raise too_many_rows(lines - 1 if incomplete else rows)
    return False, body


_CUT = {"json": _cut_json, "xml": _cut_xml, "csv": _whole_csv, "tsv": _whole_tsv}
