"""The forms in which an answer of the engine is written, within its rows, and saying so where it is cut."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable
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
}
FORMATS_OF: dict[str, Collection[str]] = {
    "SELECT": RESULTS,
    "ASK": RESULTS,
    "CONSTRUCT": GRAPHS,
    "DESCRIBE": GRAPHS,
}
# Where a client reads what it means that an answer was cut.
TRUNCATED = "https://w3id.org/montages/problem/query-truncated"
_NOTE = "Truncated: the first {} only. See " + TRUNCATED
# Each row brings one of these at least, so that their count is never below the number of rows.
_AT_LEAST = {"json": b"{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_CSV_ROW = re.compile(rb'(?:"(?:[^"]|"")*"|[^"\r\n])*\r?\n')


def serialised(result: Any, form: str, rows: int, plan: Plan) -> tuple[bool, bytes]:
    """Return whether an answer was cut, and its bytes in a form. Raises QueryFailed or TooManyRows."""
    if isinstance(result, ox.QueryTriples) != (form in GRAPHS):
        raise QueryFailed(
            f"Le moteur n'a pas lu {plan.form} comme nous.",
            f"The engine did not read {plan.form} as we did.",
        )
    if isinstance(result, ox.QueryTriples):
        return _graph(result, form, rows, plan.prefixes)
    body = result.serialize(format=RESULTS[form])
    assert isinstance(body, bytes)
    if isinstance(result, ox.QueryBoolean) or body.count(_AT_LEAST[form]) <= rows:
        return False, body
    return _CUT[form](body, rows)


def _graph(
    result: Iterable[ox.Triple], form: str, rows: int, prefixes: dict[str, str]
) -> tuple[bool, bytes]:
    triples: dict[ox.Triple, None] = {}
    cut = False
    for triple in result:
        triples[triple] = None
        if len(triples) > rows:
            del triples[triple]
            cut = True
            break
    body = ox.serialize(triples, format=GRAPHS[form], prefixes=prefixes)
    assert isinstance(body, bytes)
    if cut and form in ("turtle", "trig", "nt", "nq"):
        body += f"# {_NOTE.format(f'{rows} triples')}\n".encode()
    elif cut and form == "rdf":
        body += f"<!-- {_NOTE.format(f'{rows} triples')} -->\n".encode()
    elif cut and form == "jsonld":
        # A node of which nothing is said adds no triple.
        body = body.rstrip()[:-1] + f',{{"@id":"{TRUNCATED}"}}]'.encode()
    return cut, body


def _cut_json(body: bytes, rows: int) -> tuple[bool, bytes]:
    tree = json.loads(body)
    bindings = tree["results"]["bindings"]
    if len(bindings) <= rows:
        return False, body
    tree["head"]["link"] = [TRUNCATED]
    tree["results"]["bindings"] = bindings[:rows]
    return True, json.dumps(tree, ensure_ascii=False, separators=(",", ":")).encode()


def _cut_xml(body: bytes, rows: int) -> tuple[bool, bytes]:
    # The engine escapes every < of a text, so that a tag is a tag.
    start = body[: body.rindex(b"<result>")]
    start = start.replace(b"</head>", f'<link href="{TRUNCATED}"/></head>'.encode(), 1)
    note = f"<!-- {_NOTE.format(f'{rows} rows')} -->".encode()
    return True, start + b"</results>" + note + b"</sparql>"


def _whole_csv(body: bytes, rows: int) -> tuple[bool, bytes]:
    # A table has nowhere to say that it is cut: a longer one is refused. The names of columns are a line.
    if sum(1 for _ in _CSV_ROW.finditer(body)) > rows + 1:
        raise too_many_rows(rows)
    return False, body


def _whole_tsv(body: bytes, rows: int) -> tuple[bool, bytes]:
    # A line feed inside a value is written \n: each line is a row, after that of the names.
    if body.count(b"\n") > rows + 1:
        raise too_many_rows(rows)
    return False, body


_CUT = {"json": _cut_json, "xml": _cut_xml, "csv": _whole_csv, "tsv": _whole_tsv}
