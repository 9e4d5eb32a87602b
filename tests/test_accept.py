"""What each Accept and Content-Type header gets at each door: the table tests/accept.yaml (L2, R40)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import rdflib
import yaml
from rdflib import SH, Graph
from werkzeug.test import TestResponse

from crawling import PARSERS, QUADS, canonical, client, docs, graph_of
from montages.publish.linked_data.formats import ALL, BY_EXTENSION, DATA
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.validation.samples import SAMPLES

TABLE = yaml.safe_load((Path(__file__).parent / "accept.yaml").read_text(encoding="utf-8"))
ROWS = [(part["door"], row) for part in TABLE for row in part["rows"]]


def ask(door: str, row: dict[str, Any]) -> TestResponse:
    headers = {"Accept": row["accept"]}
    if door in ("assess", "validate"):
        media = row.get("type", "application/yaml")
        syntax = MEDIA_TYPES.get(media.partition(";")[0].strip().lower(), "yaml")
        body = SAMPLES[syntax]
        body = body if isinstance(body, str) else json.dumps(body)
        return client().post(f"/{door}", data=body, content_type=media, headers=headers)
    if door == "thing":
        answer = client().get("/id/contract/mpgp", headers=headers)
        if answer.status_code != 303:
            return answer
        return client().get(urlsplit(answer.headers["Location"]).path)
    paths = {"catalogue": "/catalog", "void": "/void"}
    query = {
        "construct": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3",
        "select": "SELECT * { ?s ?p ?o } LIMIT 1",
    }.get(door)
    return client().get(
        paths.get(door, "/sparql"), headers=headers, query_string={"query": query} if query else {}
    )


@pytest.mark.parametrize(
    ("door", "row"), ROWS, ids=[f"{d}: {r.get('type', '')} {r['accept']}"[:70] for d, r in ROWS]
)
def test_each_row_of_the_table_gets_what_it_says(door: str, row: dict[str, Any]) -> None:
    answer = ask(door, row)
    if row["answer"] is None:
        assert answer.status_code == row.get("status", 406)
        assert answer.mimetype == "application/problem+json"
        return
    assert (answer.status_code, answer.mimetype) == (200, row["answer"]), answer.text[:300]
    form = next((f for f in DATA if f.media_type == row["answer"]), None)
    if form is not None and form.extension != "json":
        assert len(read(answer, form.extension)) > 0


def read(answer: TestResponse, extension: str) -> Graph:
    if extension == "n3":
        return Graph().parse(data=answer.data, format="n3")
    if extension == "jsonld" and answer.data.startswith(b"["):  # the engine writes no context
        return Graph().parse(data=answer.data, format="json-ld")
    return graph_of(answer, extension)


@pytest.mark.parametrize("path", ["/id/contract/mpgp", "/catalog", "/module/actors"])
def test_every_format_of_a_document_says_the_same(path: str) -> None:
    if path == "/catalog":  # its own address is in each
        sizes = {len(read(client().get(f"{path}.{f.extension}"), f.extension)) for f in DATA}
        assert len(sizes) == 1
        return
    texts = {
        canonical(read(client().get(f"{path}.{form.extension}"), form.extension)) for form in DATA
    }
    assert len(texts) == 1


def test_a_thing_is_in_the_default_graph_and_a_module_in_the_one_of_its_name() -> None:
    for path, names in (("/id/contract/mpgp", set()), ("/module/actors", {"module/actors"})):
        for extension in QUADS:
            dataset = rdflib.Dataset()
            dataset.parse(
                data=client().get(f"{path}.{extension}").get_data(as_text=True),
                format=QUADS[extension],
            )
            held = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
            default = str(dataset.default_graph.identifier)
            assert {n.partition("montages/")[2] for n in held - {default}} == names


def test_pages_and_link_headers_name_every_format() -> None:
    page = client().get("/id/contract/mpgp.html")
    for form in DATA:
        assert f'href="/id/contract/mpgp.{form.extension}" type="{form.media_type}"' in page.text
        assert (
            f'mpgp.{form.extension}>; rel="alternate"; type="{form.media_type}"'
            in (page.headers["Link"])
        )
    catalogue = client().get("/catalog.html").text
    assert all(f'href="/catalog.{form.extension}"' in catalogue for form in DATA)
    assert docs().paths
    assert set(PARSERS) < set(BY_EXTENSION) == {form.extension for form in ALL}


@pytest.mark.parametrize("syntax", ["trig", "nq"])
@pytest.mark.parametrize("door", ["/validate", "/assess"])
def test_a_body_with_named_graphs_is_one_description_and_its_faults_have_their_places(
    door: str, syntax: str
) -> None:
    media = {"trig": "application/trig", "nq": "application/n-quads"}[syntax]
    project, holds = "<https://w3id.org/montages/id/project/b>", "https://w3id.org/montages/def/"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    text = {
        "trig": f"@prefix mtg: <{holds}> .\nGRAPH <a> {{ {project} a mtg:Project }}\n"
        f"{{ {project} mtg:fooBar 1 }}\n",
        "nq": f"{project} {kind} <{holds}Project> <g:1> .\n\n{project} <{holds}fooBar> <g:x> <g:2> .\n",
    }[syntax]
    answer = client().post(door, data=text, content_type=media)
    assert answer.status_code == (200 if door == "/validate" else 422)
    assert answer.json is not None
    (finding,) = [f for f in answer.json["findings"] if f["path"].endswith("fooBar")]
    start = {"trig": "{ ", "nq": ""}[syntax]
    line = text.splitlines()[2]
    assert finding["line"] == 3
    assert line[finding["column"] - 1 :].startswith(("mtg:fooBar", f"<{holds}fooBar"))
    assert line.startswith(start)


def test_a_block_that_is_not_closed_says_on_which_line() -> None:
    answer = client().post("/validate", data="<g> { <a> <b> <c> .", content_type="application/trig")
    assert (answer.status_code, answer.json and answer.json["line"]) == (400, 1)


def test_a_report_is_the_same_graph_in_each_format() -> None:
    graphs = [
        read(
            client().post(
                f"/validate?format={form.extension}",
                data="project: A\nholder: {type: Comune}\n",
                content_type="application/yaml",
            ),
            form.extension,
        )
        for form in DATA
        if form.extension != "json"
    ]
    assert all((None, SH.conforms, None) in graph for graph in graphs)
    assert len({canonical(graph) for graph in graphs}) == 1
