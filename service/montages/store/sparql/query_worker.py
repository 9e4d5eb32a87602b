"""One query answered, in a process that can be killed: run, cut at the limits, written out.

This runs in the processes that `fork_server` starts: nothing but the engine is imported here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

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
# Where a client reads what it means that an answer was cut.
TRUNCATED = "https://w3id.org/montages/problem/query-truncated"
_NOTE = "Truncated: the first {} only. See " + TRUNCATED
# Each row brings one of these at least, so that their count is never below the number of rows.
_AT_LEAST = {"json": b"{", "xml": b"<result>", "csv": b"\n", "tsv": b"\n"}
_CSV_ROW = re.compile(rb'(?:"(?:[^"]|"")*"|[^"\r\n])*\r?\n')
_MERGED_AT_MOST = 2


@dataclass(frozen=True)
class Limits:
    """What one query may take: seconds, rows or triples, bytes of answer, megabytes of memory."""

    seconds: float
    rows: int
    bytes: int
    megabytes: int
    network: bool = False


class Refusal(Exception):
    """Why there is no answer: a `kind` that the pool turns into a problem, and what the engine said."""

    def __init__(self, kind: str, detail: str = "") -> None:
        super().__init__(kind, detail)
        self.kind, self.detail = kind, detail


def loaded_store(text: bytes) -> ox.Store:
    """Return a store in memory of N-Quads, blank nodes under their own labels."""
    store = ox.Store()
    # bulk_load would name blank nodes anew, and no two stores would answer alike.
    store.bulk_extend(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    return store


class QueryWorker:
    """A store, and the datasets lately made of some of its graphs."""

    def __init__(self, store: ox.Store, limits: Limits) -> None:
        self._store, self._limits = store, limits
        self._merged_stores: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = {}

    def answer(self, request: dict[str, Any]) -> tuple[bool, bytes]:
        """Return whether the answer is cut, and its bytes in the format asked. Raises Refusal."""
        store, options = self._dataset(request.get("default"), request.get("named"))
        try:
            text = _with_columns(request["query"], request["base"], request.get("star"))
            result = store.query(text, base_iri=request["base"], **options)
            cut, body = self._serialised(result, request)
        except SyntaxError as error:
            raise Refusal("syntax", str(error)) from error
        except MemoryError as error:
            raise Refusal("memory") from error
        except (OSError, RuntimeError, ValueError) as error:
            raise Refusal("failed", str(error)) from error
        if len(body) > self._limits.bytes:
            raise Refusal("bytes")
        return cut, body

    def _serialised(self, result: Any, request: dict[str, Any]) -> tuple[bool, bytes]:
        form, rows = request["format"], self._limits.rows
        if isinstance(result, ox.QueryTriples):
            if form not in GRAPHS:
                raise Refusal("format", "graph")
            return _graph(result, form, rows, request.get("prefixes") or {})
        if form not in RESULTS:
            raise Refusal("format", "results")
        body = result.serialize(format=RESULTS[form])
        assert isinstance(body, bytes)
        if isinstance(result, ox.QueryBoolean) or body.count(_AT_LEAST[form]) <= rows:
            return False, body
        return _CUT[form](body, rows)

    def _dataset(
        self, default: list[str] | None, named: list[str] | None
    ) -> tuple[ox.Store, dict[str, Any]]:
        """Return the store to ask and the options to ask it with, for a dataset of some of its graphs."""
        if default is None and named is None:
            return self._store, {}
        graphs = [ox.NamedNode(name) for name in default or ()]
        others = [ox.NamedNode(name) for name in named or ()]
        if len(graphs) > 1:
            # The engine gives a triple twice that is in two graphs; in their merge it is there once.
            store = self._merged(tuple(default or ()), tuple(named or ()))
            return store, {"default_graph": ox.DefaultGraph(), "named_graphs": others}
        return self._store, {"default_graph": graphs, "named_graphs": others}

    def _merged(self, default: tuple[str, ...], named: tuple[str, ...]) -> ox.Store:
        key = (default, named)
        if key not in self._merged_stores:
            merged = ox.Store()
            for name in default:
                merged.bulk_extend(
                    ox.Quad(q.subject, q.predicate, q.object) for q in self._quads(name)
                )
            for name in named:
                merged.bulk_extend(self._quads(name))
            while len(self._merged_stores) >= _MERGED_AT_MOST:
                del self._merged_stores[next(iter(self._merged_stores))]
            self._merged_stores[key] = merged
        return self._merged_stores[key]

    def _quads(self, name: str) -> Iterable[ox.Quad]:
        return self._store.quads_for_pattern(None, None, None, ox.NamedNode(name))


def _with_columns(text: str, base: str, star: tuple[int, list[str]] | None) -> str:
    """Return a SELECT * that names its columns in the order given; raises SyntaxError.

    Which variables are in scope is asked of the engine, on nothing: it reads the query, and answers at once.
    """
    if star is None:
        return text
    at, names = star
    nothing = ox.Store().query(text, base_iri=base)
    assert isinstance(nothing, ox.QuerySolutions)
    scope = [variable.value for variable in nothing.variables]
    columns = sorted(scope, key=lambda name: names.index(name) if name in names else len(names))
    if columns == scope:
        return text
    return f"{text[:at]} {' '.join(f'?{name}' for name in columns)} {text[at + 1 :]}"


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
        raise Refusal("rows")
    return False, body


def _whole_tsv(body: bytes, rows: int) -> tuple[bool, bytes]:
    # A line feed inside a value is written \n: each line is a row, after that of the names.
    if body.count(b"\n") > rows + 1:
        raise Refusal("rows")
    return False, body


_CUT = {"json": _cut_json, "xml": _cut_xml, "csv": _whole_csv, "tsv": _whole_tsv}
