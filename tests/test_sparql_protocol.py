"""The SPARQL 1.1 Protocol, case by case (S1): each file of `sparql-protocol` is a table of requests.

A case says how the query is sent (`get`, `form`, `body`, `utf16` or `raw`, with `url` for what is in the
address besides), and what comes back: `status` (200 if not told), `media`, `boolean`, `text`, `headers`,
and for a problem its `slug` and a part of its `detail`.
"""

from __future__ import annotations

import json
from typing import Any

import pyoxigraph as ox
import pytest
import yaml
from flask.testing import FlaskClient
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from werkzeug.test import TestResponse

from montages import settings
from protocol_graphs import FOLDER, protocol_application

CASES = [
    pytest.param(case, id=f"{path.stem}: {case['says']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
RDF_TYPES = (
    "text/turtle",
    "application/ld+json",
    "application/rdf+xml",
    "application/n-triples",
    "application/trig",
    "application/n-quads",
)


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return protocol_application().test_client()


def sent(client: FlaskClient, case: dict[str, Any]) -> TestResponse:
    body = case.get("form") or case.get("body")
    if "utf16" in case:
        body = case["utf16"].encode("utf-16")
    method = case.get("method", "POST" if body else "GET")
    address = case.get("raw") or {**case.get("get", {}), **case.get("url", {})}
    headers = {"Accept-Language": "en"}
    if "accept" in case:
        headers["Accept"] = case["accept"]
    kind = case.get("type", "application/x-www-form-urlencoded" if "form" in case else None)
    return client.open(
        case.get("path", "/sparql"),
        method=method,
        query_string=address,
        data=body,
        content_type=kind,
        headers=headers,
    )


@pytest.mark.parametrize("case", CASES)
def test_the_protocol(client: FlaskClient, case: dict[str, Any]) -> None:
    answer = sent(client, case)
    assert answer.status_code == case.get("status", 200), answer.text
    for name, value in case.get("headers", {}).items():
        assert value in answer.headers[name]
    if "media" in case:
        assert answer.mimetype == case["media"]
    if "boolean" in case:
        assert answer.json == {"head": {}, "boolean": case["boolean"]}
    if "text" in case:
        assert answer.text == case["text"]
    if answer.status_code >= 400:
        assert answer.mimetype == "application/problem+json"
        problem = json.loads(answer.data)
        assert problem["status"] == answer.status_code
        assert case.get("slug", "") in problem["type"]
        assert case.get("detail", "") in problem["detail"]
        assert problem.get("line") == case.get("line", problem.get("line"))
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("media", RDF_TYPES)
def test_the_same_graph_in_every_format(client: FlaskClient, media: str) -> None:
    asked = {"query": "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o . ?s <def/answerProperty> ?p }"}
    plain = client.get("/sparql", query_string=asked, headers={"Accept": "application/n-triples"})
    answer = client.get("/sparql", query_string=asked, headers={"Accept": media})
    expected = Graph().parse(data=plain.text, format="nt")
    assert len(expected) > 10
    found = {
        (str(quad.subject.value), str(quad.predicate.value), str(quad.object.value))
        for quad in ox.parse(answer.data, format=ox.RdfFormat.from_media_type(media))
    }
    assert found == {(str(s), str(p), str(o)) for s, p, o in expected}


def test_an_answer_that_the_client_has_is_not_worked_out_again(client: FlaskClient) -> None:
    asked = {"query": "SELECT * { ?s a <def/ContractType> } ORDER BY ?s"}
    first = client.get("/sparql", query_string=asked)
    tag = first.headers["ETag"]
    assert tag.startswith('"')
    again = client.get("/sparql", query_string=asked, headers={"If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    in_csv = client.get(
        "/sparql", query_string={**asked, "format": "csv"}, headers={"If-None-Match": tag}
    )
    assert (in_csv.status_code, in_csv.headers["ETag"] == tag) == (200, False)


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()"])
def test_an_answer_that_changes_by_itself_has_no_tag(client: FlaskClient, call: str) -> None:
    answers = [
        client.get("/sparql", query_string={"query": f"SELECT ({call} AS ?x) {{}}"}) for _ in "12"
    ]
    assert answers[0].data != answers[1].data
    assert "ETag" not in answers[0].headers
    assert answers[0].headers["Cache-Control"] == "no-store"


def test_new_blank_nodes_are_the_same_graph_in_other_bytes(client: FlaskClient) -> None:
    asked = {"query": "CONSTRUCT { [] a ?o } WHERE { <id/contract/mpgp> a ?o }"}
    assert client.get("/sparql", query_string=asked).headers["ETag"].startswith('W/"')


@pytest.mark.parametrize("media", RDF_TYPES)
def test_the_service_describes_itself(client: FlaskClient, media: str) -> None:
    answer = client.get("/sparql", headers={"Accept": media})
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert answer.headers["ETag"]
    parsed = ox.Store()
    parsed.load(answer.data, format=ox.RdfFormat.from_media_type(media))
    triples = ox.serialize((quad.triple for quad in parsed), format=ox.RdfFormat.TURTLE)
    graph = Graph().parse(data=triples, format="turtle")
    service = URIRef("http://localhost/sparql")
    assert (service, RDF.type, SD.Service) in graph
    assert (service, SD.endpoint, service) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Query) in graph
    assert (service, SD.supportedLanguage, SD.SPARQL11Update) not in graph
    assert (service, SD.feature, SD.BasicFederatedQuery) not in graph
    limits = {str(v) for p in graph.objects(service, URIRef("https://schema.org/additionalProperty"))
              for v in graph.objects(p, URIRef("https://schema.org/value"))}  # fmt: skip
    assert {settings.get("query_seconds"), settings.get("query_rows")} <= limits


def test_the_graphs_of_the_description_are_those_that_can_be_asked(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/sparql").text, format="turtle")
    told = {
        str(name): int(str(next(graph.objects(held, URIRef("http://rdfs.org/ns/void#triples")))))
        for named, name in graph.subject_objects(SD.name)
        for held in graph.objects(named, SD.graph)
    }
    asked = {"query": "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"}
    tree = client.get("/sparql", query_string=asked).json
    assert tree is not None
    held = {row["g"]["value"]: int(row["n"]["value"]) for row in tree["results"]["bindings"]}
    assert "http://example.org/g1" in told
    # A store keeps one form of each value: 01 and 1 are one triple in it, two in the source.
    assert set(told) == set(held)
    assert all(told[name] - held[name] in range(3) for name in held)
    shapes = {str(o) for o in graph.objects(None, URIRef("http://purl.org/dc/terms/conformsTo"))}
    assert shapes == {name for name in told if "/module/shapes-" in name}


def test_each_format_of_the_description_is_one_that_is_given(client: FlaskClient) -> None:
    graph = Graph().parse(data=client.get("/sparql").text, format="turtle")
    formats = set(graph.objects(None, SD.resultFormat))
    assert len(formats) == 11
    assert all(str(f).startswith("http://www.w3.org/ns/formats/") for f in formats)


def test_the_language_of_a_problem_is_the_reader_s(client: FlaskClient) -> None:
    said = [
        client.get("/sparql", query_string={"query": "x"}, headers={"Accept-Language": lang}).json
        for lang in ("fr", "en")
    ]
    assert [s["title"] for s in said if s] == [
        "Requête SPARQL mal écrite",
        "Malformed SPARQL query",
    ]


@pytest.mark.parametrize("kind", ["application/sparql-query", "application/x-www-form-urlencoded"])
def test_a_query_has_a_longest_text(client: FlaskClient, kind: str) -> None:
    most = settings.number("query_length")
    field = b"query=" if "form" in kind else b""
    for size, status in ((most, 200), (most + 1, 413)):
        text = b"ASK{}".ljust(size, b"+" if field else b" ")
        answer = client.post("/sparql", data=field + text, content_type=kind)
        assert answer.status_code == status
    assert (answer.json or {})["setting"] == "query_length"


def test_literals_are_written_with_their_types(client: FlaskClient) -> None:
    tree = client.get("/sparql", query_string={"query": "SELECT (1 AS ?i) ('a'@fr AS ?l) {}"}).json
    assert tree is not None
    row = tree["results"]["bindings"][0]
    assert row["i"]["datatype"] == str(Literal(1).datatype)
    assert row["l"]["xml:lang"] == "fr"
