"""The registry governed by who runs it: what is erased is gone everywhere, quotas and the clock hold (G2)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import PROV, Graph

from commands import run
from montages.errors import MontagesError, UnknownName, UnusableInput
from montages.web import create_app
from montages_registry import moments
from montages_registry.graph_index import GraphIndex
from montages_registry.record_check import record_report
from montages_registry.record_copies import backup, restore
from montages_registry.registry import Registry
from montages_registry.registry_errors import Erased, ErasedByLaw, NothingToErase
from montages_registry.version import Content, State
from montages_registry.web import summary_store
from montages_registry.web.app_registry import app_registry
from montages_registry.web.entry_index import entry_index, keep_summaries
from registry_service import YAML, RegistryService, description, registry_service
from sample_registry import ANY, NEW, TOWN

PHRASE = "Quatre-chemins-et-demi"
REASON = "Numéro de téléphone d'un agent"
SPARQL = """SELECT ?l { GRAPH ?g { ?p <http://www.w3.org/2000/01/rdf-schema#label> ?l }
    FILTER CONTAINS(STR(?g), "/projects/") }"""


def yaml(name: str) -> Content:
    return Content(description(name).encode(), YAML)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A registry with an entry of three versions, the second with a secret, and another with it alone."""
    folder = tmp_path / "registry"
    registry = Registry.create(folder)
    registry.publishers.add("vernon", "Ville de Vernon")
    for name, condition in (("Lampes", NEW), (PHRASE, ANY), ("Lampes neuves", ANY)):
        registry.write("lampes", yaml(name), TOWN, condition)
    registry.write("fibre", yaml(f"Fibre {PHRASE}"), TOWN, NEW)
    registry.close()
    return folder


def erase(folder: Path, *args: str) -> str:
    told = run("registry", "erase", *args, "--reason", REASON, "--registry", str(folder))
    assert told.code == 0, told.err
    return told.out


def said(client: FlaskClient) -> str:
    """Return all that the service says of its entries to everybody, whichever door."""
    lists = [f"/projects{ending}" for ending in ("", ".json", ".csv", ".geojson", ".ttl")]
    entries = [
        *("/projects/lampes", "/projects/lampes/versions/2", "/projects/lampes/timemap.ttl"),
        *("/projects/fibre", "/projects/fibre.ttl", "/projects/fibre/versions/1.ttl"),
    ]
    found = [client.get(path).text for path in (*lists, *entries, "/search?q=fibre")]
    found.append(client.get("/sparql", query_string={"query": SPARQL}).text)
    return "\n".join(found)


@pytest.mark.slow
def test_what_was_erased_is_nowhere_in_the_folder_nor_in_a_service_that_runs(folder: Path) -> None:
    client = create_app({"REGISTRY": folder, "RATE_LIMIT": 0}).test_client()
    assert said(client).count(PHRASE) > 8
    told = erase(folder, "lampes", "2")
    assert "lampes, version 2, est effacée" in told
    assert "--erasures" in told
    erase(folder, "fibre", "1", "--legal")
    assert PHRASE not in said(client)
    gone, forbidden = client.get("/projects/lampes/versions/2"), client.get("/projects/fibre")
    assert (gone.status_code, forbidden.status_code) == (410, 451)
    assert json.loads(gone.text)["reason"] == REASON
    assert gone.headers["Memento-Datetime"]
    assert client.get("/projects/lampes/versions/2.ttl").status_code == 410
    assert client.get("/projects/lampes").status_code == 200
    assert "Lampes neuves" in client.get("/projects/lampes", headers={"Accept": "text/html"}).text
    history = client.get("/projects/lampes/timemap.json").json["mementos"]["list"]
    assert [bool(it["erased"]) for it in history] == [False, True, False]
    turtle = Graph().parse(data=client.get("/projects/lampes/timemap.ttl").text)
    assert [str(s).rsplit("/", 1)[-1] for s in turtle.subjects(PROV.invalidatedAtTime)] == ["2"]
    page = client.get("/projects/lampes", headers={"Accept": "text/html"}).text
    assert "effacée" in page
    assert "<h3>Capteurs et compteurs</h3>" in page  # a layer that nobody named
    assert client.get("/readyz").json["unread_entries"] == []
    files = [file.read_bytes() for file in folder.iterdir()]
    assert len(files) > 2  # the index and the summaries too
    assert not any(PHRASE.encode() in content for content in files)


def test_the_record_is_verified_and_says_who_may_read_the_reason(folder: Path) -> None:
    before = record_report(Registry.open(folder).record)
    erase(folder, "lampes", "2")
    registry = Registry.open(folder)
    after = record_report(registry.record)
    assert (after.faults, after.head, after.erasures) == ((), before.head, 1)
    version = registry.numbered("lampes", 2)
    assert version is not None
    assert version.digest
    with pytest.raises(Erased, match=REASON):
        _ = version.content
    assert run("registry", "show", "lampes", "--version", "2", "--registry", str(folder)).code == 2
    assert "✗ effacée" in run("registry", "history", "lampes", "--registry", str(folder)).out
    verified = run("registry", "verify", "--registry", str(folder)).out
    assert "Contenus effacés : 1" in " ".join(verified.split())


def test_an_export_tells_of_each_erasure_to_who_loads_it_again(folder: Path) -> None:
    erase(folder, "lampes", "2")
    erase(folder, "fibre", "1")
    registry = Registry.open(folder)
    registry.write("fibre", yaml("Fibre, relue"), TOWN, ANY)
    quads = run("registry", "export", "-", "--registry", str(folder)).out
    assert PHRASE not in quads
    told = [line.split()[0][1:-1] for line in quads.splitlines() if PROV.invalidatedAtTime in line]
    assert [name.partition("/projects/")[2] for name in told] == [
        "fibre/versions/1",
        "lampes/versions/2",
    ]
    assert GraphIndex(registry).rebuild() == ()


def test_what_others_hold_is_told_and_erased_by_the_same_command_again(folder: Path) -> None:
    client = create_app({"REGISTRY": folder, "RATE_LIMIT": 0}).test_client()
    client.get("/projects.json")
    command = ("registry", "erase", "fibre", "1", "--reason", REASON, "--registry", str(folder))
    with (
        pytest.MonkeyPatch.context() as patch,
        closing(sqlite3.connect(folder / "summaries.sqlite3")) as other,
    ):
        patch.setattr(summary_store, "PATIENCE", 0.1)
        other.execute("BEGIN EXCLUSIVE")
        held = run(*command)
    assert held.code == 2
    assert "summaries.sqlite3" in held.err
    assert Registry.open(folder).acts().erasures == 1
    assert run(*command).code == 0
    assert f"Fibre {PHRASE}".encode() not in b"".join(it.read_bytes() for it in folder.iterdir())


def test_who_read_a_version_before_it_was_erased_gets_nothing_after(folder: Path) -> None:
    registry = Registry.open(folder)
    version = registry.current("fibre")
    assert version is not None
    app = create_app({"REGISTRY": folder, "RATE_LIMIT": 0})
    with app.test_request_context():
        summary = entry_index().lines[0].summary
        registry.erase("fibre", 1, REASON)
        keep_summaries({version: summary}, "some rules")
        kept = app_registry().summaries.read([version.hash], "some rules")
    assert kept == {}
    with pytest.raises(Erased):
        _ = version.content


def test_an_erased_draft_hides_the_public_version_from_nobody(service: RegistryService) -> None:
    service.put("/projects/brouillon", description("Publique"), service.town)
    service.put(
        "/projects/brouillon?state=draft", description("Secret"), service.town, If_Match="*"
    )
    service.registry.erase("brouillon", 2, REASON)
    own = service.call("GET", "/projects/brouillon", service.town)
    assert (own.status_code, own.text) == (200, description("Publique"))
    draft = service.call("GET", "/projects/brouillon/versions/2", service.town)
    assert draft.status_code == 410
    assert "Memento-Datetime" not in draft.headers


def test_a_version_to_come_that_is_erased_is_told_of(folder: Path) -> None:
    registry, soon = Registry.open(folder), datetime.now(UTC) + timedelta(days=30)
    registry.write("fibre", yaml("Fibre, plus tard"), TOWN, ANY, publish_at=soon)
    assert f"{soon:%Y-%m-%d}" in erase(folder, "fibre", "2")


def test_all_versions_with_the_same_bytes_are_erased_and_they_are_not_taken_again(
    folder: Path,
) -> None:
    registry = Registry.open(folder)
    registry.write("copie", yaml(PHRASE), TOWN, NEW, state=State.DRAFT)
    erased = registry.erase("lampes", 2, REASON, legal=True)
    assert [(it.slug, it.number) for it in erased] == [("lampes", 2), ("copie", 1)]
    assert registry.erase("lampes", 2, "again") == erased
    for act in (
        lambda: registry.write("autre", yaml(PHRASE), TOWN, NEW),
        lambda: registry.publish("copie", TOWN, ANY),
    ):
        with pytest.raises(ErasedByLaw):
            act()
    assert registry.write("copie", yaml("Lampes, relu"), TOWN, ANY).number == 2
    assert registry.withdraw("copie", TOWN, ANY).state is State.WITHDRAWN


NO_ERASURES: dict[str, tuple[Callable[[Registry], object], type[MontagesError]]] = {
    "no entry": (lambda it: it.erase("nothing", 1, REASON), UnknownName),
    "no version": (lambda it: it.erase("lampes", 9, REASON), UnknownName),
    "no reason": (lambda it: it.erase("lampes", 1, " \n"), UnusableInput),
    "a long reason": (lambda it: it.erase("lampes", 1, "x" * 501), UnusableInput),
    "a withdrawal": (lambda it: it.erase("fibre", 2, REASON), NothingToErase),
}


@pytest.mark.parametrize("name", NO_ERASURES)
def test_what_cannot_be_erased_is_told_and_nothing_is(folder: Path, name: str) -> None:
    registry = Registry.open(folder)
    registry.withdraw("fibre", TOWN, ANY)
    act, refusal = NO_ERASURES[name]
    with pytest.raises(refusal):
        act(registry)
    assert registry.acts().erasures == 0


def test_an_earlier_backup_is_cleaned_as_it_is_restored(folder: Path, tmp_path: Path) -> None:
    early, late = tmp_path / "early.sqlite3", tmp_path / "late.sqlite3"
    registry = Registry.open(folder)
    backup(registry.record, early)
    registry.write("apres", yaml("Après"), TOWN, NEW)
    registry.erase("lampes", 2, REASON)
    registry.erase("apres", 1, REASON)  # a content that the backup does not have
    backup(registry.record, late)
    assert PHRASE.encode() in early.read_bytes()
    restore(early, tmp_path / "as-it-was")
    assert Registry.open(tmp_path / "as-it-was").acts().erasures == 0
    for name, later in (("by-folder", folder), ("by-file", late)):
        restored = tmp_path / name
        args = ("registry", "restore", str(early), str(restored), "--erasures", str(later))
        assert run(*args).code == 0
        # Of "fibre" its secret is still there.
        assert description(PHRASE).encode() not in (restored / "record.sqlite3").read_bytes()
        again = Registry.open(restored)
        assert record_report(again.record).erasures == 2
        with pytest.raises(Erased):
            again.write("apres", yaml("Après"), TOWN, NEW)


def test_a_restore_takes_erasures_of_no_other_registry(folder: Path, tmp_path: Path) -> None:
    early, other = tmp_path / "early.sqlite3", Registry.create(tmp_path / "other")
    backup(Registry.open(folder).record, early)
    other.write("lampes", yaml("Lampes"), TOWN, NEW)
    for later in (other.record.folder, tmp_path / "nothing"):
        with pytest.raises(MontagesError):
            restore(early, tmp_path / "restored", later)
        assert not (tmp_path / "restored").exists()


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> RegistryService:
    return registry_service(tmp_path_factory.mktemp("governed") / "registry")


@pytest.mark.slow
@pytest.mark.clock
def test_readiness_tells_that_the_clock_is_behind(
    service: RegistryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.client.get("/readyz").json["clock"] == "on-time"
    service.put("/projects/heure", description("Heure"), service.town)

    class Yesterday(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Yesterday:
            return cls.fromtimestamp((datetime.now(UTC) - timedelta(days=1)).timestamp(), UTC)

    monkeypatch.setattr(moments, "datetime", Yesterday)
    assert service.client.get("/readyz").json["clock"] == "behind"
    assert service.registry.publishers.revoke("evreux") == ("main",)
    refused = service.put("/projects/autre-heure", description("Heure"), service.town)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert json.loads(refused.text)["type"].endswith("clock-behind")


def test_bytes_go_only_where_an_erasure_says_so(folder: Path) -> None:
    with (
        closing(sqlite3.connect(folder / "record.sqlite3")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute("UPDATE contents SET body = x''")
