"""What the system refuses a registry is told, and what was written stays: a full disk, a closed folder."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from montages.errors import UnusableInput
from montages_registry.record_check import record_report
from montages_registry.record_file import RecordFile, RecordWriter
from montages_registry.record_schema import FILE
from montages_registry.registry import Registry
from montages_registry.registry_errors import RegistryBusy, RegistryUnwritable
from montages_registry.service_lock import ServiceLock
from sample_registry import NEW, TOWN, registry_of, rows, turtle


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return registry_of(tmp_path / "registry")


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
    writer = RecordWriter(registry.record)

    def limited(connection: sqlite3.Connection) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        connection.execute("INSERT INTO contents VALUES ('x', zeroblob(4000000))")

    with pytest.raises(RegistryUnwritable):
        writer.run(limited)
    assert rows(registry.record.path) == before
    assert registry.write("after", turtle("x"), TOWN, NEW).number == 1


WRITE = """
import os, resource, sys
from pathlib import Path
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.version import Content, WriteCondition
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
        [sys.executable, "-B", "-c", code, str(folder)], capture_output=True, text=True, check=True
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
    monkeypatch.setattr("montages_registry.record_file.PATIENCE", 0.2)
    with closing(registry.record.connection()) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RegistryBusy):
            Registry.open(registry.record.folder).write("new-one", turtle("x"), TOWN, NEW)
        other.execute("ROLLBACK")
    assert registry.write("new-one", turtle("x"), TOWN, NEW).number == 1


FORKED = """
import os, sys
from pathlib import Path
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.version import Content, WriteCondition
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
print([os.waitpid(child, 0)[1] for child in children], registry.acts().versions)
"""


def test_a_registry_goes_on_in_the_processes_that_are_forked_from_one(registry: Registry) -> None:
    assert run(FORKED, registry.record.folder) == "[0, 0, 0] 28"
    assert record_report(registry.record).is_whole
