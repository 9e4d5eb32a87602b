"""Another engine that is not there, or answers otherwise: what is served and said (S6)."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from commands import run
from montages.store.sparql.query_guard import query_plan
from montages.store.sparql.remote.remote_results import boolean_columns
from montages.web import create_app

NOWHERE = "http://127.0.0.1:1/sparql"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MONTAGES_ENDPOINT", NOWHERE)
        app = create_app({"REQUEST_LOG": "off"})
    return app.test_client()  # which knows its engine by then


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/queries/layers.json"])
def test_without_the_engine_a_query_is_told_when_to_come_back(
    client: FlaskClient, path: str
) -> None:
    answer = client.get(path, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.json["type"].endswith("engine-unreachable")
    assert int(answer.headers["Retry-After"]) > 0
    assert "127.0.0.1" not in answer.text, "where the engine is, is nobody's business"


def test_without_the_engine_pages_documents_and_health_are_served(client: FlaskClient) -> None:
    assert client.get("/id/contract/mpgp.ttl").status_code == 200
    assert client.get("/id/contract/mpgp.html").status_code == 200
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert ready.status_code == 503
    assert ready.json["checks"] == {"knowledge": True, "engine": False, "assessment": True}


def test_a_command_without_the_engine_ends_with_the_reason() -> None:
    said = run("query", "layers", "--endpoint", NOWHERE, "--lang", "en")
    assert said.code == 2
    assert "does not answer" in said.err


@pytest.mark.parametrize("address", ["ftp://example.org/sparql", "http://me:secret@h/", "sparql"])
def test_an_address_that_is_none_is_refused_and_not_repeated(address: str) -> None:
    said = run("query", "layers", "--endpoint", address, "--lang", "en")
    assert said.code == 2
    assert "MONTAGES_ENDPOINT" in said.err
    assert "secret" not in said.err


def test_a_load_needs_to_know_where(tmp_path: Path) -> None:
    file = tmp_path / "rows.nt"
    file.write_text("", "utf-8")
    for words in (("load", file), ("load", "--store", tmp_path / "store")):
        assert run(*words).code == 2
    said = run("load", file, "--endpoint", "http://127.0.0.1:1/ds/query", "--lang", "en")
    assert said.code == 2
    assert "MONTAGES_ENDPOINT_GRAPH_STORE" in said.err


@pytest.mark.parametrize(
    ("expression", "boolean"),
    [
        ("EXISTS { ?x ?p 1 }", True),
        ("NOT EXISTS { ?x ?p 1 }", True),
        ("?x = <http://x/a=b>", True),
        ("?x IN (1, 2)", True),
        ("!BOUND(?x)", True),
        ("(?x > 1)", True),
        ("IF(?x, 1 = 1, BOUND(?x))", True),
        ("COALESCE(isIRI(?x), false)", True),
        ("IF(?x > 1, 1, 0)", False),
        ("COUNT(?x)", False),
        ("STRLEN(STR(<http://x/a=b>))", False),
        ("CONCAT('=', ?x)", False),
    ],
)
def test_a_column_of_truth_values_is_known_by_its_expression(
    expression: str, boolean: bool
) -> None:
    plan = query_plan(f"SELECT ({expression} AS ?y) {{ ?x ?p ?o }}", ())
    assert boolean_columns(plan) == ({"y"} if boolean else frozenset())
