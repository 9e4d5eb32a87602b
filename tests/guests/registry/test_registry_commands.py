"""`montages registry` and `montages publisher`: what an operator does on the machine (G1, G2)."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from commands import CommandResult, run
from montages_registry import moments
from montages_registry.registry import Registry
from montages_registry.version import State
from registry_service import TOWN, content


class Machine:
    """A registry with a publisher and a draft, and commands about it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "registry"
        assert self("registry", "init", self.folder).code == 0
        self.added = self("publisher", "add", "vernon", "--name", "Ville de Vernon")
        registry = Registry.open(self.folder)
        registry.write("lampes", content("Lampes", "lampes"), TOWN, None, State.DRAFT)

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


def test_a_publisher_gets_a_token_and_sees_its_quota(machine: Machine) -> None:
    token, publishers = machine.added.out.strip(), Registry.open(machine.folder).publishers
    assert publishers.authenticate(token).has_quota
    quota = "100 versions et 20000000 octets en 24 heures, 500000 octets par fiche"
    assert quota in " ".join(machine.added.err.split())
    assert token not in machine.told("publisher", "list")
    assert quota in machine.told("publisher", "list")
    again = machine("publisher", "add", "vernon", "--name", "Ville de Vernon", "--no-quota")
    assert not publishers.authenticate(again.out.strip()).has_quota
    assert "sans quota" in again.err


REFUSED = (
    ("publisher", "add", "vernon", "--name", "Again"),
    ("registry", "list", "nothing"),
    ("registry", "erase", "lampes", "1", "--reason", " "),
    ("registry", "restore", "nothing.sqlite3", "elsewhere"),
)


def test_what_cannot_be_done_is_told(machine: Machine, tmp_path: Path) -> None:
    for words in (*REFUSED, ("registry", "init", machine.folder)):
        refused = machine(*words)
        assert (refused.code, "Traceback" in refused.err, refused.out) == (2, False, "")
    nowhere = run("registry", "list", env={"MONTAGES_REGISTRY": ""})
    assert (nowhere.code, "--registry" in nowhere.err) == (2, True)
    empty = run("registry", "list", "--registry", str(tmp_path))
    assert (empty.code, "montages registry init" in empty.err) == (2, True)


def test_a_version_is_listed_and_erased_by_somebody_for_a_reason(machine: Machine) -> None:
    assert "lampes 1 draft" in machine.told("registry", "list")
    told = machine.told("registry", "erase", "lampes", 1, "--reason", "Un numéro", "--by", "greffe")
    assert "✓ lampes, version 1, est effacée." in told
    assert "lampes 1 erased" in machine.told("registry", "list", "lampes")
    with closing(sqlite3.connect(machine.folder / "record.sqlite3")) as connection:
        row = connection.execute("SELECT operator, reason, legal FROM erasures").fetchone()
    assert row == ("greffe", "Un numéro", 0)


def test_a_registry_is_backed_up_and_restored(machine: Machine, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.sqlite3", tmp_path / "other"
    assert "1 versions" in machine.told("registry", "backup", file)
    assert machine("registry", "backup", file).code == 2
    assert "1 versions" in machine.told("registry", "restore", file, other)
    assert "lampes" in machine.told("registry", "list", "--registry", other)


def test_who_runs_the_registry_says_that_the_clock_is_right(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    jumped = moments.now() + timedelta(days=40)
    monkeypatch.setattr(moments, "now", lambda: jumped)
    assert f"{jumped:%Y-%m-%d}" in machine.told("registry", "clock")
    with Registry.open(machine.folder).database.connection() as connection:
        assert not moments.is_in_doubt(connection)
