"""The report of a validation in every form, on every door."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import SH, Graph

from commands import run
from montages.web import create_app
from validation_requests import KEYED, MEDIA, TURTLE

TEXT = "project: x\nholder: Commune\nlayers: [{layer: objects}]\n"
FORMS = {"json": "json", "ttl": "turtle", "jsonld": "jsonld", "html": "html", "csv": "csv"}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return create_app({"RATE_LIMIT": 0, "REQUEST_LOG": "off"}).test_client()


def posted(client: FlaskClient, form: str, path: str = "/validate") -> str:
    query = {"format": form, "lang": "fr"}
    answer = client.post(path, data=TEXT, content_type=MEDIA["yaml"], query_string=query)
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("form", ["json", "ttl", "jsonld", "rdf", "nt", "html", "csv", "txt"])
def test_every_form_has_the_findings(client: FlaskClient, form: str) -> None:
    text = posted(client, form)
    in_words = form in ("html", "txt")
    finding = "Dites comment cette partie" if in_words else "LayerUse-managementMode-given"
    assert finding in text
    if form in ("ttl", "jsonld", "rdf", "nt"):
        syntax = {"ttl": "turtle", "jsonld": "json-ld", "rdf": "xml", "nt": "nt"}[form]
        assert len(list(Graph().parse(data=text, format=syntax).objects(None, SH.result))) == 3


def test_a_report_is_short(client: FlaskClient) -> None:
    answer = client.post("/validate", data=TEXT, content_type=MEDIA["yaml"])
    assert answer.json == json.loads(posted(client, "json"))
    assert len(answer.get_data()) < 4000


@pytest.mark.parametrize("form", FORMS)
def test_the_command_line_has_the_forms_of_http(
    client: FlaskClient, form: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT)
    ran = run("check", str(path), "--format", FORMS[form])
    assert ran.code == 0
    over_http = posted(client, form)
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
    answer = client.post(f"{path}?shapes=projet", data=TEXT, content_type=MEDIA["yaml"])
    assert (answer.status_code, "project" in json.loads(answer.text)["detail"]) == (400, True)


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
