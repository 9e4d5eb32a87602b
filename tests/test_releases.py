"""Ontology, rulebook and software have each their version, at an address of its own (L7)."""

from __future__ import annotations

import gzip
from importlib.metadata import version
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Literal, URIRef
from rdflib.namespace import DCTERMS

from crawling import client, docs, graph_of
from montages.knowledge.files import library
from montages.names import BASE, ID, MODULE, MTG
from montages.publish.linked_data import documents

pytestmark = pytest.mark.clock

RELEASE = ID[f"release/{version('montages')}"]


def test_each_version_answers_at_its_own_address() -> None:
    for path in (
        "module/montages/0.1.0",
        f"id/software/{version('montages')}",
        f"id/rulebook/{library.version()}",
    ):
        answer = client().get(f"/{path}", headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.headers["Location"]) == (
            303,
            f"http://localhost/{path}.ttl",
        )
        assert client().get(f"/{path}.ttl").status_code == 200, path
        assert client().get(f"/{path}.html").status_code == 200, path


def test_the_release_of_the_software_names_what_runs() -> None:
    graph = docs().default
    assert (RELEASE, RDF.type, MTG.Release) in graph
    assert (RELEASE, MTG.releasesRulebook, ID[f"rulebook/{library.version()}"]) in graph
    assert (RELEASE, MTG.releasesSoftware, ID[f"software/{version('montages')}"]) in graph
    ontology = graph.value(MODULE["montages"], OWL.versionIRI)
    assert (RELEASE, MTG.releasesOntology, ontology) in graph


def test_the_changelog_and_the_linked_data_have_the_same_releases() -> None:
    text = (library.ROOT / "CHANGELOG.md").read_text("utf-8")
    graph = docs().default
    for release in graph.subjects(RDF.type, MTG.Release):
        number, day = graph.value(release, OWL.versionInfo), graph.value(release, DCTERMS.issued)
        assert f"## [{number}] - {day}" in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_of_versions_names_all_three_and_the_changes(lang: str) -> None:
    page = client().get(f"/releases?lang={lang}").get_data(as_text=True)
    for path in ("module/montages/0.1.0", "id/software/", "id/rulebook/", "id/release/0.1.0"):
        assert f'href="/{path}' in page, path
    assert ("Ajouté" if lang == "fr" else "Added") in page


def test_a_module_is_served_as_an_earlier_release_had_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    term, module = f"{BASE}def/Retired", f"{BASE}module/actors"
    trig = f'<{module}> {{ <{module}> a <{OWL.Ontology}> . <{term}> <{OWL.versionInfo}> "0.0.9" }}'
    (tmp_path / "0.0.9.trig.gz").write_bytes(gzip.compress(trig.encode()))
    monkeypatch.setattr(documents, "archive_folder", lambda: tmp_path)
    answer = client().get("/module/actors/0.0.9", headers={"Accept": "text/turtle"})
    assert answer.status_code == 303
    assert answer.headers["Location"].endswith("/module/actors/0.0.9.ttl")
    for extension in ("ttl", "rdf", "jsonld", "nt"):
        graph = graph_of(client().get(f"/module/actors/0.0.9.{extension}"), extension)
        assert (URIRef(term), OWL.versionInfo, Literal("0.0.9")) in graph
        assert len(graph) == 2
    for missing in ("/module/actors/0.0.8", "/module/nothing/0.0.9", "/module/../0.0.9"):
        assert client().get(missing).status_code == 404, missing
