"""The record of the registry: it only grows, tells of any change, and is copied whole (G2)."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages.registry.first_entries import first_registry
from montages.registry.group_commit import GroupCommit
from montages.registry.publishers import Publisher
from montages.registry.record_check import record_report
from montages.registry.record_copies import backup, restore
from montages.registry.record_file import RecordFile
from montages.registry.record_schema import FILE
from montages.registry.registry import Registry
from montages.registry.registry_errors import BrokenRecord, RegistryBusy, RegistryUnwritable
from montages.registry.service_lock import ServiceLock
from montages.registry.version import Content, State, WriteCondition

TOWN = Publisher("vernon", "Ville de Vernon")
NEW, ANY = WriteCondition(), WriteCondition("*")
ROWS = {
    "versions": "SELECT * FROM versions ORDER BY sequence",
    "contents": "SELECT * FROM contents ORDER BY digest",
    "publisher_events": "SELECT * FROM publisher_events ORDER BY sequence",
}


def turtle(text: str) -> Content:
    return Content(text.encode(), "text/turtle")


def registry_of(folder: Path) -> Registry:
    """Return a registry with some of everything."""
    registry = Registry.create(folder)
    registry.publishers.enrol("vernon", "Ville de Vernon")
    for number in range(8):
        registry.write(f"entry-{number}", turtle(f"project {number} " * 90), TOWN, NEW)
    registry.write("entry-1", turtle("two"), TOWN, ANY, state=State.DRAFT)
    registry.publish("entry-1", TOWN, ANY)
    registry.withdraw("entry-2", TOWN, ANY)
    return registry


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return registry_of(tmp_path / "registry")


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return all that a record holds."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(query).fetchall() for table, query in ROWS.items()}


@pytest.mark.parametrize("table", ROWS)
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE {table} SET {column} = {column}",
        "DELETE FROM {table}",
        "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    ],
)
def test_no_row_is_changed_or_taken_away_by_mistake(
    registry: Registry, table: str, statement: str
) -> None:
    column = "body" if table == "contents" else "moment"
    before = rows(registry.record.path)
    with (
        closing(registry.record.connection()) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute(statement.format(table=table, column=column))
    assert rows(registry.record.path) == before


def test_a_write_is_on_the_disk_before_it_is_acknowledged(registry: Registry) -> None:
    with closing(registry.record.connection()) as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


# A change on purpose, where nothing keeps from it any more, and the row that verify names.
CHANGES = [
    (
        "UPDATE contents SET body = CAST(replace(CAST(body AS TEXT), 'project 3', 'project 4') AS BLOB)",
        "entry-3, 1",
    ),
    ("UPDATE versions SET publisher = 'evreux' WHERE sequence = 4", "4 (entry-3, 1)"),
    ("UPDATE versions SET moment = '2020' WHERE sequence = 4", "4 (entry-3, 1)"),
    ("UPDATE versions SET state = 'draft' WHERE sequence = 4", "4 (entry-3, 1)"),
    ("UPDATE versions SET etag = '\"x\"' WHERE sequence = 4", "4 (entry-3, 1)"),
    ("DELETE FROM versions WHERE sequence = 4", "5 (entry-4, 1)"),
    ("UPDATE publisher_events SET rights = 'edit publish x' WHERE sequence = 2", "2 (vernon)"),
    ("DELETE FROM contents WHERE digest = (SELECT digest FROM versions WHERE sequence = 4)", "4 ("),
    ("DROP TRIGGER IF EXISTS versions_kept", "versions_kept"),
]


@pytest.mark.parametrize(("change", "named"), CHANGES)
def test_a_row_that_was_changed_on_purpose_is_named(
    registry: Registry, change: str, named: str
) -> None:
    assert record_report(registry.record).is_whole
    with closing(sqlite3.connect(registry.record.path)) as connection:
        script = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
        triggers = [sql for (sql,) in connection.execute(script)]
        names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.execute(names).fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(change)
        for sql in triggers:
            if "DROP" not in change or "versions_kept" not in sql:
                connection.execute(sql)
        connection.commit()
    report = record_report(registry.record)
    assert named in report.faults[0].row
    with pytest.raises(BrokenRecord):
        report.check()


def test_a_byte_changed_anywhere_is_found_or_was_nobody_s(
    registry: Registry, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.sqlite3"
    backup(registry.record, whole)
    original, before = whole.read_bytes(), rows(whole)
    rng, found = random.Random(2), 0  # noqa: S311  # no secret
    for _ in range(150):
        place, folder = rng.randrange(100, len(original)), tmp_path / "changed"
        folder.mkdir()
        changed = bytearray(original)
        changed[place] ^= 1 << rng.randrange(8)
        (folder / FILE).write_bytes(changed)
        report = record_report(RecordFile(folder))
        if report.is_whole:  # in room that no row has
            assert rows(folder / FILE) == before, place
        found += not report.is_whole
        shutil.rmtree(folder)
    assert found > 30


def test_an_end_that_was_taken_away_is_found_by_the_head_that_was_noted(
    registry: Registry, tmp_path: Path
) -> None:
    early = tmp_path / "early.sqlite3"
    backup(registry.record, early)
    noted = registry.write("last", turtle("x"), TOWN, NEW).hash
    assert record_report(registry.record, noted).is_whole
    restore(early, tmp_path / "restored")
    restored = RecordFile(tmp_path / "restored")
    assert record_report(restored).is_whole
    assert record_report(restored, noted).faults[0].row == noted


def test_what_is_restored_is_what_was_backed_up(registry: Registry, tmp_path: Path) -> None:
    file, again = tmp_path / "backup.sqlite3", tmp_path / "again.sqlite3"
    report = backup(registry.record, file)
    assert restore(file, tmp_path / "restored") == report
    restored = Registry.open(tmp_path / "restored")
    assert rows(restored.record.path) == rows(registry.record.path)
    assert list(restored.entries()) == list(registry.entries())
    assert [v.content for v in restored.entries()] == [v.content for v in registry.entries()]
    backup(restored.record, again)
    assert again.read_bytes() == file.read_bytes()
    assert restored.write("entry-0", turtle("later"), TOWN, ANY).number == 2


def test_a_backup_is_whole_while_the_service_writes(registry: Registry, tmp_path: Path) -> None:
    going, heads = threading.Event(), list[str]()

    def write() -> None:
        number = 0
        while not going.is_set():
            number += 1
            registry.write(f"while-{number}", turtle("x" * 3000), TOWN, NEW)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            heads.append(backup(registry.record, tmp_path / f"{number}.sqlite3").head)
    finally:
        going.set()
        writer.join()
    assert len(set(heads)) > 1
    for head in heads:
        assert record_report(registry.record, head).is_whole


def test_nothing_is_overwritten(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    backup(registry.record, file)
    before = file.read_bytes()
    with pytest.raises(UnusableInput):
        backup(registry.record, file)
    assert file.read_bytes() == before
    with pytest.raises(UnusableInput):
        restore(file, registry.record.folder)
    with pytest.raises(UnusableInput):
        first_registry(registry.record.folder)
    assert record_report(registry.record).versions == 11
    with pytest.raises(UnreadableInput):
        restore(tmp_path / "nothing", tmp_path / "restored")


def test_a_damaged_backup_makes_no_registry(registry: Registry, tmp_path: Path) -> None:
    file = tmp_path / "backup.sqlite3"
    backup(registry.record, file)
    content = file.read_bytes()
    for damaged in (content.replace(b"project 5", b"project 6"), content[:9000], b"x" * 9000):
        file.write_bytes(damaged)
        with pytest.raises(MontagesError):
            restore(file, tmp_path / "restored")
        assert {path.name for path in tmp_path.iterdir()} == {"registry", "backup.sqlite3"}


def test_a_damaged_record_is_not_backed_up(registry: Registry, tmp_path: Path) -> None:
    with closing(sqlite3.connect(registry.record.path)) as connection:
        connection.execute("DROP TRIGGER versions_unchanged")
        connection.execute("UPDATE versions SET publisher = 'evreux' WHERE sequence = 4")
        connection.commit()
    with pytest.raises(BrokenRecord):
        backup(registry.record, tmp_path / "backup.sqlite3")
    assert [path.name for path in tmp_path.iterdir()] == ["registry"]


def test_the_first_entries_are_the_real_projects_as_they_are_published(tmp_path: Path) -> None:
    versions = first_registry(tmp_path / "registry")
    projects = Path(__file__).parents[1] / "data" / "projects"
    assert {v.slug for v in versions} == {path.stem for path in projects.glob("*.ttl")}
    for version in Registry.open(tmp_path / "registry").entries():
        assert version.content.body == (projects / f"{version.slug}.ttl").read_bytes()
        assert version.publisher == "montages"
    with pytest.raises(UnusableInput):
        first_registry(Path("/dev/null"))


def test_a_folder_without_a_registry_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="montages registry init"):
        Registry.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("pragma", "told"), [("user_version = 2", "newer"), ("application_id = 1", "not the file")]
)
def test_a_record_of_another_kind_or_a_newer_format_is_not_touched(
    registry: Registry, pragma: str, told: str
) -> None:
    with closing(sqlite3.connect(registry.record.path)) as connection:
        connection.execute(f"PRAGMA {pragma}")
    before = registry.record.path.read_bytes()
    with pytest.raises(UnusableInput, match=told):
        Registry.open(registry.record.folder)
    assert registry.record.path.read_bytes() == before


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"not a database at all" * 100)
    with pytest.raises(BrokenRecord):
        Registry.open(tmp_path)


def test_one_service_has_a_folder(registry: Registry) -> None:
    folder = registry.record.folder
    with ServiceLock(folder), pytest.raises(UnusableInput, match=f"process {os.getpid()}"):
        ServiceLock(folder)
    ServiceLock(folder).close()


def test_commands_write_beside_a_service(registry: Registry) -> None:
    with ServiceLock(registry.record.folder):
        assert Registry.open(registry.record.folder).write("new-one", turtle("x"), TOWN, NEW)


def test_a_full_disk_is_told_and_what_was_written_stays(registry: Registry) -> None:
    before = rows(registry.record.path)
    commit = GroupCommit(registry.record)

    def limited(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("INSERT INTO contents VALUES ('x', zeroblob(4000000))")

    with pytest.raises(RegistryUnwritable):
        commit.run(limited)
    assert rows(registry.record.path) == before
    assert registry.write("after", turtle("x"), TOWN, NEW).number == 1


WRITE = """
import os, resource, sys
from pathlib import Path
from montages.registry.publishers import Publisher
from montages.registry.registry import Registry
from montages.registry.version import Content, WriteCondition
{before}
try:
    registry = Registry.open(Path(sys.argv[1]), read_only={read_only})
    {act}
except Exception as error:
    print(type(error).__name__)
"""
ACT = (
    "registry.write('more', Content(b'x' * 400_000, 'text/turtle'), "
    "Publisher('vernon', 'V'), WriteCondition())"
)


def run(code: str, folder: Path) -> str:
    """Return what a script about a registry prints in a process of its own."""
    ran = subprocess.run(
        [sys.executable, "-B", "-c", code, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def test_a_file_that_may_not_grow_is_told_and_what_was_written_stays(registry: Registry) -> None:
    limit = "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    before = rows(registry.record.path)
    code = WRITE.format(before=limit, read_only=False, act=ACT)
    assert run(code, registry.record.folder) == "RegistryUnwritable"
    assert rows(registry.record.path) == before
    assert registry.write("after", turtle("x"), TOWN, NEW).number == 1


@pytest.fixture
def shared() -> Iterator[Path]:
    """Yield a folder that every user may enter."""
    folder = Path(tempfile.mkdtemp(prefix="montages-registry-"))
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder, ignore_errors=True)


def test_a_folder_that_cannot_be_written_is_told_and_can_be_read(shared: Path) -> None:
    folder = shared / "registry"
    registry_of(folder).close()
    record = RecordFile(folder)
    with closing(record.connection()) as connection:  # nothing but the file itself is left
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in folder.iterdir():
        if path.name != FILE:
            path.unlink()
        else:
            path.chmod(0o444)
    folder.chmod(0o555)
    # Root may write anywhere: somebody else tries.
    user = "os.setgroups([]); os.setuid(65534)" if os.geteuid() == 0 else ""
    code = WRITE.format(before=user, read_only=False, act=ACT)
    assert run(code, folder) == "RegistryUnwritable"
    reading = "print(len(list(registry.entries())))"
    assert run(WRITE.format(before=user, read_only=True, act=reading), folder) == "8"
    assert [path.name for path in folder.iterdir()] == [FILE]
    folder.chmod(0o755)


def test_a_registry_that_is_only_read_refuses_a_write(registry: Registry) -> None:
    reading = Registry.open(registry.record.folder, read_only=True)
    with pytest.raises(RegistryUnwritable):
        reading.write("new-one", turtle("x"), TOWN, NEW)
    assert len(list(reading.entries())) == 8


def test_a_write_waits_for_those_of_others_and_gives_up_in_the_end(
    registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("montages.registry.record_file.PATIENCE", 0.2)
    with closing(registry.record.connection()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegistryBusy):
            Registry.open(registry.record.folder).write("new-one", turtle("x"), TOWN, NEW)
        other.execute("ROLLBACK")
    assert registry.write("new-one", turtle("x"), TOWN, NEW).number == 1


FORKED = """
import os, sys
from pathlib import Path
from montages.registry.publishers import Publisher
from montages.registry.registry import Registry
from montages.registry.version import Content, WriteCondition
registry, town = Registry.open(Path(sys.argv[1])), Publisher('vernon', 'V')
registry.write('before', Content(b'x', 'text/turtle'), town, WriteCondition())
children = []
for number in range(3):
    child = os.fork()
    if not child:
        for n in range(5):
            registry.write(f'child-{number}-{n}', Content(b'x', 'text/turtle'), town, WriteCondition())
        os._exit(len(list(registry.entries())) < 5)
    children.append(child)
registry.write('beside', Content(b'x', 'text/turtle'), town, WriteCondition())
print([os.waitpid(child, 0)[1] for child in children], registry.sequence())
"""


def test_a_registry_goes_on_in_the_processes_that_are_forked_from_one(registry: Registry) -> None:
    assert run(FORKED, registry.record.folder) == "[0, 0, 0] 28"
    assert record_report(registry.record).is_whole


def test_the_hash_of_a_row_can_be_counted_with_other_tools(registry: Registry) -> None:
    # The JSON array of the hash before and the values, in UTF-8 without blanks, as docs/decisions say.
    version = registry.current("entry-0")
    assert version is not None
    assert version.public_from is not None
    moment = f"{version.moment:%Y-%m-%dT%H:%M:%S.%fZ}"
    array = (
        f'["{version.previous_hash}",1,"entry-0",1,"published","vernon","{moment}","{moment}",'
        f'"text/turtle","{version.digest}","\\"{version.etag[1:-1]}\\""]'
    )
    assert hashlib.sha256(array.encode()).hexdigest() == version.hash
    assert version.digest == hashlib.sha256(version.content.body).hexdigest()
