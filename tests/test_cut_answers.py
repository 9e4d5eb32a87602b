"""What a server of loopback cuts off an answer is told, and none of it is given (S6)."""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread

import pyoxigraph as ox
import pytest

from commands import run
from montages.errors import EngineUnreachable, QueryRefused, QueryTruncated, UnknownGraph
from montages.store.sparql.query_errors import Limits
from montages.store.sparql.query_guard import query_plan
from montages.store.sparql.query_rewriting import column_order, rewritten
from montages.store.sparql.remote.engine_graphs import EngineGraphs
from montages.store.sparql.remote.remote_engine import RemoteEngine
from montages.store.sparql.remote.remote_query import end_marked, taken_end
from montages.store.sparql.remote.remote_worker import RemoteWorker
from montages.web import create_app

QUERIES = {
    "SELECT": "SELECT ?n { ?s <http://x/p> ?n }",
    "SORTED": "SELECT ?n { ?s <http://x/p> ?n } ORDER BY ?n",
    "ASK": "ASK { ?s ?p ?o }",
    "CONSTRUCT": "CONSTRUCT WHERE { ?s ?p ?o }",
}
LITERAL = {"type": "literal", "value": "}"}
MANY = [{"n": LITERAL}] * 40
END = {"montages_end": LITERAL}


def results(*rows: dict[str, object]) -> bytes:
    return json.dumps(
        {"head": {"vars": ["n", "montages_end"]}, "results": {"bindings": rows}}
    ).encode()


WHOLE = {
    "SELECT": results(*MANY, END),
    "SORTED": results(*MANY).replace(b', "montages_end"', b""),
    "ASK": b'{"head": {}, "boolean": true}',
    "CONSTRUCT": b"".join(b'<http://x/s> <http://x/p> "%d." .\n' % n for n in range(40)),
}
RESULTS, TRIPLES = "application/sparql-results+json", "application/n-triples"
MEDIA = {"CONSTRUCT": TRIPLES}
LINE = WHOLE["CONSTRUCT"].index(b"\n", 600) + 1  # where a graph can be cut, and nothing shows


def http(form: str, body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {MEDIA.get(form, RESULTS)}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def length(count: int) -> str:
    return f"Content-Length: {count}"


def chunks(body: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    half = len(body) // 2
    parts = (b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:half], body[half:]))
    return b"".join(parts) + end


CHUNKED = "Transfer-Encoding: chunked"
S1TAT = ("X-SQL-State: S1TAT", "X-SQL-Message: RC...: Returning incomplete results")


def cut(form: str) -> Iterator[tuple[str, bytes]]:
    """Yield what a server may send of a whole answer, each by what is wrong with it."""
    whole = WHOLE[form]
    full, half = length(len(whole)), whole[: len(whole) // 2]
    yield "closed within the length", http(form, half, full)
    yield "closed before any of it", http(form, b"", full)
    yield "a length that is too short", http(form, whole, length(len(half)))
    yield "a length that is too short, and no more", http(form, half, length(len(half)))
    yield "a length that is too long", http(form, whole, length(len(whole) + 1))
    yield "no length, closed within", http(form, half)
    yield "closed within a chunk", http(form, chunks(whole)[: len(half)], CHUNKED)
    yield "closed between chunks", http(form, chunks(whole, b""), CHUNKED)
    yield "chunks that end within", http(form, chunks(half), CHUNKED)
    yield "no chunk", http(form, b"", CHUNKED)
    yield "partial content", http(form, whole, full, status="206 Partial Content")
    yield "a message of Virtuoso", http(form, whole, full, *S1TAT)
    yield "a state of Virtuoso", http(form, whole, full, S1TAT[0])
    yield "figures of Virtuoso", http(form, whole, full, "X-Exec-Milliseconds: 2000")


CUT = [(form, *case) for form in QUERIES for case in cut(form)]
CUT += [
    ("SELECT", "no end", http("SELECT", results(*MANY), length(len(results(*MANY))))),
    ("SELECT", "no row", http("SELECT", results(), length(len(results())))),
    (
        "SORTED",
        "the rows that the engine gives at most",
        http("SORTED", WHOLE["SORTED"], length(len(WHOLE["SORTED"])), "X-SPARQL-MaxRows: 40"),
    ),
    ("CONSTRUCT", "closed at a line", http("CONSTRUCT", WHOLE["CONSTRUCT"][:LINE])),
    ("CONSTRUCT", "all of it, and no length", http("CONSTRUCT", WHOLE["CONSTRUCT"])),
    (
        "CONSTRUCT",
        "a length that ends at a line",
        http("CONSTRUCT", WHOLE["CONSTRUCT"], length(LINE)),
    ),
]


# How a SELECT may be written: each has the same rows with an end as without.
SELECTS = [
    "SELECT * { ?s <http://x/p> ?n }",
    "SELECT DISTINCT ?n { ?s <http://x/p> ?n } # the last line {",
    "PREFIX x: <http://x/> SELECT ?s (?n AS ?m) { ?s x:p ?n } LIMIT 3",
    "SELECT ?n FROM <http://x/g> FROM NAMED <http://x/h> WHERE { ?s <http://x/p> ?n }",
    "SELECT ?n\nFROM # {\n<http://x/g>\n{ ?s <http://x/p> ?n }",
    "BASE <http://x/> SELECT (COUNT(*) AS ?montages_end) { ?s <p> ?n }",
    "SELECT ?n (COUNT(?s) AS ?c) { ?s <http://x/p> ?n } GROUP BY ?n HAVING (COUNT(?s) > 0)",
    "SELECT ?n { { SELECT ?n { ?s <http://x/p> ?n } ORDER BY ?n LIMIT 2 } }",
    "SELECT ?n { ?s <http://x/p> ?n } VALUES ?n { 1 2 }",
    "SELECT ?n ?z { _:a <http://x/p> ?n OPTIONAL { ?n <http://x/q> ?z } } OFFSET 1",
    "SELECT ?n { ?s <http://x/p> ?n } ORDER BY ?n",
]


@pytest.mark.parametrize("text", SELECTS)
def test_a_query_has_the_same_rows_with_an_end_as_without(text: str) -> None:
    store, graph = ox.Store(), ox.NamedNode("http://x/g")
    for n in range(5):
        number = ox.Literal(n % 4)
        thing = ox.NamedNode(f"http://x/{n}")
        store.add(ox.Quad(thing, ox.NamedNode("http://x/p"), number, graph))
    plan = query_plan(text, ("http://x/g", "http://x/h"))
    asked = end_marked(plan, 1000)
    trees = [
        json.loads(
            store.query(query, base_iri="http://x/", default_graph=[graph]).serialize(
                format=ox.QueryResultsFormat.JSON
            )
        )
        for query in (rewritten(text, column_order(plan)), asked.text)
    ]
    assert bool(asked.name) == taken_end(trees[1], asked.name) == (not text.endswith("BY ?n"))
    columns = [tree["head"]["vars"] for tree in trees]
    rows = [sorted(map(str, tree["results"]["bindings"])) for tree in trees]
    assert (columns[0], rows[0]) == (columns[1], rows[1])
    assert rows[0]


@contextmanager
def server(answer: bytes, *, reset: bool = False) -> Iterator[str]:
    """Send the same bytes to whoever asks, then close, or break off, until the end of the block."""

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = listener.accept()
                with connection:
                    request = b""
                    while b"\r\n\r\n" not in request or not _has_body(request):
                        request += connection.recv(65536)
                    connection.sendall(answer)
                    if reset:
                        # What is unread is lost, and the other side told so.
                        linger = struct.pack("ii", 1, 0)
                        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _has_body(request: bytes) -> bool:
    head, _, body = request.partition(b"\r\n\r\n")
    size = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    return len(body) >= int(size.split(b":")[1])


def ask(endpoint: str, form: str, written: str) -> bytes:
    limits = Limits(seconds=5, rows=1000, bytes=100_000, megabytes=500, network=True)
    worker = RemoteWorker(RemoteEngine(endpoint), EngineGraphs((), ()), limits)
    asked = {"query": QUERIES[form], "formats": [written]}
    return worker.answer(asked)[1]


@pytest.mark.parametrize("form", QUERIES)
@pytest.mark.parametrize("sent", ["length", "chunks"])
def test_a_whole_answer_is_given(form: str, sent: str) -> None:
    whole = WHOLE[form]
    answer = (
        http(form, whole, length(len(whole)))
        if sent == "length"
        else http(form, chunks(whole), CHUNKED)
    )
    with server(answer) as endpoint:
        body = ask(endpoint, form, "nt" if form == "CONSTRUCT" else "csv")
    assert body.count(b"\n") == {"ASK": 0, "CONSTRUCT": 40}.get(form, 41)
    assert b"montages_end" not in body


@pytest.mark.parametrize(("form", "fault", "answer"), CUT, ids=[" ".join(c[:2]) for c in CUT])
def test_a_part_of_an_answer_is_told_and_none_of_it_given(
    form: str, fault: str, answer: bytes
) -> None:
    with server(answer) as endpoint:
        for written in ("nt", "turtle") if form == "CONSTRUCT" else ("json", "csv"):
            with pytest.raises(QueryTruncated, match="none of it is given"):
                ask(endpoint, form, written)


@pytest.mark.parametrize("form", QUERIES)
def test_a_connection_that_breaks_is_told(form: str) -> None:
    answer = http(form, WHOLE[form][:50], length(len(WHOLE[form])))
    with server(answer, reset=True) as endpoint, pytest.raises(QueryTruncated):
        ask(endpoint, form, "nt" if form == "CONSTRUCT" else "json")


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { <a> <b> <c> }",
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }",
        "SELECT * { SERVICE SILENT <http://x/> { ?s ?p ?o } }",
        "SELECT * FROM <http://x/unknown> { ?s ?p ?o }",
    ],
)
def test_another_engine_is_not_asked_what_is_refused(
    query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(QUERIES, "SELECT", query)
    # Where nobody listens, whatever is asked is EngineUnreachable.
    with pytest.raises((QueryRefused, UnknownGraph)):
        ask("http://127.0.0.1:9/sparql", "SELECT", "csv")


@pytest.mark.parametrize(
    "media", ["text/csv", "text/tab-separated-values", "text/turtle", "text/html"]
)
def test_a_format_that_was_not_asked_for_is_refused(media: str) -> None:
    answer = http("SELECT", b"n\r\n1\r\n", length(6)).replace(RESULTS.encode(), media.encode())
    with server(answer) as endpoint, pytest.raises(EngineUnreachable, match="Content-Type"):
        ask(endpoint, "SELECT", "csv")


@pytest.mark.slow
def test_the_command_and_the_service_say_what_was_cut_and_write_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = http("SELECT", WHOLE["SELECT"], length(len(WHOLE["SELECT"])), *S1TAT)
    with server(answer) as endpoint:
        for asked in (("--query", QUERIES["SELECT"]), ("layers",)):
            said = run("query", *asked, "--endpoint", endpoint, "--format", "csv", "--lang", "en")
            assert (said.code, said.out) == (2, "")
            assert "a part of the answer only" in " ".join(said.err.split())
        monkeypatch.setenv("MONTAGES_ENDPOINT", endpoint)
        client = create_app({"REQUEST_LOG": "off"}).test_client()
        for address in ("/sparql?query=SELECT * {?s ?p ?o}", "/queries/layers.csv"):
            problem = client.get(address, headers={"Accept": "text/csv"})
            assert (problem.status_code, problem.mimetype) == (502, "application/problem+json")
            assert problem.json["type"].endswith("query-truncated")
