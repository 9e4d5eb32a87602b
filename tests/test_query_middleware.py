"""What is answered before the application has the limits, headers, figures and log line of all the rest."""

from __future__ import annotations

import json
import logging

import pytest
from flask.testing import FlaskClient

from montages.web import create_app

FAR = {"REMOTE_ADDR": "203.0.113.9"}  # the machine itself may ask as often as it likes
GOOD, WRONG = "ASK { ?s ?p ?o }", "ASK { ?s ?p }"
RESULTS = {"Accept": "application/sparql-results+json"}
MOST = 4


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": MOST, "REQUEST_LOG": "on"}).test_client()


def test_headers_of_all_answers_are_those_of_a_query_too(client: FlaskClient) -> None:
    answer = client.get("/sparql", query_string={"query": GOOD}, headers=RESULTS)
    page = client.get("/healthz")
    always = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}
    for name in always:
        assert answer.headers.getlist(name) == page.headers.getlist(name) != []
    assert answer.headers.getlist("Access-Control-Allow-Origin") == ["*"]
    assert answer.headers.getlist("Vary") == ["Accept"]
    head = client.head("/sparql", query_string={"query": GOOD}, headers=RESULTS)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == answer.headers["Content-Length"]


@pytest.mark.parametrize("query", [GOOD, WRONG])
def test_a_query_has_one_name_and_one_line_in_the_log(
    client: FlaskClient, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("montages.request")
    log.addHandler(caplog.handler)
    try:
        answer = client.get(
            "/sparql",
            query_string={"query": query},
            headers={**RESULTS, "X-Request-Id": f"name-{len(query)}"},
        )
    finally:
        log.removeHandler(caplog.handler)
    (line,) = [json.loads(record.message) for record in caplog.records]
    assert answer.headers.getlist("X-Request-Id") == [line["request"]] == [f"name-{len(query)}"]
    assert (line["route"], line["status"]) == ("/sparql", answer.status_code)
    assert line["bytes_out"] == len(answer.data)
    assert query not in caplog.text


def test_a_query_counts_once_among_those_of_its_client_whichever_way_it_is_answered(
    client: FlaskClient,
) -> None:
    statuses = [
        client.get("/sparql", query_string={"query": query}, headers=RESULTS, environ_base=FAR)
        for query in (GOOD, WRONG, GOOD, WRONG, GOOD)
    ]
    assert [each.status_code for each in statuses] == [200, 400, 200, 400, 429]
    assert statuses[-1].mimetype == "application/problem+json"
    assert int(statuses[-1].headers["Retry-After"]) > 0


def test_a_query_is_counted_once_among_the_figures(client: FlaskClient) -> None:
    def counted() -> float:
        text = client.get("/metrics").text
        line = 'montages_requests_total{method="POST",route="/sparql",status="200"} '
        return next((float(x[len(line) :]) for x in text.splitlines() if x.startswith(line)), 0.0)

    before = counted()
    sent = {"data": GOOD, "content_type": "application/sparql-query", "headers": RESULTS}
    assert client.post("/sparql", **sent).json == {"head": {}, "boolean": True}
    assert counted() == before + 1


def test_what_is_under_the_address_and_not_the_query_is_the_applications(
    client: FlaskClient,
) -> None:
    assert client.get("/sparql", headers={"Accept": "text/html"}).mimetype == "text/html"
    assert client.get("/sparql", headers={"Accept": "text/turtle"}).mimetype == "text/turtle"
    page = client.post("/sparql", data={"query": GOOD}, headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (200, "text/html")
    assert client.delete("/sparql").status_code == 405
    slash = client.get("/sparql/", query_string={"query": GOOD}, headers=RESULTS)
    assert slash.json == {"head": {}, "boolean": True}
