"""POST /validate: all that is wrong at once, in every form of report and both languages (V1)."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from flask import Response
from flask.testing import FlaskClient
from rdflib import RDF, SH, Graph, Namespace, URIRef

from montages.web import create_app
from montages.web.validation import validate_body
from validation_requests import KEYED, MEDIA, TURTLE, constraints, report


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


PTR = Namespace("http://www.w3.org/2009/pointers#")

EARL = Namespace("http://www.w3.org/ns/earl#")


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
    told = report(client, text, "yaml")
    assert told["conforms"] is True
    readings = {it["place"]: it["read"] for it in told["readings"]}
    assert readings["/answers/deployment"] == "massive"
    assert readings["/answers/investment-funding"] == "private"


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
    assert found["coverage"]["applied"] == 0
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
    found = report(client, text, "yaml", fail_on=level)
    assert (found["conforms"], found["fails"], found["fail_on"]) == (True, fails, level)
    assert found["counts"] == {"violation": 0, "warning": 1, "info": 1}


def test_findings_that_say_the_same_are_grouped_with_their_number_and_first_places(
    client: FlaskClient,
) -> None:
    rows = "\n".join(f"{name},Commune,abc" for name in "abcde")
    found = report(client, f"project,holder-type,estimated-value\n{rows}", "csv")
    (same,) = (group for group in found["groups"] if group["severity"] == "violation")
    assert same["count"] == 5
    assert [place["cell"] for place in same["places"]] == ["C2", "C3", "C4"]
    assert sum(group["count"] for group in found["groups"]) == len(found["findings"])


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "rdf", "nt", "csv", "html", "txt"])
def test_every_form_of_report_in_both_languages(client: FlaskClient, form: str, lang: str) -> None:
    reported = report(client, TURTLE, "turtle", lang=lang)
    wanted = reported["findings"]
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
        assert answer.text.count('<p class="what">') == len(reported["groups"])
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


def test_only_a_line_feed_ends_a_line(client: FlaskClient) -> None:
    body = '{"project":"a"}\r\n{"project":"b"}\r{"project":"c"}\n{"project":"d"}\n'
    answer = client.post("/validate", data=body, content_type="application/x-ndjson")
    items = [json.loads(line) for line in answer.data.split(b"\n")[:-1]]
    assert ["problem" in item for item in items] == [False, True, False]


def test_lines_are_answered_as_they_are_judged(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers, run_apart = list[int](), validate_body.run_apart

    def noted(*args: Any, **options: Any) -> Response:
        numbers.append(options["number"])
        return run_apart(*args, **options)

    monkeypatch.setattr(validate_body, "run_apart", noted)
    body = '{"project":"a"}\n' * 20
    with client.post("/validate", data=body, content_type="application/x-ndjson") as answer:
        pieces = answer.iter_encoded()
        assert json.loads(next(pieces))["item"] == 1
        assert numbers == [1]
        assert json.loads(next(pieces))["item"] == 2
    assert len(numbers) < 4  # nothing more is judged for a client that has left


def test_an_answer_to_many_lines_has_a_ceiling_and_says_where_to_go_on(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONTAGES_BATCH_BYTES", "20000")
    body = '{"project":"a","zz":1}\n' * 200
    answer = client.post("/validate", data=body, content_type="application/x-ndjson")
    assert len(answer.data) <= 20_000
    *others, last = [json.loads(line) for line in answer.data.split(b"\n")[:-1]]
    assert len(others) > 3
    assert not any("problem" in item for item in others)
    assert last["item"] == len(others) + 1
    assert (last["problem"]["status"], last["problem"]["setting"]) == (413, "batch_bytes")


def test_an_answer_as_long_as_its_ceiling_is_whole(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(ceiling: int | None) -> bytes:
        if ceiling is not None:
            monkeypatch.setenv("MONTAGES_BATCH_BYTES", str(ceiling))
        body = '{"project":"a","zz":1}\n' * 9
        return client.post("/validate", data=body, content_type="application/x-ndjson").data

    whole = answer(None)
    last_line = 1000  # kept for the line that says where an answer stops
    assert answer(len(whole) + last_line) == whole
    assert json.loads(answer(len(whole) + last_line - 1).splitlines()[-1])["item"] == 9
    assert "problem" in json.loads(answer(len(whole) + last_line - 1).splitlines()[-1])


def test_a_syntax_error_says_where_in_french_too(client: FlaskClient) -> None:
    text = "@prefix a: <b> .\na:b a:c\n  a:d a:e"
    answer = client.post("/validate", data=text, content_type="text/turtle")
    assert (answer.status_code, json.loads(answer.text)["line"]) == (400, 3)
    answer = client.post("/validate", data="project: x\na: [1\nb: 2", content_type=MEDIA["yaml"])
    assert answer.status_code == 400
    assert not {"expected", "mapping", "found"} & set(json.loads(answer.text)["detail"].split())


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("shapes=projet", "project"),
        ("fail_on=warn", "warning"),
        ("fail_om=info", "fail_on"),
        ("format=pdf", "json"),
    ],
)
def test_an_unknown_parameter_or_value_says_the_nearest(
    client: FlaskClient, query: str, word: str
) -> None:
    answer = client.post(f"/validate?{query}", data=KEYED, content_type=MEDIA["yaml"])
    assert answer.status_code in (400, 406)
    assert word in answer.text
