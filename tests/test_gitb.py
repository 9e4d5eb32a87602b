"""The form of the European test bed's RDF validator: its requests are taken, its reports given (V2b)."""

from __future__ import annotations

import base64
import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from lxml import etree
from rdflib import SH, Graph
from werkzeug.test import TestResponse

from montages.web import create_app

DOOR = "/shacl/montages/api/validate"
TEXT = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/montages/id/project/e> a mtg:Project ; rdfs:label "Été"@fr ; mtg:holdr mtg:Commune .
"""
GOOD = "project: Bon\nholder: {type: Commune}\nlayers: [{layer: objects, mode: own}]\n"
# A request as a client of the test bed writes it, every key of the form that is done here.
REQUEST = {
    "contentToValidate": base64.b64encode(TEXT.encode()).decode(),
    "contentSyntax": "text/turtle",
    "embeddingMethod": "BASE64",
    "validationType": "project",
    "reportSyntax": "application/json",
    "locale": "fr_FR",
    "addInputToReport": True,
    "addShapesToReport": False,
    "addRdfReportToReport": True,
    "rdfReportSyntax": "text/turtle",
    "externalRules": [],
    "loadImports": False,
}
RDF = {
    "application/rdf+xml": "xml", "text/turtle": "turtle", "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}  # fmt: skip
TR = "{http://www.gitb.com/tr/v1/}"
XML_SCHEMA = Path(__file__).parent / "schemas" / "gitb-test-report.rng"


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


def asked(client: FlaskClient, **keys: Any) -> TestResponse:
    """Return what a request gets, its report in JSON unless it says otherwise."""
    request = {"contentToValidate": TEXT, "reportSyntax": "application/json", **keys}
    return client.post(DOOR, json={k: v for k, v in request.items() if v is not ...})


def report(client: FlaskClient, **keys: Any) -> dict[str, Any]:
    answer = asked(client, **keys)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    return dict(json.loads(answer.text))


def test_the_report_has_the_keys_that_a_client_of_the_test_bed_reads(client: FlaskClient) -> None:
    answer = client.post(DOOR, json=REQUEST)
    assert answer.status_code == 200, answer.text
    tree = json.loads(answer.text)
    assert set(tree) == {
        "name", "date", "result", "overview", "counters", "context", "reports",
    }  # fmt: skip
    datetime.strptime(tree["date"], "%Y-%m-%dT%H:%M:%S.%f%z")
    assert tree["result"] == "FAILURE"
    assert tree["counters"] == {"nrOfAssertions": 1, "nrOfErrors": 1, "nrOfWarnings": 2}
    assert {kind: len(items) for kind, items in tree["reports"].items()} == {
        "error": 1, "warning": 2, "info": 1,
    }  # fmt: skip
    overview = {"profileID", "validationServiceName", "validationServiceVersion"}
    assert set(tree["overview"]) == overview
    (error,) = tree["reports"]["error"]
    assert set(error) == {"assertionID", "description", "location", "test", "type", "value"}
    assert error["assertionID"] == "https://w3id.org/montages/shape/Description-knownTerms"
    assert "[3:" in error["location"]
    assert "mtg:holdr n'existe pas" in error["description"]
    items = {item["name"]: item for item in tree["context"]["items"]}
    assert items["input"]["value"] == TEXT
    graph = Graph().parse(data=items["report"]["value"], format="turtle")
    assert len(list(graph.objects(None, SH.result))) == 4
    for item in items.values():
        assert set(item) == {"name", "type", "embeddingMethod", "value"}


def test_what_conforms_is_a_success_with_nothing_reported_as_an_error(client: FlaskClient) -> None:
    tree = report(client, contentToValidate=GOOD, contentSyntax="application/yaml")
    assert (tree["result"], tree["counters"]["nrOfErrors"]) == ("SUCCESS", 0)
    assert ("error" in tree["reports"], tree["context"]) == (False, {})


@pytest.mark.parametrize("method", ["STRING", "BASE64", "base64", None, ...])
def test_content_is_read_as_it_is_embedded(client: FlaskClient, method: Any) -> None:
    packed = base64.encodebytes(TEXT.encode()).decode()
    for text in (TEXT,) if method == "STRING" else (packed,):
        tree = report(client, contentToValidate=text, embeddingMethod=method)
        assert tree["counters"]["nrOfErrors"] == 1


@pytest.mark.parametrize("syntax", ["text/turtle", "text/turtle; charset=utf-8", None, "", ...])
def test_a_syntax_that_is_not_named_is_recognised(client: FlaskClient, syntax: Any) -> None:
    assert report(client, contentSyntax=syntax)["counters"]["nrOfErrors"] == 1


@pytest.mark.parametrize("syntax", RDF)
def test_a_report_in_rdf_is_a_shacl_report(client: FlaskClient, syntax: str) -> None:
    for keys, headers in (({"reportSyntax": syntax}, {}), ({}, {"Accept": syntax})):
        request = {"contentToValidate": TEXT, **keys}
        answer = client.post(DOOR, json=request, headers=headers)
        assert (answer.status_code, answer.mimetype) == (200, syntax)
        graph = Graph().parse(data=answer.text, format=RDF[syntax])
        assert len(list(graph.objects(None, SH.result))) == 4


def test_who_asks_for_no_syntax_gets_rdf_xml_as_there(client: FlaskClient) -> None:
    answer = client.post(DOOR, json={"contentToValidate": TEXT}, headers={"Accept": "*/*"})
    assert (answer.status_code, answer.mimetype) == (200, "application/rdf+xml")


@pytest.mark.parametrize("syntax", ["application/xml", "text/xml"])
def test_the_report_in_xml_says_the_same(client: FlaskClient, syntax: str) -> None:
    keys = {"contentToValidate": TEXT + "# <&]]>\x85", "addInputToReport": True}
    tree = etree.fromstring(asked(client, **keys, reportSyntax=syntax).data)
    etree.RelaxNG(file=str(XML_SCHEMA)).assertValid(tree)
    as_json = report(client, **keys)
    assert tree.findtext(f"{TR}result") == as_json["result"]
    counters = tree.find(f"{TR}counters")
    assert {e.tag.removeprefix(TR): int(e.text) for e in counters} == as_json["counters"]
    items = [(e.tag.removeprefix(TR), e.findtext(f"{TR}test")) for e in tree.find(f"{TR}reports")]
    assert items == [
        (kind, item["test"]) for kind, of_kind in as_json["reports"].items() for item in of_kind
    ]


@pytest.mark.parametrize(
    ("locale", "word"),
    [("fr", "Indiquez"), ("fr-FR", "Indiquez"), ("en_GB", "Say"), ("de", "Say"), (None, "Say")],
)
def test_the_locale_is_the_language_and_the_reader_s_where_it_is_unknown(
    client: FlaskClient, locale: Any, word: str
) -> None:
    request = {"contentToValidate": TEXT, "locale": locale, "reportSyntax": "application/json"}
    answer = client.post(DOOR, json=request, headers={"Accept-Language": "en"})
    assert word in json.loads(answer.text)["reports"]["warning"][1]["description"]


def test_keys_that_are_not_of_the_form_are_passed_over(client: FlaskClient) -> None:
    more = {"unknown": {"a": [1, None]}, "wrapReportDataInCDATA": True, "x": "y" * 10_000}
    bare, whole = report(client), report(client, **more)
    assert {**bare, "date": ""} == {**whole, "date": ""}


def test_an_unknown_domain_is_not_found(client: FlaskClient) -> None:
    for answer in (
        client.post("/shacl/any/api/validate", json=REQUEST),
        client.get("/shacl/any/api/info"),
    ):
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
        assert json.loads(answer.text)["accepted"] == ["montages"]


def test_what_may_be_validated_is_listed(client: FlaskClient) -> None:
    one = json.loads(client.get("/shacl/montages/api/info?lang=en").text)
    assert set(one) == {"domain", "validationTypes"}
    assert [kind["type"] for kind in one["validationTypes"]] == ["project", "rulebook", "catalogue"]
    assert all(set(kind) == {"type", "description"} for kind in one["validationTypes"])
    assert json.loads(client.get("/shacl/api/info?lang=en").text) == [one]


@pytest.mark.parametrize("kind", ["project", "rulebook", "catalogue"])
def test_each_type_of_validation_uses_its_shapes(client: FlaskClient, kind: str) -> None:
    tree = report(client, validationType=kind)
    assert tree["overview"]["profileID"] == kind
    assert tree["result"] == "FAILURE"


@pytest.mark.parametrize("url", ["https://example.org/a.ttl", " file:///etc/passwd "])
@pytest.mark.parametrize("method", ["URL", None])
def test_no_document_is_fetched(client: FlaskClient, url: str, method: Any) -> None:
    answer = asked(client, contentToValidate=url, embeddingMethod=method)
    assert answer.status_code == 403
    assert "BASE64" in json.loads(answer.text)["detail"]


REFUSED: dict[str, tuple[Any, int, str]] = {
    "a shape of one's own": ({"externalRules": [{"ruleSet": "x"}]}, 422, "externalRules"),
    "an endpoint": ({"contentQueryEndpoint": "http://x/"}, 422, "contentQueryEndpoint"),
    "a query on the report": ({"reportQuery": "CONSTRUCT {} WHERE {}"}, 422, "reportQuery"),
    "imports": ({"loadImports": True}, 422, "loadImports"),
    "shapes in the report": ({"addShapesToReport": True}, 422, "addShapesToReport"),
    "an unknown type": ({"validationType": "projet"}, 400, "validationType"),
    "an unknown report": ({"reportSyntax": "application/pdf"}, 400, "reportSyntax"),
    "an unknown syntax": ({"contentSyntax": "text/x"}, 415, "text/x"),
    "lines": ({"contentSyntax": "application/x-ndjson"}, 415, "ndjson"),
    "an unknown method": ({"embeddingMethod": "HEX"}, 400, "embeddingMethod"),
    "no content": ({"contentToValidate": " "}, 400, "contentToValidate"),
    "a number": ({"contentToValidate": 1}, 400, "contentToValidate"),
    "a list": ({"contentSyntax": ["text/turtle"]}, 400, "contentSyntax"),
    "a flag in words": ({"addInputToReport": "true"}, 400, "addInputToReport"),
    "a long locale": ({"locale": "f" * 300}, 400, "locale"),
    "no base 64": ({"embeddingMethod": "BASE64"}, 400, "contentToValidate"),
    "a fault of syntax": ({"contentToValidate": "<a> <b>", "contentSyntax": "text/turtle"}, 400, "turtle"),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_done_here_is_refused_by_the_name_of_its_key(
    client: FlaskClient, name: str, lang: str
) -> None:
    keys, status, word = REFUSED[name]
    request = {"contentToValidate": TEXT, **keys}
    answer = client.post(f"{DOOR}?lang={lang}", json=request)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert word in json.loads(answer.text)["detail"]


@pytest.mark.parametrize("body", ["", "[]", "null", "{", "é", '{"contentToValidate": '])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: str) -> None:
    answer = client.post(DOOR, data=body, content_type="application/json")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    answer = client.post(DOOR, data=body, content_type="text/plain")
    assert answer.status_code == 415


def test_the_form_sent_to_another_door_is_led_to_this_one(client: FlaskClient) -> None:
    answer = client.post("/validate", json=REQUEST)
    assert answer.status_code == 422
    door = json.loads(answer.text)["door"]
    assert client.post(door, json=REQUEST).status_code == 200
    assert re.search(rf"\b{door[1:]}\b", json.loads(answer.text)["detail"])
