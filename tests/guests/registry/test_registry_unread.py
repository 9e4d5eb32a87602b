"""An entry that was let in once and cannot be served holds up nothing else, and is named (G1)."""

from __future__ import annotations

import json
import logging
import shutil
from pathlib import Path

import pytest

from commands import run
from ill_formed import IRIS, TEXTS, statements
from montages.knowledge.files.published_queries import queries
from montages.web import create_app
from montages_registry.graph_index import GraphIndex
from montages_registry.publisher import Quota
from montages_registry.registry import Registry
from montages_registry.version import Content
from registry_service import registry_service
from sample_registry import NEW, TOWN

LABELS = """SELECT ?l { GRAPH ?g { ?p a <https://w3id.org/montages/def/Project> ;
    <http://www.w3.org/2000/01/rdf-schema#label> ?l } FILTER CONTAINS(STR(?g), "/projects/") }"""
POISONS = {
    f"bad-{number}": next(text for form, _, text in statements(**said) if form == "turtle, escaped")
    for number, said in enumerate(
        [
            *({"iri": iri} for iri in list(IRIS.values())[:7]),
            *({"text": t} for t in list(TEXTS.values())[1:4]),
        ]
    )
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A registry of before, with ten entries that nothing could be done with, and a good one."""
    folder = tmp_path_factory.mktemp("of-before") / "registry"
    registry = Registry.create(folder)
    registry.publishers.add("vernon", "Ville de Vernon")
    for slug, text in POISONS.items():
        registry.write(slug, Content(text.encode(), "text/turtle"), TOWN, NEW)
    good = b"project: Lampes\nholder: {type: Commune}\n"
    registry.write("good", Content(good, "application/yaml"), TOWN, NEW)
    return folder


def test_the_service_starts_answers_and_names_them(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(POISONS) == 10
    with caplog.at_level(logging.WARNING, "montages_registry"):
        client = create_app({"REGISTRY": folder, "RATE_LIMIT": 0}).test_client()
        probe = client.get("/readyz")
    assert probe.status_code == 200
    assert [entry["slug"] for entry in probe.json["unread_entries"]] == sorted(POISONS)
    assert all(entry["why"] for entry in probe.json["unread_entries"])
    assert all(slug in caplog.text for slug in POISONS)
    answers = {
        it.key: client.get(f"/queries/{it.key}.json").status_code for it in queries("questions")
    }
    assert len(answers) > 50
    assert {name for name, status in answers.items() if status != 200} == set()
    rows = client.get("/sparql", query_string={"query": LABELS}, headers={"Accept": "text/csv"})
    assert rows.status_code == 200
    assert "Lampes" in rows.get_data(as_text=True)
    for slug in (*POISONS, "good"):
        assert client.get(f"/projects/{slug}").status_code == 200, slug


def test_what_they_are_is_read_off_the_record_too(folder: Path) -> None:
    ran = run("registry", "verify", "--registry", str(folder))
    assert ran.code == 0
    assert [slug for slug in POISONS if slug not in ran.out] == []
    told = json.loads(run("registry", "verify", "--registry", str(folder), "--format", "json").out)
    assert [entry["slug"] for entry in told["unread"]] == sorted(POISONS)


def test_what_the_gate_of_today_refuses_is_found_and_mended(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    found = run("registry", "check", "--registry", str(copy))
    assert found.code == 1
    assert found.out.count("✗") == 10
    mended = run("registry", "check", "--mend", "--registry", str(copy))
    assert (mended.code, mended.out.count("✓")) == (0, 11), mended.out
    assert run("registry", "check", "--registry", str(copy)).code == 0
    assert GraphIndex(Registry.open(copy)).unread() == ()
    assert "http://e.org/a%20b" in Registry.open(copy).current("bad-0").content.body.decode()


def test_what_a_quota_keeps_from_being_mended_is_listed_as_left(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    Registry.open(copy).publishers.set_quota("vernon", Quota(versions=0))
    mended = run("registry", "check", "--mend", "--registry", str(copy))
    assert (mended.code, mended.out.count("✗"), mended.err) == (1, 10, "")


def test_nothing_is_written_that_could_not_be_served(tmp_path: Path) -> None:
    service = registry_service(tmp_path / "registry")
    for slug, text in POISONS.items():
        answer = service.put(f"/projects/{slug}", text, service.town, "text/turtle")
        assert answer.status_code == 422, slug
        assert answer.json["findings"][0]["line"]
    assert service.registry.acts().versions == 0
