"""Further data, as many as one likes: pages, documents and counts are made when asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import VOID

from crawling import client
from lamps import OTHER, write_lamps
from montages.errors import MontagesError
from montages.names import BASE
from montages.publish.linked_data.documents import served_dataset
from montages.store.disk.bulk_load import data_folder, load_files
from montages.store.disk.store_folder import StoreFolder
from montages.web import create_app
from montages.web.linked_data.catalogue import WHOLE

HTML = {"Accept": "text/html"}
# A class of another vocabulary, of which our modules say something; a thing of ours.
ELSEWHERE = "http://data.europa.eu/eli/ontology#LegalResource"
OURS = f"{BASE}id/contract/mpgp"
TRIPLES = 100_000
LAMP = f"{OTHER}lamp/36"


def described(iri: str, browser: FlaskClient | None = None, **headers: str) -> Any:
    """Return the answer about an IRI."""
    return (browser or client()).get(f"/describe?iri={quote(iri, safe='')}", headers=headers)


def count(browser: FlaskClient, pattern: str) -> int:
    """Return how many solutions a pattern has."""
    query = quote(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    answer = browser.get(f"/sparql?query={query}", headers={"Accept": "application/json"})
    return int(answer.get_json()["results"]["bindings"][0]["n"]["value"])


def test_any_iri_is_described_in_the_format_asked_for() -> None:
    for form, media in (("turtle", "text/turtle"), ("xml", "application/rdf+xml")):
        graph = Graph().parse(data=described(ELSEWHERE, Accept=media).data, format=form)
        assert set(graph.subjects()) == {URIRef(ELSEWHERE)}
    assert ELSEWHERE in described(ELSEWHERE, **HTML).text
    graph = Graph().parse(data=described(OURS, Accept="text/turtle").data, format="turtle")
    assert graph.value(URIRef(OURS), RDF.type)


def test_a_page_of_ours_is_led_to() -> None:
    answer = described(OURS, **HTML)
    assert (answer.status_code, answer.location.endswith("/id/contract/mpgp")) == (303, True)


@pytest.mark.parametrize(
    ("iri", "accept", "status"),
    [
        (f"{OTHER}nothing", "*/*", 404),
        ("no iri", "*/*", 400),
        ("", "*/*", 400),
        (f"{OTHER}a> ?p ?o }} #", "*/*", 400),
        (ELSEWHERE, "image/png", 406),
    ],
)
def test_what_cannot_be_described_is_a_problem(iri: str, accept: str, status: int) -> None:
    assert described(iri, Accept=accept).status_code == status


def test_files_and_a_store_are_not_served_at_once() -> None:
    with pytest.raises(MontagesError, match="MONTAGES_STORE"):
        data_folder([Path("a.nt")], served_dataset(date.today()), "store")


@pytest.fixture(scope="module")
def lamps(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of the service over a store of many triples."""
    folder = tmp_path_factory.mktemp("lamps")
    write_lamps(folder / "lamps.nt", TRIPLES)
    graph = f'<{OURS}> <{RDFS.label}> "MPGP d\'ailleurs"@fr <{OTHER}g> .\n'
    (folder / "graph.nq").write_text(graph, encoding="utf-8")
    files = [folder / "lamps.nt", folder / "graph.nq"]
    load_files(StoreFolder(folder / "store"), files, served_dataset(date.today()))
    return create_app({"STORE": folder / "store"}).test_client()


@pytest.mark.slow
def test_a_thing_of_further_data_has_a_page_that_leads_to_others(lamps: FlaskClient) -> None:
    page = described(LAMP, lamps, **HTML).text
    for text in ("Lampadaire 36 de la rue 36", "Lampadaire 253 de la rue 253", "Lampadaire 5 de"):
        assert text in page
    assert f"/describe?iri={quote(f'{OTHER}lamp/253', safe='')}" in page
    assert described(f"{OTHER}lamp/999999", lamps, **HTML).status_code == 404


@pytest.mark.slow
def test_a_thing_of_further_data_has_a_document_with_its_parts(lamps: FlaskClient) -> None:
    answer = described(LAMP, lamps, Accept="text/turtle")
    graph = Graph().parse(data=answer.data, format="turtle")
    assert (URIRef(LAMP), RDFS.label, Literal("Street lamp 36 of street 36", "en")) in graph
    assert len(graph) == 10
    query = f"/sparql?query={quote(f'DESCRIBE <{LAMP}>')}"
    again = Graph().parse(data=lamps.get(query, headers={"Accept": "text/turtle"}).data)
    assert len(again) == 10


@pytest.mark.slow
def test_counts_are_those_of_all_that_is_served(lamps: FlaskClient) -> None:
    total, ours = count(lamps, "?s ?p ?o"), count(client(), "?s ?p ?o")
    assert total == ours + TRIPLES + 1
    void = Graph().parse(data=lamps.get("/void.ttl").data, format="turtle")
    (whole,) = void.subjects(VOID.subset, WHOLE)
    assert int(str(void.value(whole, VOID.triples))) == total
    assert int(str(void.value(WHOLE, VOID.triples))) == ours
    about = Graph().parse(data=lamps.get("/sparql", headers={"Accept": "text/turtle"}).data)
    assert Literal(total) in set(about.objects(None, VOID.triples))
    assert count(lamps, f"GRAPH <{OTHER}g> {{ ?s ?p ?o }}") == 1


@pytest.mark.slow
def test_a_store_of_other_rules_is_told_with_how_to_make_it_again(
    lamps: FlaskClient, tmp_path: Path
) -> None:
    store = lamps.application.config["STORE"]
    manifest = json.loads((store / "store.json").read_text()) | {"knowledge": "0"}
    (tmp_path / "store.json").write_text(json.dumps(manifest))
    with pytest.raises(MontagesError, match=r"lamps\.nt .*--overwrite"):
        create_app({"STORE": tmp_path})
