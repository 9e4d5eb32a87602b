"""The file of a registry: its tables, how they are read and durably written, and what may go wrong with it.

Each reading and each write has a connection of its own: none crosses a fork. A write is one transaction, on
the disk before it is acknowledged; writers take turns, and wait for others so many seconds.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from montages.bilingual import Text, message
from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages_registry.registry_errors import BrokenRecord, RegistryBusy, RegistryUnwritable

FILE = "record.sqlite3"
PATIENCE = 10.0  # seconds that a write waits for those of others
# "MTGR": what the file says it is. A file laid out otherwise has another number.
_APPLICATION_ID, _LAYOUT = 0x4D544752, 4
_TABLES = """
CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), seen TEXT NOT NULL) STRICT;
-- `token` is a digest.
CREATE TABLE publishers (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, token TEXT NOT NULL UNIQUE,
    has_quota INTEGER NOT NULL CHECK (has_quota IN (0, 1))
) STRICT;
-- `latest` and `public` are numbers of versions, `changed` grows with each change of what is public.
CREATE TABLE entries (
    slug TEXT PRIMARY KEY, publisher TEXT NOT NULL REFERENCES publishers,
    latest INTEGER NOT NULL, public INTEGER, changed INTEGER NOT NULL
) STRICT;
CREATE INDEX entries_by_change ON entries (changed);
CREATE TABLE versions (
    slug TEXT NOT NULL REFERENCES entries, number INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn', 'erased')),
    publisher TEXT NOT NULL REFERENCES publishers, moment TEXT NOT NULL, public_from TEXT,
    media_type TEXT NOT NULL, digest TEXT NOT NULL, size INTEGER NOT NULL,
    summary TEXT NOT NULL, words TEXT NOT NULL, body BLOB NOT NULL, quads BLOB NOT NULL,
    PRIMARY KEY (slug, number)
) STRICT;
CREATE INDEX versions_by_publisher ON versions (publisher, moment);
CREATE INDEX versions_by_moment ON versions (moment);
CREATE INDEX versions_by_publication ON versions (slug, public_from);
CREATE INDEX versions_by_digest ON versions (digest);
CREATE TABLE erasures (
    digest TEXT PRIMARY KEY, moment TEXT NOT NULL, operator TEXT NOT NULL, reason TEXT NOT NULL,
    legal INTEGER NOT NULL CHECK (legal IN (0, 1))
) STRICT;
"""
_NOT_WRITTEN = message(
    "{path}: nothing was written, the disk is full, the folder is read-only or its device fails "
    "({error}). Make room or make the folder writable, then send the same request."
)
_DAMAGED = message("{path}: damaged ({error}). Take the last backup: montages registry restore.")
_NOT_MADE = message("{folder}: no registry can be made there ({reason}).")
_NONE_HERE = message("{path}: no registry here. Make one: montages registry init {folder}.")
_ANOTHER = message(
    "{path}: no registry of this version of Montages (format {layout}, this one reads {own}); "
    "nothing was touched."
)
_TAKEN = message(
    "Others write: send the same request a little later, nothing is half done ({error})."
)
# What the engine says against a file, by its primary code.
_FAULTS: dict[int, tuple[type[MontagesError], Text]] = {
    sqlite3.SQLITE_BUSY: (RegistryBusy, _TAKEN),
    sqlite3.SQLITE_LOCKED: (RegistryBusy, _TAKEN),
    sqlite3.SQLITE_CORRUPT: (BrokenRecord, _DAMAGED),
    sqlite3.SQLITE_NOTADB: (BrokenRecord, _DAMAGED),
    sqlite3.SQLITE_FULL: (RegistryUnwritable, _NOT_WRITTEN),
    sqlite3.SQLITE_READONLY: (RegistryUnwritable, _NOT_WRITTEN),
    sqlite3.SQLITE_CANTOPEN: (RegistryUnwritable, _NOT_WRITTEN),
    sqlite3.SQLITE_IOERR: (RegistryUnwritable, _NOT_WRITTEN),
    sqlite3.SQLITE_PERM: (RegistryUnwritable, _NOT_WRITTEN),
}


class Database:
    """The file of a folder, for any number of threads and processes."""

    def __init__(self, folder: Path, file: str = FILE) -> None:
        self.folder, self.path = folder, folder / file
        self._turn = threading.Lock()

    @classmethod
    def create(cls, folder: Path) -> Database:
        """Make an empty registry in a folder that has none; raises UnusableInput."""
        database = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            database.path.touch(exist_ok=False)
        except OSError as error:
            raise UnusableInput(_NOT_MADE.fill(folder=folder, reason=error.strerror)) from error
        with database.connection() as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {_APPLICATION_ID}; "
                f"PRAGMA user_version = {_LAYOUT}; {_TABLES} COMMIT;"
            )
        return database

    def check(self) -> None:
        """Raise UnreadableInput or UnusableInput where there is no registry that this version can read."""
        if not self.path.is_file():
            raise UnreadableInput(_NONE_HERE.fill(path=self.path, folder=self.folder))
        with self.connection() as connection:
            names = ("application_id", "user_version")
            kind, layout = (connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names)
        if (kind, layout) != (_APPLICATION_ID, _LAYOUT):
            raise UnusableInput(_ANOTHER.fill(path=self.path, layout=layout, own=_LAYOUT))

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection; what the engine says against it comes as an error that says what to do."""
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        try:
            with closing(
                sqlite3.connect(address, PATIENCE, isolation_level=None, uri=True)
            ) as opened:
                opened.row_factory = sqlite3.Row
                opened.execute("PRAGMA synchronous = FULL")
                opened.execute("PRAGMA foreign_keys = ON")
                opened.execute("PRAGMA secure_delete = ON")  # what is erased is written over
                yield opened
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code not in _FAULTS:
                raise
            kind, text = _FAULTS[code]
            raise kind(text.fill(path=self.path, error=error)) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose writes are on the disk, all of them, once it is left without an error."""
        with self._turn, self.connection() as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")
