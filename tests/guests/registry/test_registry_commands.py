"""`montages registry` and `montages publisher`: what an operator does on the machine (G1, G2)."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyoxigraph as ox
import pytest

from commands import CommandResult, run
from montages.knowledge.files import library
from montages.store.licence import LICENCE
from montages_registry import moments
from montages_registry.quota import Quota
from montages_registry.registry import Registry
from montages_registry.version import State, WriteCondition
from registry_service import TOWN, content

REAL = len(library.files("data/projects", "*.ttl"))


class Machine:
    """A registry with a publisher and a draft, and commands about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "registry"
        assert self("registry", "init", self.folder).code == 0
        self.added = self("publisher", "add", "vernon", "--name", "Ville de Vernon")
        registry = Registry.open(self.folder)
        self.body = content("Lampes", "lampes")
        registry.write("lampes", self.body, TOWN, WriteCondition(), State.DRAFT)

    def __call__(self, *args: object) -> CommandResult:
        return run(*map(str, args), env={"MONTAGES_REGISTRY": str(self.folder)})

    def told(self, *args: object, code: int = 0) -> str:
        """Return all that a command says on a line."""
        ran = self(*args)
        assert ran.code == code, ran.err
        return " ".join((ran.out + ran.err).split())


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_publisher_gets_a_token_and_sees_its_quota_and_its_licence(machine: Machine) -> None:
    token, publishers = machine.added.out.strip(), Registry.open(machine.folder).publishers
    assert publishers.authenticate(token) == TOWN
    told = "".join(machine.added.err.split())
    for part in ("100versions", "20000000octets", "500000octetsparfiche", LICENCE):
        assert part in told
    assert token not in machine.told("publisher", "list")
    machine.told("publisher", "quota", "vernon", "--versions-a-day", 5, "--bytes-an-entry", 9)
    assert publishers.named("vernon").quota == Quota(5, 20_000_000, 9)  # what is not said stays
    machine.told("publisher", "quota", "vernon", "--no-quota", "--versions-a-day", 7)
    assert publishers.named("vernon").quota == Quota(7, None, None)
    machine.told("publisher", "rotate", "vernon", "--token", "agents", "--right", "edit")
    (listed,) = (
        it
        for it in json.loads(machine("publisher", "list", "--format", "json").out)
        if it["slug"] == "vernon"
    )
    assert [(it["name"], it["rights"]) for it in listed["tokens"]] == [
        ("main", ["edit", "publish"]),
        ("agents", ["edit"]),
    ]
    assert machine.told("publisher", "revoke", "vernon") == "✓ Révoqué : main, agents"


REFUSED = (
    ("publisher", "quota", "vernon"),
    ("publisher", "quota", "nobody", "--no-quota"),
    ("publisher", "quota", "vernon", "--bytes-a-day", "9" * 20),
    ("publisher", "add", "vernon", "--name", "Again"),
    ("publisher", "add", "rouen", "--name", "Rouen", "--licence", "none"),
    ("publisher", "revoke", "vernon", "--token", "nothing"),
    ("registry", "list", "nothing"),
    ("registry", "erase", "lampes", "1", "--reason", " "),
    ("registry", "restore", "nothing.sqlite3", "elsewhere"),
    ("registry", "export", "/dev/null/no/such.nq"),
)


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_done_is_told(machine: Machine, words: tuple[str, ...]) -> None:
    refused = machine(*words)
    assert (refused.code, "Traceback" in refused.err, refused.out) == (2, False, "")


def test_entries_and_versions_are_listed_drafts_too(machine: Machine) -> None:
    assert "lampes 1 brouillon" in machine.told("registry", "list")
    assert "dijon 1 published" in machine.told("registry", "list", "dijon", "--lang", "en")
    listed = json.loads(machine("registry", "list", "--format", "json").out)
    assert len(listed) == REAL + 1
    (draft,) = (it for it in listed if it["slug"] == "lampes")
    assert (draft["state"], draft["bytes"]) == ("draft", len(machine.body.body))


def test_a_version_is_erased_by_somebody_for_a_reason(machine: Machine) -> None:
    told = machine.told("registry", "erase", "lampes", 1, "--reason", "Un numéro", "--by", "greffe")
    assert "✓ lampes, version 1, est effacée." in told
    assert "lampes 1 effacée" in machine.told("registry", "list", "lampes")
    with closing(sqlite3.connect(machine.folder / "record.sqlite3")) as connection:
        row = connection.execute("SELECT operator, reason, legal FROM erasures").fetchone()
    assert row == ("greffe", "Un numéro", 0)


def test_a_registry_is_backed_up_verified_and_restored(machine: Machine, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.sqlite3", tmp_path / "other"
    assert f"{REAL + 1} versions" in machine.told("registry", "backup", file)
    assert machine("registry", "backup", file).code == 2
    assert f"{REAL + 1} versions" in machine.told("registry", "restore", file, other)
    assert f"{REAL + 1} versions" in machine.told("registry", "verify", "--registry", other)
    with closing(sqlite3.connect(other / "record.sqlite3")) as connection, connection:
        connection.execute("UPDATE versions SET body = x'00' WHERE slug = 'dijon'")
    assert "dijon, 1" in machine.told("registry", "verify", "--registry", other, code=2)


def test_the_quads_of_the_public_entries_are_exported(machine: Machine, tmp_path: Path) -> None:
    file = tmp_path / "one.nq"
    machine.told("registry", "export", file)
    assert machine("registry", "export", "-").out.encode() == file.read_bytes()
    graphs = {quad.graph_name.value for quad in ox.parse(path=str(file))}
    assert len(graphs) == REAL


def test_who_runs_the_registry_says_that_the_clock_is_right(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumped = moments.now() + timedelta(days=40)
    monkeypatch.setattr(moments, "now", lambda: jumped)
    day = f"{jumped:%Y-%m-%d}"
    assert day not in machine.told("registry", "clock")
    assert day in machine.told("registry", "clock", "--right")


def test_without_a_registry_each_command_says_which_it_needs(tmp_path: Path) -> None:
    for command in ("list", "verify"):
        nowhere = run("registry", command, env={"MONTAGES_REGISTRY": ""})
        assert (nowhere.code, "--registry" in nowhere.err) == (2, True)
        empty = run("registry", command, "--registry", str(tmp_path))
        assert (empty.code, "montages registry init" in empty.err) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_an_init_that_cannot_be_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")
    assert run("registry", "init", str(tmp_path / "full")).code == 2
    assert run("registry", "init", str(tmp_path / "full" / "file")).code == 2
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "file"]
    (tmp_path / "empty").mkdir()
    begun = run("registry", "init", str(tmp_path / "empty"), "--lang", "en")
    assert (begun.code, f"{REAL} entries" in begun.out) == (0, True)
