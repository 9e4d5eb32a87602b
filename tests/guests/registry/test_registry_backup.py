"""A registry is backed up whole while it works, and restored as it was; nothing is overwritten."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages_registry.record_check import record_report
from montages_registry.record_copies import backup, restore
from montages_registry.registry import Registry, first_registry
from montages_registry.registry_errors import BrokenRecord
from sample_registry import ANY, NEW, TOWN, registry_of, rows, turtle


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return registry_of(tmp_path / "registry")


def test_what_is_restored_is_what_was_backed_up(registry: Registry, tmp_path: Path) -> None:
    file, again = tmp_path / "backup.sqlite3", tmp_path / "again.sqlite3"
    report = backup(registry.record, file)
    assert restore(file, tmp_path / "restored") == report
    restored = Registry.open(tmp_path / "restored")
    assert rows(restored.record.path) == rows(registry.record.path)
    assert list(restored.entries()) == list(registry.entries())
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
