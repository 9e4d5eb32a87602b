"""POST /validate: all that is wrong, where it stands in what was sent, in every syntax and form (V1, V2)."""

from __future__ import annotations

import csv
import io
import json
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient
from rdflib import RDF, SH, Graph, Namespace, URIRef

from montages.decision.examine import graph as examine_graph
from montages.decision.parse import MEDIA_TYPES
from montages.errors import BrokenKnowledge
from montages.knowledge import library
from montages.web import create_app, fetching

PTR = Namespace("http://www.w3.org/2009/pointers#")
EARL = Namespace("http://www.w3.org/ns/earl#")
MEDIA = {syntax: media for media, syntax in reversed(MEDIA_TYPES.items())} | {"csv": "text/csv"}

KEYED = """project: Exemple
holder: {type: Comune, nme: y}
layers:
  - {layer: objects, mode: own, perimeter: nord}
  - objetss
perimeters:
  centre: {answers: {network-activity: maybe}}
answers:
  investment-funding: [public, private]
  agilty: low
  dialogue-case: [design, none]
  agility: "Faible"
description: R &D *x
"""
TURTLE = '''@prefix mtg: <https://w3id.org/montages/def/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix funding: <https://w3id.org/montages/id/investment-funding/> .
# a comment, with <marks> ; and "quotes"
<a> a mtg:Project ; rdfs:label "A"@fr ;
    mtg:holder [ a mtg:Comune ; rdfs:label """two
lines""" ] ;
    mtg:investmentFunding funding:public ,
        funding:publik ; mtg:durationMonths -3 ;
    mtg:assumes [ a mtg:Assumption ; mtg:agility <https://w3id.org/montages/id/agility/lowe> ] ;
    mtg:fooBar ( 1 2 ) .
<b> a mtg:Project .
'''
XML = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
         xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#"
         xmlns:mtg="https://w3id.org/montages/def/" xml:base="https://example.org/">
  <mtg:Project rdf:about="a" rdfs:label="A">
    <mtg:holder>
      <mtg:Comune/>
    </mtg:holder>
    <mtg:durationMonths rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">-3</mtg:durationMonths>
    <mtg:investmentFunding rdf:resource="https://w3id.org/montages/id/investment-funding/publik"/>
    <mtg:assumes rdf:parseType="Resource">
      <rdf:type rdf:resource="https://w3id.org/montages/def/Assumption"/>
      <mtg:agility rdf:resource="https://w3id.org/montages/id/agility/lowe"/>
    </mtg:assumes>
  </mtg:Project>
</rdf:RDF>
"""
N_TRIPLES = """# a comment
<https://e.org/a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/montages/def/Project> .
<https://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A \\" b"@fr .
<https://e.org/a> <https://w3id.org/montages/def/agility> <https://w3id.org/montages/id/agility/lowe> .
"""
JSON_LD = """{
  "@context": {
    "@vocab": "https://w3id.org/montages/def/",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "agility": {"@id": "https://w3id.org/montages/def/agility", "@type": "@id"},
    "a": "https://w3id.org/montages/id/agility/"
  },
  "@id": "x",
  "@type": "Project",
  "label": "X 🏙",
  "agility": ["a:low", "a:lowe"],
  "holder": {"@type": "Comune"}
}
"""
CSV = 'projet;couches;agility\nA;objects:own;low\n"B\nb";objets;zz\n'
# A text in each syntax, and where some of its faults stand: the constraint, line, column and pointer.
PLACES: dict[str, tuple[str, str, list[tuple[str, int, int, str | None]]]] = {
    "yaml": ("yaml", KEYED, [
        ("Description-knownKeys", 2, 24, "/holder/nme"),
        ("Description-knownTerms", 2, 10, "/holder/type"),
        ("Description-knownKeys", 4, 33, "/layers/0/perimeter"),
        ("Description-knownKeys", 5, 5, "/layers/1/layer"),
        ("Description-knownKeys", 7, 22, "/perimeters/centre/answers/network-activity"),
        ("Answer-investment-funding-single", 9, 3, "/answers/investment-funding"),
        ("Description-knownKeys", 10, 3, "/answers/agilty"),
        ("Answer-dialogue-case-alone", 11, 3, "/answers/dialogue-case"),
    ]),
    "json": ("json", json.dumps(yaml.safe_load(KEYED), indent=1), [
        ("Description-knownKeys", 5, 3, "/holder/nme"),
        ("Description-knownTerms", 4, 3, "/holder/type"),
        ("Answer-investment-funding-single", 23, 3, "/answers/investment-funding"),
        ("Description-knownKeys", 27, 3, "/answers/agilty"),
    ]),
    "turtle": ("turtle", TURTLE, [
        ("Description-knownTerms", 6, 20, None),
        ("Project-holder", 6, 16, None),
        ("Answer-investment-funding-single", 8, 5, None),
        ("Answer-investment-funding-accepted", 9, 9, None),
        ("Answer-duration-months-number", 9, 45, None),
        ("Answer-agility-accepted", 10, 50, None),
        ("Description-knownTerms", 11, 5, None),
        ("Project-label", 12, 1, None),
    ]),
    "n-triples": ("nt", N_TRIPLES, [
        ("Answer-agility-accepted", 4, 59, None),
        ("Project-holder-given", 2, 1, None),
    ]),
    "rdf/xml": ("xml", XML, [
        ("Description-knownTerms", 7, 7, None),
        ("Project-holder", 7, 7, None),
        ("Answer-duration-months-number", 9, 5, None),
        ("Answer-investment-funding-accepted", 10, 5, None),
        ("Answer-agility-accepted", 13, 7, None),
        ("Project-hasLayerUse-given", 5, 3, None),
    ]),
    "json-ld": ("json-ld", JSON_LD, [
        ("Answer-agility-accepted", 11, 24, "/agility/1"),
        ("Project-holder", 12, 3, "/holder"),
        ("Description-knownTerms", 12, 14, "/holder/@type"),
        ("Project-hasLayerUse-given", 1, 1, "/"),
    ]),
    "csv": ("csv", CSV, [
        ("Description-knownKeys", 4, 4, "/layers/0/layer"),
        ("Description-knownKeys", 4, 11, "/answers/agility"),
        ("Project-holder-given", 2, 1, "/"),
        ("Project-holder-given", 3, 1, "/"),
    ]),
}  # fmt: skip


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


def report(client: FlaskClient, text: str, syntax: str, **query: str) -> dict[str, Any]:
    answer = client.post("/validate", data=text, content_type=MEDIA[syntax], query_string=query)
    assert (answer.status_code, answer.mimetype) == (200, "application/json"), answer.text
    found = answer.json
    assert isinstance(found, dict)
    return found


def constraints(found: dict[str, Any]) -> set[str]:
    return {f["constraint"].rpartition("/")[2] for f in found["findings"]}


@pytest.mark.parametrize("name", PLACES)
def test_each_finding_says_its_line_its_column_and_its_pointer(
    client: FlaskClient, name: str
) -> None:
    syntax, text, wanted = PLACES[name]
    found = report(client, text, syntax)["findings"]
    places = {
        (f["constraint"].rpartition("/")[2], f.get("line"), f.get("column"), f.get("where"))
        for f in found
    }
    assert not set(wanted) - places, sorted(places, key=str)
    assert all("line" in f for f in found)


@pytest.mark.parametrize("syntax", ["xml", "nt", "json-ld", "longturtle"])
def test_the_same_graph_has_its_places_in_whatever_syntax_it_is_written(
    client: FlaskClient, syntax: str
) -> None:
    base = "https://w3id.org/montages/id/project/"
    text = Graph().parse(data=TURTLE, format="turtle", publicID=base).serialize(format=syntax)
    found = report(client, text, {"longturtle": "turtle"}.get(syntax, syntax))["findings"]
    assert len(found) == len(report(client, TURTLE, "turtle")["findings"])
    rows = text.splitlines()
    for finding in found:
        row = rows[finding["line"] - 1]
        assert 1 <= finding["column"] <= len(row) + 1
        if finding["value"].startswith("https://w3id.org/montages/id/agility"):
            after = [row[finding["column"] - 1 :], *rows[finding["line"] : finding["line"] + 1]]
            assert "lowe" in " ".join(after)


def test_all_wrong_keys_are_told_at_once_with_what_is_accepted_and_a_repair(
    client: FlaskClient,
) -> None:
    found = {f.get("where"): f for f in report(client, KEYED, "yaml")["findings"]}
    assert found["/layers/1/layer"]["suggestion"] == "objects"
    assert "storage" in found["/layers/1/layer"]["accepted"]
    assert found["/answers/agilty"]["suggestion"] == "agility"
    assert found["/holder/type"]["suggestion"] == "Commune"
    assert "centre" in found["/layers/0/perimeter"]["accepted"]


def test_a_label_written_for_a_slug_is_understood(client: FlaskClient) -> None:
    text = "project: x\nanswers: {investment-funding: Privé, deployment: massif}"
    found = report(client, text, "yaml")["findings"]
    repairs = {f["where"]: f.get("suggestion") for f in found if "where" in f}
    assert repairs["/answers/deployment"] == "massive"
    assert repairs["/answers/investment-funding"] == "private"


def test_an_undeclared_perimeter_says_what_to_write(client: FlaskClient) -> None:
    text = "project: x\nlayers: [{layer: objects, perimeter: nord}]"
    told = {f.get("where"): f["message"] for f in report(client, text, "yaml")["findings"]}
    assert "perimeters: {nord: {}}" in told["/layers/0/perimeter"]


def test_an_ampersand_in_a_text_is_no_anchor(client: FlaskClient) -> None:
    text = "project: R &D *x\nholder: Commune\ndescription: eau & gaz, a *b* c"
    assert report(client, text, "yaml")["conforms"] is True


def test_a_derived_answer_is_warned_about(client: FlaskClient) -> None:
    found = report(client, "project: x\nanswers: {buyer-class: contracting-entity}", "yaml")
    told = [f for f in found["findings"] if f["constraint"].endswith("Answer-buyer-class-derived")]
    assert [f["severity"] for f in told] == ["warning"]


@pytest.mark.parametrize(
    ("text", "syntax", "shapes"),
    [
        ("<a> <b> <c> .", "turtle", "project"),
        ("[]", "json-ld", "project"),
        ("projet\n", "csv", "project"),
        ("<a> <b> <c> .", "turtle", "rulebook"),
        ("<a> <b> <c> .", "turtle", "catalogue"),
    ],
)
def test_conforms_never_means_that_nothing_was_looked_at(
    client: FlaskClient, text: str, syntax: str, shapes: str
) -> None:
    found = report(client, text, syntax, shapes=shapes)
    assert found["conforms"] is False
    assert not any(found["looked_at"].values())
    assert constraints(found) == {"Description-nothing"}


def test_several_projects_are_all_looked_at_or_the_one_that_is_named(client: FlaskClient) -> None:
    assert len(report(client, TURTLE, "turtle")["projects"]) == 2
    found = report(client, TURTLE, "turtle", project="b")
    assert [name.rpartition("/")[2] for name in found["projects"]] == ["b"]
    assert {f["focus"].rpartition("/")[2] for f in found["findings"]} == {"b"}


@pytest.mark.parametrize(
    ("level", "fails"), [("violation", False), ("warning", True), ("info", True)]
)
def test_both_verdicts_are_told(client: FlaskClient, level: str, fails: bool) -> None:
    text = "project: x\nlayers: [{layer: objects, mode: own}]"
    found = report(client, text, "yaml", failOn=level)
    assert (found["conforms"], found["fails"], found["failOn"]) == (True, fails, level)
    assert found["counts"] == {"violation": 0, "warning": 1, "info": 1}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "rdf", "nt", "csv", "html", "txt"])
def test_every_form_of_report_in_both_languages(client: FlaskClient, form: str, lang: str) -> None:
    wanted = report(client, TURTLE, "turtle", lang=lang)["findings"]
    query = {"format": form, "lang": lang}
    answer = client.post("/validate", data=TURTLE, content_type="text/turtle", query_string=query)
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == lang
    if form in ("ttl", "jsonld", "rdf", "nt"):
        syntax = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}[form]
        check_shacl_report(Graph().parse(data=answer.text, format=syntax), len(wanted))
    elif form == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert [row["message"] for row in rows] == [f["message"] for f in wanted]
        assert [row["line"] for row in rows] == [str(f["line"]) for f in wanted]
    elif form == "html":
        assert f'<html lang="{lang}">' in answer.text
        assert answer.text.count('<p class="what">') == len(wanted)
        assert ("ligne 9" if lang == "fr" else "line 9") in answer.text
        assert "<script>" not in answer.text
    elif form == "txt":
        assert "9:9" in answer.text


def check_shacl_report(graph: Graph, results: int) -> None:
    (top,) = graph.subjects(RDF.type, SH.ValidationReport)
    assert str(graph.value(top, SH.conforms)) == "false"
    found = list(graph.objects(top, SH.result))
    assert len(found) == results
    for result in found:
        messages = list(graph.objects(result, SH.resultMessage))
        assert {getattr(message, "language", None) for message in messages} == {"fr", "en"}
        assert graph.value(result, SH.resultSeverity) in (SH.Violation, SH.Warning, SH.Info)
        component = graph.value(result, SH.sourceConstraintComponent)
        assert str(component).endswith("ConstraintComponent")
        assert isinstance(graph.value(result, SH.sourceShape), URIRef)
        assert any(graph.value(p, PTR.lineNumber) for p in graph.objects(result, EARL.pointer))


def test_the_form_of_the_report_is_negotiated(client: FlaskClient) -> None:
    for accept, media in (
        ("text/turtle", "text/turtle"),
        ("text/html,*/*;q=0.1", "text/html"),
        ("*/*", "application/json"),
        ("text/csv;q=0.5, application/ld+json", "application/ld+json"),
    ):
        headers = {"Accept": accept}
        answer = client.post("/validate", data=TURTLE, content_type="text/turtle", headers=headers)
        assert (answer.mimetype, "Accept" in answer.headers["Vary"]) == (media, True)
    headers = {"Accept": "image/png"}
    answer = client.post("/validate", data=TURTLE, content_type="text/turtle", headers=headers)
    assert answer.status_code == 406


def test_no_cell_of_the_csv_is_a_formula(client: FlaskClient) -> None:
    text = 'project: x\nholder: {type: Commune, siren: "=1+1"}'
    answer = client.post("/validate?format=csv", data=text, content_type=MEDIA["yaml"])
    cells = [cell for row in csv.reader(io.StringIO(answer.text)) for cell in row]
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


def test_forms_and_files_are_taken(client: FlaskClient) -> None:
    sent: list[dict[str, Any]] = [
        {"content": KEYED, "syntax": ""},
        {"content": KEYED, "syntax": "yaml"},
        {"file": (io.BytesIO(KEYED.encode()), "p.yaml")},
        {"file": (io.BytesIO(KEYED.encode()), "unnamed"), "syntax": "yaml"},
    ]
    counts = set()
    for data in sent:
        answer = client.post("/validate", data=data, headers={"Accept": "application/json"})
        assert answer.status_code == 200
        counts.add(len(answer.json["findings"]))  # type: ignore[index]  # a report
    assert counts == {len(report(client, KEYED, "yaml")["findings"])}
    page = client.post("/validate", data=sent[0], headers={"Accept": "text/html,*/*;q=0.8"})
    assert page.mimetype == "text/html"
    for data in ({"content": ""}, {}, {"content": "x", "syntax": "docx"}):
        assert client.post("/validate", data=data).status_code in (400, 415)


def test_one_bad_line_never_fails_the_others(client: FlaskClient) -> None:
    lines = [
        '{"project": "a"}',
        "not json",
        "[[[",
        '{"project": "b", "answers": {"agilty": "low"}}',
        "",
        json.dumps({"id": 7, "syntax": "turtle", "content": "<a> a <b>"}),
        json.dumps({"id": "t", "syntax": "turtle", "content": TURTLE}),
        json.dumps({"id": "s", "syntax": "docx", "content": TURTLE}),
        "[" * 5000,
    ]
    body = "\n".join(lines)
    answer = client.post("/validate?lang=en", data=body, content_type="application/x-ndjson")
    assert (answer.status_code, answer.mimetype) == (200, "application/x-ndjson")
    told = [json.loads(line) for line in answer.text.splitlines()]
    assert [one["item"] for one in told] == list(range(1, 9))
    said = [one.get("conforms", one.get("problem", {}).get("status")) for one in told]
    assert said == [True, 400, 400, False, 400, False, 400, 413]
    assert told[5]["id"] == "t"


def test_too_many_lines_are_refused(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MONTAGES_MAX_BATCH", "3")
    for kind, body in (("application/x-ndjson", "{}\n" * 5), ("text/csv", "projet\n" + "a\n" * 5)):
        answer = client.post("/validate", data=body, content_type=kind)
        assert (answer.status_code, json.loads(answer.text)["setting"]) == (413, "max_batch")


def test_a_syntax_error_says_where_in_french_too(client: FlaskClient) -> None:
    text = "@prefix a: <b> .\na:b a:c\n  a:d a:e"
    answer = client.post("/validate", data=text, content_type="text/turtle")
    assert (answer.status_code, json.loads(answer.text)["line"]) == (400, 3)
    answer = client.post("/validate", data="project: x\na: [1\nb: 2", content_type=MEDIA["yaml"])
    assert answer.status_code == 400
    assert not {"expected", "mapping", "found"} & set(json.loads(answer.text)["detail"].split())


RULE = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix contract: <https://w3id.org/montages/id/contract/> .
@prefix requirement: <https://w3id.org/montages/requirement/> .
<https://w3id.org/montages/requirement/x/2020-01-01> a mtg:RequirementVersion ;
    mtg:versionOf requirement:x ; mtg:strength mtg:Hard ;
    mtg:of contract:mpgpp .
"""


def test_a_rulebook_is_checked_with_ours_beside_it(client: FlaskClient) -> None:
    found = report(client, RULE, "turtle", shapes="rulebook")
    assert {"RequirementVersion-of", "RequirementVersion-basis", "Sourced-source"} <= constraints(
        found
    )
    (told,) = (f for f in found["findings"] if f["constraint"].endswith("RequirementVersion-of"))
    assert (told["line"], told["column"]) == (6, 12)
    found = report(client, RULE.replace("mpgpp", "mpgp"), "turtle", shapes="rulebook")
    assert "RequirementVersion-of" not in constraints(found)


def test_our_own_rules_conform(client: FlaskClient) -> None:
    path = library.ROOT / "data" / "requirements" / "mpgp.ttl"
    found = report(client, path.read_text(encoding="utf-8"), "turtle", shapes="rulebook")
    assert found["conforms"], found["findings"]
    assert found["looked_at"]["RequirementVersion"] > 3


def test_our_own_catalogue_conforms(client: FlaskClient) -> None:
    found = report(client, client.get("/catalog.ttl").text, "turtle", shapes="catalogue")
    assert found["conforms"]
    bad = "<http://e/c> a <http://www.w3.org/ns/dcat#Catalog> ."
    assert "Catalogue-title" in constraints(report(client, bad, "turtle", shapes="catalogue"))


def test_our_keys_are_no_catalogue(client: FlaskClient) -> None:
    answer = client.post("/validate?shapes=catalogue", data=KEYED, content_type=MEDIA["yaml"])
    assert answer.status_code == 400


def test_a_construct_that_is_not_supported_stops_by_its_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shapes = Graph()
    shapes.add((URIRef("http://e/s"), SH.js, URIRef("http://e/j")))
    monkeypatch.setattr(library, "read", lambda paths: shapes)
    examine_graph.shapes_of.cache_clear()
    with pytest.raises(BrokenKnowledge, match="sh:js"):
        examine_graph.shapes_of("catalogue.ttl")
    examine_graph.shapes_of.cache_clear()


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("shapes=projet", "project"),
        ("failOn=warn", "warning"),
        ("failon=info", "failOn"),
        ("format=pdf", "json"),
    ],
)
def test_an_unknown_parameter_or_value_says_the_nearest(
    client: FlaskClient, query: str, word: str
) -> None:
    answer = client.post(f"/validate?{query}", data=KEYED, content_type=MEDIA["yaml"])
    assert answer.status_code in (400, 406)
    assert word in answer.text


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """Return a port of this machine, and what was asked of it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        over = threading.Event()

        def listen() -> None:
            while not over.is_set():
                try:
                    connection, _ = server.accept()
                except TimeoutError:
                    continue
                with connection:
                    heard.append(connection.recv(1000))
                    connection.sendall(
                        b"HTTP/1.0 302 Found\r\nLocation: http://inner.test/\r\n\r\n"
                    )

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], heard
        finally:
            over.set()
            thread.join()


PRIVATE = (
    "127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "172.16.0.1", "0.0.0.0", "100.64.0.1",  # noqa: S104  # none is listened on
    "::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "224.0.0.1", "::", "2002:7f00:0001::",
)  # fmt: skip


def never(*_: object, **__: object) -> None:
    raise AssertionError("it connected")


@pytest.mark.parametrize("address", PRIVATE)
def test_a_name_that_leads_to_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(fetching.AddressRefused):
        fetching.fetched("http://example.org/x", lambda host, port: ["93.184.216.34", address])


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost/", "http://other.test/", "file:///etc/passwd",
        "ftp://example.org/", "http://example.org@127.0.0.1/", "http://user:word@example.org/",
        "http://example.org:22/", "http://[::1]/", "//example.org", "", "http://example.org.evil.test/",
        "http://exa mple.org/", "http://[", "gopher://example.org/",
    ],
)  # fmt: skip
def test_what_is_not_on_the_list_is_never_asked(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(fetching, "resolve", never)
    answer = client.post("/validate", json={"url": url})
    assert (answer.status_code, answer.mimetype) == (403, "application/problem+json")


def test_no_host_is_allowed_by_default(client: FlaskClient) -> None:
    assert client.post("/validate", json={"url": "https://w3id.org/x"}).status_code == 403


def test_a_redirect_is_checked_like_the_first_address(
    monkeypatch: pytest.MonkeyPatch, listener: tuple[int, list[bytes]]
) -> None:
    (port, heard), original = listener, socket.create_connection
    asked: list[str] = []

    def resolver(host: str, _: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if host == "example.org" else ["127.0.0.1"]

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        assert address[0] == "93.184.216.34"
        return original(("127.0.0.1", port), 5)

    monkeypatch.setattr(socket, "create_connection", connect)
    for allowed in ("example.org", "example.org,inner.test"):
        monkeypatch.setenv("MONTAGES_FETCH_ALLOW", allowed)
        with pytest.raises(fetching.AddressRefused):
            fetching.fetched("http://example.org/x", resolver)
    assert len(heard) == 2
    assert asked == ["example.org", "example.org", "inner.test"]


def test_a_document_is_fetched_from_an_allowed_host(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = fetching.Fetched(TURTLE.encode(), "text/turtle")
    monkeypatch.setenv("MONTAGES_FETCH_ALLOW", "example.org")
    monkeypatch.setattr(fetching, "resolve", lambda host, port: ["93.184.216.34"])
    monkeypatch.setattr(fetching, "_ask", lambda *_: sent)
    answer = client.post("/validate", json={"url": "https://example.org/p.ttl"})
    assert answer.status_code == 200
    assert json.loads(answer.text)["findings"] == report(client, TURTLE, "turtle")["findings"]
