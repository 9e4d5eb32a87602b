"""The doors of reference sets: one table, from which command, addresses and catalogue are made."""

from __future__ import annotations

import json
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, SKOS, Graph, URIRef
from rdflib.namespace import DCTERMS, VOID

from commands import run
from crawling import client
from frictionless_tables import table_errors
from harvesters import DCAT
from montages import load
from montages.names import BASE
from montages.publish.linked_data.dcat import catalogue_graph
from montages.publish.linked_data.void import SuppliedDataset
from montages.web import ROUTES
from montages_reference import reference_sets
from montages_reference.reference_set import ReferenceFile, ReferenceSet, written
from montages_reference.reference_sets import SETS

# What these files tell is worked out on all descriptions.
LONG = "changes"
FILES = [
    pytest.param(
        entry,
        file,
        id=f"{entry.name}{file.tail}",
        marks=[pytest.mark.slow(seconds=60)] if entry.name == LONG else [],
    )
    for entry in SETS
    for file in entry.files
]


def test_a_name_and_an_ending_stand_once() -> None:
    names = [entry.name for entry in SETS]
    assert len(names) == len(set(names))
    for entry in SETS:
        endings = [file.ending for file in entry.files]
        assert len(endings) == len(set(endings)) > 0
        assert "html" not in endings


@pytest.mark.parametrize(("entry", "file"), FILES)
def test_a_file_is_the_same_each_time_and_at_every_door(
    entry: ReferenceSet, file: ReferenceFile, tmp_path: Path
) -> None:
    content = file.write(load(), "en")
    assert content == written.__wrapped__(file, load(), "en", "", date.today())
    answer = client().get(f"{entry.path}{file.tail}?lang=en")
    assert (answer.status_code, answer.mimetype) == (200, file.media_type)
    assert answer.data == content
    assert answer.headers["Content-Language"] == "en"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert 'rel="license"' in answer.headers["Link"]
    output = str(tmp_path / "file")
    ran = run("reference", entry.name, "--format", file.ending, "--lang", "en", "--output", output)
    assert (ran.code, Path(output).read_bytes()) == (0, content)
    again = client().get(
        f"{entry.path}{file.tail}?lang=en", headers={"If-None-Match": answer.headers["ETag"]}
    )
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "right", "wrong", "error"),
    [
        ("thresholds", b",EUR,20", b",EUR,Spring 20", "type-error"),
        ("procedures", b"exactMatch", b"sameAs", "constraint-error"),
    ],
)
def test_a_table_is_valid_by_its_schema_and_a_spoilt_one_is_not(
    name: str, right: bytes, wrong: bytes, error: str, tmp_path: Path
) -> None:
    files = {
        file.ending: file.write(load(), "en") for file in reference_sets.reference_set(name).files
    }
    schema: dict[str, Any] = json.loads(files["schema.json"])
    assert [field["name"] for field in schema["fields"]] == files["csv"].decode().split("\r\n")[
        0
    ].split(",")
    assert all(field["description"] for field in schema["fields"])
    assert table_errors(tmp_path, schema, files["csv"]) == []
    assert table_errors(tmp_path, schema, files["csv"].replace(right, wrong, 1)) == [error]


@pytest.mark.parametrize("name", ["thresholds", "procedures"])
def test_turtle_and_json_ld_say_the_same(name: str) -> None:
    files = {
        file.ending: file.write(load(), "en") for file in reference_sets.reference_set(name).files
    }
    turtle = Graph().parse(data=files["ttl"], format="turtle")
    assert set(turtle) == set(Graph().parse(data=files["jsonld"], format="json-ld"))
    assert (URIRef(f"{BASE}reference/{name}"), RDF.type, SKOS.ConceptScheme) in turtle


@pytest.mark.parametrize("entry", [SETS[0], SETS[1]], ids=lambda entry: entry.name)
def test_a_set_is_negotiated_among_its_files_and_a_browser_gets_its_page(
    entry: ReferenceSet,
) -> None:
    for accept, media_type in (
        (None, entry.files[0].media_type),
        ("*/*", entry.files[0].media_type),
        ("text/turtle", "text/turtle"),
        ("application/ld+json;q=0.9, text/turtle;q=0.1", "application/ld+json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html"),
    ):
        answer = client().get(entry.path, headers={"Accept": accept} if accept else {})
        assert (answer.status_code, answer.mimetype) == (200, media_type), accept
        assert "Accept" in answer.headers["Vary"]
    page = client().get(f"{entry.path}.html?lang=en").text
    for file in entry.files:
        assert f'href="{entry.path}{file.tail}?lang=en"' in page


def test_another_form_is_406_and_another_name_404_with_what_there_is() -> None:
    answer = client().get("/reference/thresholds", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.mimetype) == (406, "application/problem+json")
    assert answer.json is not None
    assert answer.json["available"][0]["url"].endswith("/reference/thresholds.csv")
    for path in ("/reference/no-such-set", "/reference/thresholds.png"):
        answer = client().get(path)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


@pytest.mark.slow
def test_the_list_names_every_set_with_how_complete_it_is() -> None:
    page = client().get("/reference?lang=en").text
    listed = run("reference", "--lang", "en")
    for entry in SETS:
        assert f'href="{entry.path}?lang=en"' in page
        assert f"{entry.name} (" in listed.out
    assert (
        "premier jour du code" in client().get("/reference", headers={"Accept": "text/html"}).text
    )


def test_the_command_writes_the_form_that_the_name_ends_with(tmp_path: Path) -> None:
    path = tmp_path / "seuils.schema.json"
    assert run("reference", "thresholds", "-o", str(path)).code == 0
    assert path.read_bytes() == SETS[0].files[1].write(load(), "fr")


@pytest.mark.parametrize("words", [("no-such-set",), ("thresholds", "--format", "png")])
def test_the_command_says_what_there_is(words: tuple[str, ...]) -> None:
    ran = run("reference", *words, "--lang", "en")
    assert ran.code == 2
    assert "Known: " in ran.err


def test_every_address_is_in_openapi() -> None:
    paths = {route.path for route in ROUTES if route.path.startswith("/reference")}
    expected = {f"{entry.path}{file.tail}" for entry in SETS for file in entry.files}
    expected |= set(chain.from_iterable((entry.path, f"{entry.path}.html") for entry in SETS))
    assert paths == expected | {"/reference"}
    described = client().get("/openapi.json").json
    assert described is not None
    assert paths <= described["paths"].keys()


def test_the_catalogue_and_void_have_each_set_with_its_files() -> None:
    graph = Graph().parse(data=client().get("/catalog.ttl").text, format="turtle")
    void = Graph().parse(data=client().get("/void.ttl").text, format="turtle")
    for entry in SETS:
        iri = URIRef(f"{BASE}reference/{entry.name}")
        assert (iri, RDF.type, DCAT.Dataset) in graph
        assert (iri, RDF.type, VOID.Dataset) in void
        nodes = list(graph.objects(iri, DCAT.distribution))
        addresses = {str(graph.value(node, DCAT.downloadURL)) for node in nodes}
        assert addresses == {f"http://localhost{entry.path}{f.tail}" for f in entry.files}
        for node in nodes:
            assert (node, DCTERMS.license, None) in graph


def test_the_catalogue_without_a_guest_has_no_trace_of_one() -> None:
    assert SuppliedDataset.__module__.startswith("montages.")
    assert catalogue_graph.__defaults__ == ((), ())
