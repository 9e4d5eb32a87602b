"""The record of the registry: it only grows, tells of any change, and is copied whole (G2)."""

from __future__ import annotations

import hashlib
import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from montages.errors import UnreadableInput, UnusableInput
from montages_registry.record_check import record_report
from montages_registry.record_copies import backup, restore
from montages_registry.record_file import RecordFile
from montages_registry.record_schema import FILE
from montages_registry.registry import Registry, first_registry
from montages_registry.registry_errors import BrokenRecord
from sample_registry import NEW, ROWS, TOWN, registry_of, rows, turtle


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return registry_of(tmp_path / "registry")


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
    ("UPDATE erasures SET reason = 'another' WHERE sequence = 1", "1 ("),
    ("DELETE FROM erasures", "entry-7, 1"),
    (
        "UPDATE contents SET body = x'00' WHERE digest IN (SELECT digest FROM erasures)",
        "entry-7, 1",
    ),
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


def test_the_first_entries_are_the_real_projects_as_they_are_published(tmp_path: Path) -> None:
    versions = first_registry(tmp_path / "registry")
    projects = Path(__file__).parents[3] / "data" / "projects"
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
    ("pragma", "told"),
    [("user_version = 9", "another version"), ("application_id = 1", "not the file")],
)
def test_a_record_of_another_kind_or_another_format_is_not_touched(
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
