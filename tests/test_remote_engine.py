"""Virtuoso behind the endpoint and the questions: the same answers, the same limits, the same words (S6)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from SPARQLWrapper import SPARQLWrapper

from commands import run
from montages.publish.linked_data.documents import served_dataset
from montages.store.questions.ask import ask_processes
from montages.store.sparql.query_pool import limits, started_pool
from montages.store.sparql.remote.engine_graphs import UNDATED
from montages.store.sparql.remote.remote_engine import RemoteEngine
from montages.thread_shares import pool_size
from montages.web import create_app
from question_answers import AS_OF, FOLDER, question_of
from virtuoso_server import Virtuoso, virtuoso_server

pytestmark = pytest.mark.slow

BESIDE = "http://example.org/beside"
MANY = 10_001
TABLES = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
# A hundred rows of a hundred million pairs: the first are found at once, the others not in a second.
SLOW = """{ ?s <http://example.org/n> ?o . ?x <http://example.org/n> ?y
    FILTER(STRLEN(CONCAT(?o, ?y)) = 2) }"""
FLAG = '_:b <http://example.org/flag> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .'


def engine_settings(server: Virtuoso, password: Path) -> dict[str, str]:
    password.write_text(server.password + "\n", "utf-8")
    return {
        "MONTAGES_ENDPOINT": server.endpoint,
        "MONTAGES_ENDPOINT_USER": "dba",
        "MONTAGES_ENDPOINT_PASSWORD_FILE": str(password),
    }


def many_rows(folder: Path) -> Path:
    lines = (f'<http://example.org/{n}> <http://example.org/n> "{n}" .' for n in range(MANY))
    (folder / "rows.nt").write_text("\n".join([*lines, FLAG, ""]), "utf-8")
    return folder / "rows.nt"


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    with virtuoso_server(tmp_path_factory.mktemp("virtuoso")) as server:
        password = tmp_path_factory.mktemp("secret") / "password"
        env = engine_settings(server, password)
        published = run("load", "--lang", "en", env=env)
        assert published.code == 0, published.err
        assert "published graphs in the engine" in published.err
        rows = many_rows(tmp_path_factory.mktemp("rows"))
        beside = run("load", rows, "--graph", BESIDE, "--lang", "en", env=env)
        assert f"{MANY + 1} triples sent to <{BESIDE}>" in " ".join(beside.err.split())
        assert server.password not in published.err + published.out + beside.err + beside.out
        yield server


@pytest.fixture(scope="module")
def client(virtuoso: Virtuoso) -> FlaskClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONTAGES_ENDPOINT", virtuoso.endpoint)
        patch.setenv("MONTAGES_ENDPOINT_GRAPHS", BESIDE)
        app = create_app({"REQUEST_LOG": "off"})
    return app.test_client()  # which knows its engine by then


def bag(text: str) -> Counter[tuple[str, ...]]:
    return Counter(map(tuple, csv.reader(io.StringIO(text))))


def test_every_published_question_has_the_rows_of_the_embedded_engine(virtuoso: Virtuoso) -> None:
    dataset = served_dataset(date.today())
    engine = RemoteEngine(virtuoso.endpoint)
    with closing(started_pool(dataset, limits(), pool_size("query"), engine=engine)) as pool:
        for case in sorted(FOLDER.glob("*.csv")):
            name, parameters = question_of(case)
            result = ask_processes(pool, dataset, name, parameters, AS_OF)
            assert bag(result.to_csv()) == bag(case.read_text("utf-8")), case.stem


def test_the_command_and_the_service_put_questions_to_the_engine(
    virtuoso: Virtuoso, client: FlaskClient
) -> None:
    said = run("query", "layers", "--format", "csv", "--endpoint", virtuoso.endpoint)
    assert said.code == 0
    assert bag(said.out) == bag((FOLDER / "layers.csv").read_text("utf-8"))
    answer = client.get("/queries/layers.csv?lang=fr")
    assert bag(answer.text) == bag(said.out)
    assert "ETag" not in answer.headers  # the data of the engine may change
    old = client.get("/queries/criteria-of-a-contract.csv?as_of=2023-06-01&lang=fr")
    embedded = run("query", "criteria-of-a-contract", "--format", "csv", "--as-of", "2023-06-01")
    assert bag(old.text) == bag(embedded.out)


def ask(client: FlaskClient, query: str, accept: str = "application/sparql-results+json"):  # type: ignore[no-untyped-def]
    return client.get("/sparql", query_string={"query": query}, headers={"Accept": accept})


@pytest.mark.parametrize("order", ["", " ORDER BY ?n"])
@pytest.mark.parametrize("accept", [*TABLES, "text/html"])
def test_an_answer_that_the_engine_cuts_at_its_rows_is_refused(
    client: FlaskClient, accept: str, order: str
) -> None:
    query = f"SELECT ?s ?n {{ ?s <http://example.org/n> ?n }}{order}"
    cut = ask(client, query, accept)
    assert (cut.status_code, "example.org/7" in cut.text) == (502, False)
    assert "10000" in cut.text
    assert ask(client, f"{query} LIMIT 9999", accept).status_code == 200


def test_an_answer_within_the_rows_of_the_engine_is_whole(client: FlaskClient) -> None:
    query = "SELECT ?s ?n { ?s <http://example.org/n> ?n }"
    whole = ask(client, f"{query} LIMIT 9999")
    assert len(whole.json["results"]["bindings"]) == 9999
    assert whole.json["head"] == {"vars": ["s", "n"]}
    count = ask(client, "SELECT (COUNT(*) AS ?n) { ?s <http://example.org/n> ?n }")
    assert count.json["results"]["bindings"][0]["n"]["value"] == str(MANY)


def test_booleans_blank_nodes_and_graphs_are_written_as_the_embedded_engine_does(
    client: FlaskClient,
) -> None:
    row = ask(client, "SELECT ?s ?flag (isBlank(?s) AS ?b) { ?s <http://example.org/flag> ?flag }")
    cells = row.json["results"]["bindings"][0]
    assert (cells["flag"]["value"], cells["b"]["value"]) == ("true", "true")
    assert cells["s"]["type"] == "bnode"
    turtle = ask(client, "DESCRIBE <http://example.org/7>", "text/turtle").text
    assert '<http://example.org/n> "7"' in turtle
    named = ask(client, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } LIMIT 200").json
    graphs = {each["g"]["value"] for each in named["results"]["bindings"]}
    assert BESIDE in graphs
    assert UNDATED not in graphs
    assert not [name for name in graphs if "openlinksw" in name], "the engine shows no other graph"


def test_an_answer_that_the_engine_stops_at_its_clock_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with virtuoso_server(tmp_path, seconds=1) as engine:
        for name, value in engine_settings(engine, tmp_path / "password").items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("MONTAGES_ENDPOINT_GRAPHS", BESIDE)
        assert run("load", many_rows(tmp_path), "--graph", BESIDE).code == 0
        client = create_app({"REQUEST_LOG": "off"}).test_client()
        alone = SPARQLWrapper(engine.endpoint)
        alone.setQuery(f"SELECT ?s ?x {SLOW}")
        alone.setReturnFormat("json")
        rows = alone.queryAndConvert()["results"]["bindings"]
        assert 0 < len(rows) < 100, "the engine itself gives what it has, and does not say so"
        for accept in TABLES:
            answer = ask(client, f"SELECT DISTINCT ?s ?x {SLOW}", accept)
            assert (answer.status_code, "example.org/" in answer.text) == (502, False)
        sorted_ = ask(client, f"SELECT ?s ?x {SLOW} ORDER BY ?s")
        built = ask(client, f"CONSTRUCT {{ ?s <http://x> ?x }} {SLOW}", "text/turtle")
        for answer in (sorted_, built):
            assert (answer.status_code, "example.org/" in answer.text) == (500, False)
        said = run("query", "--query", f"SELECT ?s ?x {SLOW}", "--format", "csv", "--lang", "en")
        assert (said.code, said.out) == (2, "")
        assert "part of the answer only" in said.err


@pytest.mark.parametrize(
    ("query", "status", "slug"),
    [
        ("INSERT DATA { <http://x> <http://x> 1 }", 403, "query-refused"),
        ("SELECT * { ?s ?p }", 400, "query-syntax"),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", 403, "query-refused"),
        ("SELECT * FROM <http://example.org/other> { ?s ?p ?o }", 400, "unknown-graph"),
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?s ORDER BY MIN(?o)", 500, "query-failed"),
    ],
)
def test_what_is_refused_is_a_problem_that_says_why(
    client: FlaskClient, query: str, status: int, slug: str
) -> None:
    answer = ask(client, query)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json["type"].endswith(slug)
    assert "127.0.0.1" not in answer.json["detail"]


def test_a_load_that_the_engine_refuses_says_whom_to_name(
    virtuoso: Virtuoso, tmp_path: Path
) -> None:
    rows = tmp_path / "rows.nt"
    rows.write_text("<http://x> <http://x> <http://x> .\n", "utf-8")
    env = {"MONTAGES_ENDPOINT_USER": "dba", "MONTAGES_ENDPOINT_PASSWORD": "wrong"}
    said = run("load", rows, "--endpoint", virtuoso.endpoint, "--lang", "en", env=env)
    assert said.code == 2
    assert "MONTAGES_ENDPOINT_USER" in said.err
    assert "wrong" not in said.err


def test_an_engine_that_went_away_is_told_and_documents_are_served(
    client: FlaskClient, virtuoso: Virtuoso
) -> None:
    assert client.get("/readyz").json["checks"]["engine"] is True
    virtuoso.process.kill()
    virtuoso.process.wait()
    answer = ask(client, "ASK { ?s ?p ?o }")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert client.get("/readyz").json["checks"]["engine"] is False
    assert client.get("/id/contract/mpgp.ttl").status_code == 200
