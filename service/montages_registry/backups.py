"""Backups of a registry, and registries made of them or anew: each is there whole, or not at all."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from montages.api import Knowledge
from montages.bilingual import message
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.files import library
from montages_registry.database import Database
from montages_registry.entry_gate import admit
from montages_registry.entry_names import OURS
from montages_registry.quota import NO_QUOTA
from montages_registry.registry import Registry
from montages_registry.registry_errors import BrokenRecord
from montages_registry.version import Version, WriteCondition

# The publisher of the real projects that ship, as people read it.
_OUR_NAME = "Montages"
_NOT_AS_WRITTEN = message(
    "{path} is not what was written: {where}. Take the last backup into another folder: montages "
    "registry restore FILE DIR."
)
_NOT_BACKED_UP = message("{file}: the backup could not be written ({reason}).")
_NOT_EMPTY = message(
    "{folder} is not empty: nothing in it was touched. Name a folder that is empty or not there."
)
_NO_FOLDER = message("{folder}: no folder can be made there ({reason}).")


def verify(database: Database) -> int:
    """Return how many versions a registry has, all as they were written; raises BrokenRecord."""
    with database.connection() as connection:
        (fault,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        if fault != "ok":
            raise _broken(database, str(fault))
        for row in connection.execute("PRAGMA foreign_key_check"):
            raise _broken(database, f"{row[0]}, {row[1]}")
        count = 0
        query = "SELECT slug, number, digest, body, state FROM versions"
        for slug, number, digest, body, state in connection.execute(query):
            count += 1
            if state != "erased" and hashlib.sha256(body).hexdigest() != digest:
                raise _broken(database, f"{slug}, {number}")
    return count


def _broken(database: Database, where: str) -> BrokenRecord:
    return BrokenRecord(_NOT_AS_WRITTEN.fill(path=database.path, where=where))


def backup(database: Database, file: Path) -> int:
    """Copy a registry as it is at one moment into a new file, verified; return how many versions it has.

    The service may write meanwhile. Raises UnusableInput where there is such a file already, or it cannot be
    written; BrokenRecord.
    """
    if file.exists():
        raise UnusableInput(
            message("{file} exists already: name another file, nothing is overwritten.", file=file)
        )
    try:
        place = file.absolute().parent
        place.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=place) as beside:
            draft = Database(Path(beside))
            with database.connection() as source, closing(sqlite3.connect(draft.path)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            count = verify(draft)
            _sync(draft.path)
            os.link(draft.path, file)  # fails where somebody else was faster
            _sync(place)
    except OSError as error:
        raise UnusableInput(_NOT_BACKED_UP.fill(file=file, reason=error.strerror)) from error
    return count


def restore(file: Path, folder: Path) -> int:
    """Make a registry of a backup, verified, in a folder that is empty or not there; return its versions.

    Raises UnreadableInput, UnusableInput where there is something in the folder, BrokenRecord.
    """
    if not file.is_file():
        raise UnreadableInput(message("No such backup: {file}.", file=file))
    with _new_folder(folder) as draft:
        database = Database(draft)
        shutil.copyfile(file, database.path)
        database.check()
        count = verify(database)
        with database.connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
        _sync(database.path)
    return count


def first_registry(folder: Path, knowledge: Knowledge) -> tuple[Version, ...]:
    """Make a registry with the real projects, each as the bytes of its Turtle; return their versions.

    The folder is empty or not there, else UnusableInput is raised; it is there whole, or not at all.
    """
    with _new_folder(folder) as draft:
        registry = Registry.create(draft)
        publisher = registry.publishers.add(OURS, _OUR_NAME, NO_QUOTA)
        versions = [
            registry.write(
                slug,
                admit(knowledge, path.read_bytes(), "text/turtle", slug)[0],
                publisher,
                WriteCondition(),
            )
            for slug, path in sorted(library.projects().items())
            if path.parent.name == "projects"
        ]
        registry.database.close()
    return tuple(versions)


@contextmanager
def _new_folder(folder: Path) -> Iterator[Path]:
    """Yield a draft of a folder, beside it, which takes its place once all is well.

    Raises UnusableInput where the folder holds something, or none can be made there.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UnusableInput(_NOT_EMPTY.fill(folder=folder))
        folder.parent.mkdir(parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.absolute().parent))
    except OSError as error:
        raise UnusableInput(_NO_FOLDER.fill(folder=folder, reason=error.strerror)) from error
    try:
        yield draft
        _sync(draft)
        draft.rename(folder)  # over an empty folder too
        _sync(folder.absolute().parent)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
