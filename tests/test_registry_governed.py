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
from montages.registry import moments, write_checks
from montages.registry.graph_index import GraphIndex
from montages.registry.publisher import Publisher, Quota
from montages.registry.record_check import record_report
from montages.registry.record_copies import backup, restore
from montages.registry.registry import Registry
from montages.registry.registry_errors import Erased, ErasedByLaw, NothingToErase, QuotaReached
from montages.registry.version import Content, State, WriteCondition
from montages.web import create_app
from registry_service import YAML, RegistryService, description, registry_service

TOWN = Publisher("vernon", "Ville de Vernon")
NEW, ANY = WriteCondition(), WriteCondition("*")
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
    paths = [
        *(
            "/projects",
            "/projects?_format=json",
            "/projects.csv",
            "/projects.geojson",
            "/projects.ttl",
        ),
        *("/projects/lampes", "/projects/lampes/versions/2", "/projects/lampes/timemap.ttl"),
        *("/projects/fibre", "/projects/fibre.ttl", "/projects/fibre/versions/1.ttl"),
        *(f"/search?q={PHRASE}", f"/projects?q={PHRASE}&_format=json"),
    ]
    found = [client.get(path).text for path in paths]
    found.append(client.get("/sparql", query_string={"query": SPARQL}).text)
    return "\n".join(found).replace(f"q={PHRASE}", "").replace(f'value="{PHRASE}"', "")


def test_what_was_erased_is_nowhere_in_the_folder_nor_in_a_service_that_runs(folder: Path) -> None:
    client = create_app({"REGISTRY": folder, "RATE_LIMIT": 0}).test_client()
    assert client.get("/projects/lampes/versions/2").text == description(PHRASE)
    assert f"Fibre {PHRASE}" in client.get("/projects?_format=json").text
    assert f"Fibre {PHRASE}" in client.get("/sparql", query_string={"query": SPARQL}).text
    told = erase(folder, "lampes", "2")
    assert "lampes, version 2, est effacée" in told
    assert "--erasures" in told
    erase(folder, "fibre", "1", "--legal")
    assert f"Fibre {PHRASE}" not in said(client)
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
    assert "<h3>Objets connectés</h3>" in page  # a layer that nobody named
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


def test_an_export_tells_of_the_erasure_to_who_loads_it_again(folder: Path) -> None:
    erase(folder, "fibre", "1")
    quads = run("registry", "export", "-", "--registry", str(folder)).out
    assert PHRASE not in quads
    assert quads.count(str(PROV.invalidatedAtTime)) == 1
    index = GraphIndex(Registry.open(folder))
    assert index.rebuild() == ()


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


@pytest.mark.clock
def test_a_publisher_writes_as_much_in_a_day_as_its_quota(
    service: RegistryService, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = description("Lampes")
    service.registry.publishers.set_quota("evreux", Quota(2 * len(body) + 9, 3))
    for number in range(2):
        answer = service.put(f"/projects/q-{number}", description(f"Lampe{number}"), service.other)
        assert answer.status_code == 201
    full = service.put("/projects/q-2", description("Lampes"), service.other)
    assert full.status_code == 507
    problem = json.loads(full.text)
    assert (problem["unit"], problem["limit"]) == ("bytes", 2 * len(body) + 9)
    assert problem["wanted"] == 3 * len(body)
    service.registry.publishers.set_quota("evreux", Quota(versions=2))
    again = service.put("/projects/q-2", description("Lampes"), service.other)
    assert json.loads(again.text)["unit"] == "versions"
    assert service.put("/projects/q-3", description("Lampes"), service.town).status_code == 201
    assert service.call("DELETE", "/projects/q-0", service.other, If_Match="*").status_code == 200

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Tomorrow:
            return cls.fromtimestamp((datetime.now(UTC) + timedelta(days=1)).timestamp(), UTC)

    monkeypatch.setattr(write_checks, "datetime", Tomorrow)
    assert service.put("/projects/q-2", description("Lampes"), service.other).status_code == 201


def test_a_quota_is_given_as_a_publisher_is_added_and_changed_later(tmp_path: Path) -> None:
    folder = tmp_path / "registry"
    registry = Registry.create(folder)
    where = ("--registry", str(folder))
    given = ("--versions-a-day", "20", "--bytes-a-day", "100000")
    assert run("publisher", "add", "vernon", "--name", "Vernon", *given, *where).code == 0
    assert registry.publishers.named("vernon").quota == Quota(100_000, 20)
    assert "100 000 octets en 24 heures" in run("publisher", "list", *where).out.replace(
        "\u202f", " "
    )
    assert run("publisher", "quota", "vernon", "--versions-a-day", "0", *where).code == 0
    with pytest.raises(QuotaReached):
        registry.write("lampes", yaml("Lampes"), TOWN, NEW)
    assert run("publisher", "quota", "vernon", *where).code == 0
    assert registry.write("lampes", yaml("Lampes"), TOWN, NEW).number == 1
    assert run("publisher", "quota", "evreux", *where).code == 2
    assert record_report(registry.record).is_whole


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
    refused = service.put("/projects/autre-heure", description("Heure"), service.town)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
    assert json.loads(refused.text)["type"].endswith("clock-behind")


def test_bytes_go_only_where_an_erasure_says_so(folder: Path) -> None:
    with (
        closing(sqlite3.connect(folder / "record.sqlite3")) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute("UPDATE contents SET body = x''")
