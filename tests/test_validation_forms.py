"""The report of a validation in every form, on every door: findings first, counters after, if asked for."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import SH, Graph

from commands import run
from montages.publish.validation_report import DQV
from montages.web import create_app
from validation_requests import KEYED, MEDIA, TURTLE

TEXT = "project: x\nholder: Commune\nlayers: [{layer: objects}]\n"
FORMS = {"json": "json", "ttl": "turtle", "jsonld": "jsonld", "html": "html", "csv": "csv"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


def posted(client: FlaskClient, form: str, detail: str, path: str = "/validate") -> str:
    query = {"format": form, "detail": detail, "lang": "fr"}
    answer = client.post(path, data=TEXT, content_type=MEDIA["yaml"], query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "rdf", "nt", "html", "csv", "txt"])
def test_the_brief_report_has_findings_only_and_the_full_one_counters_after(
    client: FlaskClient, form: str
) -> None:
    brief, full = posted(client, form, "brief"), posted(client, form, "full")
    finding, counter = "LayerUse-managementMode-given", "Project-holder-level"
    if form in ("html", "txt"):
        finding = "Dites comment cette partie"
    assert finding in brief
    assert counter not in brief
    assert "Assumption-" not in full  # a shape that looked at nothing is never listed
    if form in ("ttl", "jsonld", "rdf", "nt"):
        syntax = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}[form]
        graphs = [Graph().parse(data=text, format=syntax) for text in (brief, full)]
        assert not list(graphs[0].subject_objects(DQV.value))
        assert min(int(str(n)) for n in graphs[1].objects(None, DQV.value)) > 0
        assert len(list(graphs[1].objects(None, SH.result))) == 3
    else:
        assert full.index(finding) < full.index(counter)


def test_the_brief_report_is_what_one_gets_without_asking(client: FlaskClient) -> None:
    answer = client.post("/validate", data=TEXT, content_type=MEDIA["yaml"])
    assert answer.json == json.loads(posted(client, "json", "brief"))
    assert "looked_at" not in answer.json
    assert len(answer.get_data()) < 4000


@pytest.mark.parametrize("detail", ["brief", "full"])
@pytest.mark.parametrize("form", FORMS)
def test_the_command_line_has_the_forms_and_details_of_http(
    client: FlaskClient, form: str, detail: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT)
    ran = run("check", str(path), "--format", FORMS[form], "--detail", detail)
    assert ran.code == 0
    over_http = posted(client, form, detail)
    assert ("Project-holder-level" in ran.out) == ("Project-holder-level" in over_http)
    assert ran.out.count("managementMode-given") == over_http.count("managementMode-given")


@pytest.mark.parametrize("syntax", ["yaml", "turtle"])
@pytest.mark.parametrize("form", ["json", "csv", "txt", "nt"])
def test_check_is_another_name_of_validate(client: FlaskClient, syntax: str, form: str) -> None:
    text = KEYED if syntax == "yaml" else TURTLE
    answers = [
        client.post(f"{path}?format={form}", data=text, content_type=MEDIA[syntax])
        for path in ("/check", "/validate")
    ]
    assert answers[0].get_data() == answers[1].get_data()
    assert answers[0].headers["Content-Type"] == answers[1].headers["Content-Type"]


@pytest.mark.parametrize("path", ["/check", "/validate"])
@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("text/html", "text/html"),
        ("text/csv", "text/csv"),
        ("text/turtle;q=0.3, text/html;q=0.9", "text/html"),
        ("text/turtle;q=0, */*", "application/json"),
        ("application/*;q=0.5, text/csv;q=.6", "text/csv"),
    ],
)
def test_checking_doors_honour_accept_with_its_qualities(
    client: FlaskClient, path: str, accept: str, media: str
) -> None:
    headers = {"Accept": accept}
    answer = client.post(path, data=TEXT, content_type=MEDIA["yaml"], headers=headers)
    assert (answer.status_code, answer.mimetype) == (200, media)


@pytest.mark.parametrize("path", ["/check", "/validate"])
def test_what_is_not_offered_is_answered_with_what_is(client: FlaskClient, path: str) -> None:
    headers = {"Accept": "application/pdf"}
    answer = client.post(path, data=TEXT, content_type=MEDIA["yaml"], headers=headers)
    assert answer.status_code == 406
    offered = {one["mediaType"] for one in json.loads(answer.text)["available"]}
    assert {"application/json", "text/turtle", "application/ld+json", "text/html"} < offered
    answer = client.post(f"{path}?detail=ful", data=TEXT, content_type=MEDIA["yaml"])
    assert (answer.status_code, "« full »" in json.loads(answer.text)["detail"]) == (400, True)


def test_the_form_of_the_page_asks_for_either_detail(client: FlaskClient) -> None:
    assert 'name="detail" value="full"' in client.get("/validate").text
    assert client.get("/check").status_code == 200
    sent = {"content": TEXT, "syntax": "yaml"}
    accept = {"Accept": "text/html"}
    brief = client.post("/validate", data=sent, headers=accept).text
    full = client.post("/validate", data={**sent, "detail": "full"}, headers=accept).text
    assert ("<caption>" in brief, "<caption>" in full) == (False, True)


def test_the_reports_of_several_files_name_theirs(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(TEXT)
    files = [str(tmp_path / "a.yaml"), str(tmp_path / "b.yaml")]
    rows = list(csv.DictReader(io.StringIO(run("check", *files, "--format", "csv").out)))
    assert [Path(row["file"]).stem for row in rows] == [*"aaabbb"]
    page = run("check", *files, "--format", "html").out
    assert page.count("<h1>") == 2
    graph = Graph().parse(data=run("check", *files, "--format", "turtle").out, format="turtle")
    assert len(list(graph.objects(None, SH.result))) == 6
