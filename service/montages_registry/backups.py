"""Backups of a registry, and a registry made of one, by SQLite's own copy: whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from montages.bilingual import message
from montages.errors import UnreadableInput, UnusableInput
from montages_registry.database import FILE, Database
from montages_registry.registry_errors import BrokenRecord

_NOT_AS_WRITTEN = message(
    "{path} is not what was written: {where}. Take the last backup into another folder: montages "
    "registry restore FILE DIR."
)
_NO_BACKUP = message("No such backup: {file}.")
_NOT_COPIED = message("{file}: the copy could not be written ({reason}).")
_THERE = message("{file} exists already: name another one, nothing is overwritten.")
_ALTERED = """
SELECT slug || ', ' || number FROM versions WHERE state <> 'erased' AND sha256(body) <> digest
"""


def verify(database: Database) -> int:
    """Return how many versions a registry has, all as they were written; raises BrokenRecord."""
    with database.connection() as connection:
        connection.create_function("sha256", 1, lambda body: hashlib.sha256(body).hexdigest())
        (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        (altered,) = connection.execute(_ALTERED).fetchone() or ("",)
        if fault != "ok" or altered:
            raise BrokenRecord(_NOT_AS_WRITTEN.fill(path=database.path, where=altered or fault))
        return int(connection.execute("SELECT count(*) FROM versions").fetchone()[0])


def backup(database: Database, file: Path) -> int:
    """Copy a registry as it is at one moment into a new file, verified; return how many versions it has.

    The service may write meanwhile. Raises UnusableInput where there is such a file already, or it cannot be
    written; BrokenRecord.
    """
    with _copy(database, file) as copy:
        return verify(copy)


def restore(file: Path, folder: Path) -> int:
    """Make a registry of a backup, verified, in a folder that has none; return how many versions it has.

    Raises UnreadableInput, UnusableInput where there is a registry in the folder, BrokenRecord.
    """
    if not file.is_file():
        raise UnreadableInput(_NO_BACKUP.fill(file=file))
    source = Database(file.parent, file.name)
    source.check()
    count = verify(source)
    with _copy(source, folder / FILE) as copy, copy.connection() as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return count


@contextmanager
def _copy(source: Database, file: Path) -> Iterator[Database]:
    """Yield a copy of a registry, which takes its place at a file that is not there once all is well."""
    if file.exists():
        raise UnusableInput(_THERE.fill(file=file))
    place = file.absolute().parent
    try:
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=place) as beside:
            draft = Database(Path(beside))
            with source.connection() as connection:
                connection.execute("VACUUM INTO ?", (str(draft.path),))
            yield draft
            os.link(draft.path, file)  # fails where somebody else was faster
            for path in (file, place):
                _sync(path)
    except OSError as error:
        raise UnusableInput(_NOT_COPIED.fill(file=file, reason=error.strerror)) from error


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
