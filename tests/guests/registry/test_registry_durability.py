"""What is acknowledged stays, whatever happens: kills, a full disk, erasures, copies, forks, clocks (G2)."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from montages.errors import MontagesError, UnknownName, UnreadableInput, UnusableInput
from montages_registry import database, moments, upkeep
from montages_registry.database import FILE
from montages_registry.registry import Registry
from montages_registry.registry_errors import (
    BrokenRecord,
    ClockInDoubt,
    Erased,
    ErasedByLaw,
    RegistryBusy,
)
from montages_registry.upkeep import erase
from montages_registry.version import State
from registry_service import TOWN, versions_in
from registry_writers import kill_at_random, sample

SECRET, REASON = "Quatre-chemins-et-demi", "Numéro de téléphone d'un agent"


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    """A registry with a withdrawn entry, a draft, and two entries with a secret."""
    registry = Registry.create(tmp_path / "registry")
    registry.publishers.add("vernon", "Ville de Vernon", has_quota=False)
    for name, condition in (("Lampes", None), (SECRET, "*"), ("Lampes neuves", "*")):
        registry.write("lampes", sample(name.encode(), name), TOWN, condition)
    registry.write("fibre", sample(f"Fibre {SECRET}".encode(), f"Fibre {SECRET}"), TOWN, None)
    registry.write("copie", sample(SECRET.encode(), SECRET), TOWN, None, State.DRAFT)
    registry.write("parti", sample(b"parti"), TOWN, None)
    registry.withdraw("parti", TOWN, "*")
    return registry


def rows(path: Path) -> list[tuple[object, ...]]:
    """Return all versions of a file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM versions ORDER BY slug, number").fetchall()


@pytest.mark.slow(seconds=6)
def test_fifty_writers_killed_twice_lose_no_acknowledged_version(tmp_path: Path) -> None:
    acknowledged = kill_at_random(tmp_path / "registry", instants=2, processes=5, threads=10)
    registry = Registry.open(tmp_path / "registry")
    count = upkeep.verify(registry.database)  # each version is whole
    assert acknowledged
    for told in acknowledged:
        version = registry.numbered(told.slug, int(told.number))
        assert version is not None
        assert version.digest == told.sha256
        assert registry.content(version, "quads")
    # What was written and not acknowledged may be there, whole: at most one for each writer and kill.
    assert 0 <= count - len(acknowledged) <= 100


def test_a_write_is_on_the_disk_before_it_is_acknowledged(registry: Registry) -> None:
    with registry.database.connection() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


FULL = """
import resource, sys
from pathlib import Path
sys.path[:0] = {path}
from montages_registry.registry import Registry
from registry_service import TOWN
from registry_writers import sample
registry = Registry.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
try:
    registry.write("more", sample(b"x" * 400_000), TOWN, None)
except Exception as error:
    print(type(error).__name__, error.status, "disk is full" in str(error))
"""


@pytest.mark.slow
def test_a_full_disk_is_told_as_such_and_what_was_written_stays(registry: Registry) -> None:
    before = rows(registry.database.path)
    command = [sys.executable, "-c", FULL.format(path=sys.path), str(registry.database.folder)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "RegistryUnwritable 507 True"
    assert rows(registry.database.path) == before
    assert registry.write("after", sample(b"x"), TOWN, None).number == 1


def test_a_write_waits_for_those_of_others_and_gives_up_in_the_end(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.2)
    with closing(sqlite3.connect(registry.database.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegistryBusy):
            Registry.open(registry.database.folder).write("new-one", sample(b"x"), TOWN, None)
        other.execute("ROLLBACK")
    assert registry.write("new-one", sample(b"x"), TOWN, None).number == 1


def folder_bytes(registry: Registry) -> bytes:
    return b"".join(file.read_bytes() for file in registry.database.folder.iterdir())


def test_what_is_erased_is_nowhere_in_the_folder_and_a_row_says_who_when_and_why(
    registry: Registry,
) -> None:
    before = registry.numbered("lampes", 2)
    assert before is not None
    assert SECRET.encode() in folder_bytes(registry)
    erased = erase(registry, "lampes", 2, REASON, "greffe")
    assert [(it.slug, it.number) for it in erased] == [("copie", 1), ("lampes", 2)]
    assert erase(registry, "lampes", 2, "again", "autre") == erased
    erase(registry, "fibre", 1, REASON, "greffe", legal=True)
    assert SECRET.encode() not in folder_bytes(registry)
    version = registry.numbered("lampes", 2)
    assert version is not None
    assert (version.state, version.reason, version.legal) == ("erased", REASON, False)
    with registry.database.connection() as connection:
        rows_left = connection.execute("SELECT DISTINCT operator, reason FROM erasures").fetchall()
    assert list(map(tuple, rows_left)) == [("greffe", REASON)]
    with pytest.raises(Erased, match=REASON):
        registry.content(before)  # who had looked it up before
    assert [graph.key for graph in registry.update().graphs] == ["lampes"]
    with pytest.raises(ErasedByLaw):
        registry.write("autre", sample(f"Fibre {SECRET}".encode()), TOWN, None)
    with pytest.raises(Erased):
        registry.publish("copie", TOWN, "*")
    assert registry.write("copie", sample(b"relu"), TOWN, "*").number == 2
    assert upkeep.verify(registry.database) == versions_in(registry)


NO_ERASURES: list[tuple[tuple[str, int, str], type[MontagesError]]] = [
    (("nothing", 1, REASON), UnknownName),
    (("lampes", 9, REASON), UnknownName),
    (("lampes", 1, " \n"), UnusableInput),
    (("lampes", 1, "x" * 501), UnusableInput),
    (("parti", 2, REASON), UnusableInput),  # a withdrawal
]


def test_what_cannot_be_erased_is_told_and_nothing_is(registry: Registry) -> None:
    before = rows(registry.database.path)
    for values, refusal in NO_ERASURES:
        with pytest.raises(refusal):
            erase(registry, *values, "greffe")
    assert rows(registry.database.path) == before


def test_versions_are_erased_and_backed_up_while_others_are_written(
    registry: Registry, tmp_path: Path
) -> None:
    going, written = threading.Event(), list[int]()

    def write() -> None:
        while not going.is_set():
            body = f"{len(written)} ".encode() * 999
            version = registry.write("lampes", sample(body), TOWN, "*")
            written.append(version.number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = [upkeep.backup(registry.database, tmp_path / f"{n}.sqlite3") for n in range(3)]
        for number in (1, 2, 3):
            erase(registry, "lampes", number, REASON, "greffe")
    finally:
        going.set()
        writer.join()
    assert counts == sorted(counts)
    assert written == list(range(4, 4 + len(written)))
    states = [version.state for version in registry.history("lampes")]
    assert states == [State.ERASED] * 3 + [State.PUBLISHED] * len(written)
    assert upkeep.verify(registry.database) == versions_in(registry)


def test_what_is_restored_is_what_was_backed_up_and_nothing_is_overwritten(
    registry: Registry, tmp_path: Path
) -> None:
    file, folder = tmp_path / "kept" / "backup.sqlite3", tmp_path / "restored"
    token = registry.publishers.add("vernon", "Ville de Vernon")
    count = upkeep.backup(registry.database, file)
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert upkeep.restore(file, folder) == count == versions_in(registry)
    assert rows(folder / FILE) == rows(registry.database.path)
    restored = Registry.open(folder)
    assert restored.publishers.authenticate(token).slug == "vernon"
    assert restored.write("lampes", sample(b"later"), TOWN, "*").number == 4
    before = file.read_bytes()
    for act in (
        lambda: upkeep.backup(registry.database, file),
        lambda: upkeep.restore(file, registry.database.folder),
        lambda: Registry.create(registry.database.folder),
    ):
        with pytest.raises(UnusableInput):
            act()
    with pytest.raises(UnreadableInput):
        upkeep.restore(tmp_path / "nothing", tmp_path / "other")
    assert file.read_bytes() == before


def test_what_is_damaged_is_named_and_neither_backed_up_nor_restored(
    registry: Registry, tmp_path: Path
) -> None:
    file = tmp_path / "backup.sqlite3"
    upkeep.backup(registry.database, file)
    content = file.read_bytes()
    for damaged in (content.replace(b"Lampes", b"Lompes"), content[:9000], b"x" * 9000, b""):
        file.write_bytes(damaged)
        with pytest.raises(MontagesError):
            upkeep.restore(file, tmp_path / "restored")
    with closing(sqlite3.connect(registry.database.path)) as connection, connection:
        connection.execute("UPDATE versions SET body = x'00' WHERE slug = 'fibre'")
    with pytest.raises(BrokenRecord, match="fibre, 1"):
        upkeep.backup(registry.database, tmp_path / "other.sqlite3")
    assert {path.name for path in tmp_path.iterdir()} == {"registry", "backup.sqlite3"}


def test_what_is_no_registry_of_this_version_is_told_and_not_touched(
    registry: Registry, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableInput, match="montages registry init"):
        Registry.open(tmp_path)
    with closing(sqlite3.connect(registry.database.path)) as connection:
        connection.execute("PRAGMA user_version = 3")
    before = registry.database.path.read_bytes()
    with pytest.raises(UnusableInput, match="format 3"):
        Registry.open(registry.database.folder)
    assert registry.database.path.read_bytes() == before
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(BrokenRecord):
        Registry.open(tmp_path)


@pytest.mark.parametrize("days", [2, -2])
def test_a_clock_that_jumps_is_not_believed_until_it_is_said_to_be_right(
    registry: Registry, monkeypatch: pytest.MonkeyPatch, days: int
) -> None:
    jumped = datetime.now(UTC) + timedelta(days=days)
    monkeypatch.setattr(moments, "now", lambda: jumped)
    before = rows(registry.database.path)
    with pytest.raises(ClockInDoubt, match="montages registry clock"):
        registry.write("heure", sample(b"x"), TOWN, None)
    registry.revision()  # who only asks does not believe it either
    with pytest.raises(ClockInDoubt):
        registry.withdraw("lampes", TOWN, "*")
    assert rows(registry.database.path) == before
    with registry.database.transaction() as connection:
        moments.see(connection)
    version = registry.write("heure", sample(b"x"), TOWN, None)
    assert registry.public("heure") == version
    assert all(version.moment > other.moment for other in registry.history("lampes"))


def test_a_service_that_is_asked_sees_the_clock_go_on(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = datetime.now(UTC)
    for hours in (20, 40, 60):
        monkeypatch.setattr(moments, "now", lambda hours=hours: start + timedelta(hours=hours))
        registry.revision()
    assert registry.write("heure", sample(b"x"), TOWN, None).number == 1
