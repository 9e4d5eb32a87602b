"""One query answered, in a process that can be killed: read, run, cut at the limits, written out.

This runs in the processes that `fork_server` starts: reading the text, refusing it, running it and writing
its answer all count towards the deadline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox

from montages.errors import MontagesError
from montages.store.sparql.limit_errors import Limits, answer_too_long, memory_exceeded
from montages.store.sparql.query_errors import QueryFailed, UnknownFunction, too_many_rows
from montages.store.sparql.query_guard import Plan, query_plan, require_graphs
from montages.store.sparql.row_limit import with_row_limit
from montages.store.sparql.select_star import with_columns
from montages.store.sparql.syntax_error import syntax_error

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
_MERGED_AT_MOST = 2
_SHOWN = 200  # characters of a name that a message repeats


# What the engine says of a function that it does not have.
_NO_FUNCTION = re.compile(r"custom (?:aggregate )?function <(?P<name>[^>]*)> is not supported")


@dataclass(frozen=True)
class QueryScope:
    """The graphs that a query may name, and the services it may call."""

    graphs: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()


class NoFormat(Exception):
    """None of the formats that the client takes is one of the answer; the text is the form of the query."""


def loaded_store(text: bytes) -> ox.Store:
    """Return a store in memory of N-Quads, blank nodes under their own labels."""
    store = ox.Store()
    # bulk_load would name blank nodes anew, and no two stores would answer alike.
    store.bulk_extend(ox.parse(text, format=ox.RdfFormat.N_QUADS))
    return store


class QueryWorker:
    """A store, and the datasets lately made of some of its graphs."""

    def __init__(self, store: ox.Store, limits: Limits, scope: QueryScope) -> None:
        self._store, self._limits, self._scope = store, limits, scope
        self._merged_stores: dict[tuple[tuple[str, ...], tuple[str, ...]], ox.Store] = {}

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Return what is to be known of an answer, and its bytes in one of the formats asked.

        The request has the text of the `query`, its `base`, `formats`, and perhaps `default` and `named`
        graphs, which go before those of the query. Raises NoFormat and the errors of `query_errors`.
        """
        plan = query_plan(request["query"], self._scope.graphs, self._scope.allowed)
        default, named = request.get("default"), request.get("named")
        for names in (default, named):
            require_graphs(names or (), self._scope.graphs)
        if default is None and named is None:
            default, named = plan.default, plan.named
        form = next((f for f in request["formats"] if f in FORMATS_OF[plan.form]), None)
        if form is None:
            raise NoFormat(plan.form)
        store, options = self._dataset(default, named)
        try:
            text = with_row_limit(plan, self._limits.rows + 1)
            text = with_columns(plan, text, request["base"])
            result = store.query(text, base_iri=request["base"], **options)
            cut, body = self._serialised(result, plan, form)
        except SyntaxError as error:
            raise syntax_error(plan, _complaint(plan.text, request["base"], error)) from error
        except MemoryError as error:
            raise memory_exceeded(self._limits) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise _failure(str(error)) from error
        if len(body) > self._limits.bytes:
            raise answer_too_long(self._limits)
        return {
            "form": plan.form,
            "format": form,
            "cut": cut,
            "changing": plan.changing,
            "renaming": plan.renaming,
        }, body

    def _serialised(self, result: Any, plan: Plan, form: str) -> tuple[bool, bytes]:
        rows = self._limits.rows
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

    def _dataset(
        self, default: Sequence[str] | None, named: Sequence[str] | None
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


def _complaint(text: str, base: str, error: SyntaxError) -> str:
    """Return what the engine says of a text as it was written: ours has a limit, and other places."""
    try:
        ox.Store().query(text, base_iri=base)
    except SyntaxError as other:
        return str(other)
    return str(error)


def _failure(message: str) -> MontagesError:
    """Return the error of a query that the engine reads and cannot answer."""
    if unknown := _NO_FUNCTION.search(message):
        name = unknown["name"][:_SHOWN]
        return UnknownFunction(
            f"La fonction <{name}> n'existe pas ici. Le service a celles de SPARQL 1.1 et les conversions "
            "xsd: ; calculez le reste après.",
            f"The function <{name}> does not exist here. The service has those of SPARQL 1.1 and the xsd: "
            "casts; work out the rest afterwards.",
            function=name,
        )
    return QueryFailed(
        f"Le moteur n'a pas pu répondre : {message}", f"The engine could not answer: {message}"
    )


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
