"""The file of a registry: its tables, how they are read and durably written, and what may go wrong with it.

Each reading has a connection of its own, each process one to write by: none crosses a fork. A write is one
transaction, on the disk before it is acknowledged; writers take turns, and wait for others so many seconds.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from montages.bilingual import message
from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages_registry.registry_errors import BrokenRecord, RegistryBusy, RegistryUnwritable

FILE = "record.sqlite3"
# Seconds that a write waits for those of others.
PATIENCE = 10.0
# "MTGR": what the file says it is. A file laid out otherwise has another number.
_APPLICATION_ID, _LAYOUT = 0x4D544752, 3
_TABLES = """
CREATE TABLE clock (one INTEGER PRIMARY KEY CHECK (one = 1), seen TEXT NOT NULL) STRICT;
CREATE TABLE publishers (
    slug TEXT PRIMARY KEY, name TEXT NOT NULL, licence TEXT NOT NULL, added TEXT NOT NULL,
    versions_a_day INTEGER, bytes_a_day INTEGER, bytes_an_entry INTEGER
) STRICT;
CREATE TABLE tokens (
    digest TEXT PRIMARY KEY, publisher TEXT NOT NULL REFERENCES publishers, name TEXT NOT NULL,
    rights TEXT NOT NULL, added TEXT NOT NULL, revoked TEXT
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
CREATE INDEX versions_by_digest ON versions (digest);
CREATE TABLE facets (
    key TEXT NOT NULL, value TEXT NOT NULL, slug TEXT NOT NULL, number INTEGER NOT NULL,
    PRIMARY KEY (key, value, slug, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX facets_by_version ON facets (slug, number, key);
CREATE TABLE erasures (
    digest TEXT PRIMARY KEY, moment TEXT NOT NULL, operator TEXT NOT NULL, reason TEXT NOT NULL,
    legal INTEGER NOT NULL CHECK (legal IN (0, 1))
) STRICT;
"""
_UNWRITABLE = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)
_NOT_WRITTEN = message(
    "{path}: nothing was written, the disk is full, the folder is read-only or its device fails "
    "({error}). Make room or make the folder writable, then send the same request."
)
_DAMAGED = message(
    "{path}: the file is damaged ({error}). Take the last backup: montages registry restore "
    "BACKUP DIR."
)
_TAKEN = message(
    "Others have taken the registry for {seconds:.0f} s. Send the same request a little later: "
    "nothing is half done."
)


class Database:
    """The file of a folder, for any number of threads and processes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.path = folder, folder / FILE
        self._turn = threading.Lock()
        self._writer: sqlite3.Connection | None = None
        self._inherited, self._process = list[sqlite3.Connection | None](), 0

    @classmethod
    def create(cls, folder: Path) -> Database:
        """Make an empty registry in a folder that has none; raises UnusableInput."""
        database = cls(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            database.path.touch(exist_ok=False)
        except OSError as error:
            raise UnusableInput(
                message("{folder}: no registry can be made there.", folder=folder)
            ) from error
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
            raise UnreadableInput(
                message(
                    "{path}: no registry here. Make one: montages registry init {folder}.",
                    path=self.path,
                    folder=self.folder,
                )
            )
        with self.connection() as connection:
            names = ("application_id", "user_version")
            kind, layout = (connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names)
        if (kind, layout) != (_APPLICATION_ID, _LAYOUT):
            raise UnusableInput(
                message(
                    "{path}: no registry of this version of Montages (format {layout}, this one "
                    "reads {own}); nothing was touched.",
                    path=self.path,
                    layout=layout,
                    own=_LAYOUT,
                )
            )

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection; what the engine says against it comes as an error that says what to do."""
        with self._faults(), closing(self._opened()) as connection:
            yield connection

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection whose writes are on the disk, all of them, once it is left without an error."""
        with self._turn, self._faults():
            if self._process != os.getpid():
                # What a fork copied is the other process's: to close it here would harm that one.
                self._inherited.append(self._writer)
                self._writer, self._process = self._opened(), os.getpid()
            assert self._writer is not None
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
                self._writer.execute("COMMIT")
            finally:
                self._writer.rollback()

    def _opened(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is written over
        return connection

    def close(self) -> None:
        """Close what this process writes by."""
        with self._turn:
            if self._writer is not None and self._process == os.getpid():
                self._writer.close()
            self._writer, self._process = None, 0

    def empty_journal(self) -> None:
        """Move what was written ahead into the file, and leave nothing of it; raises RegistryBusy."""
        with self.connection() as connection:
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise self._busy()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self._fault(error) from error

    def _fault(self, error: sqlite3.DatabaseError) -> MontagesError | sqlite3.DatabaseError:
        """Return an error of the engine as one of ours, or itself where it is a fault of ours."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return self._busy()
        if code in _UNWRITABLE:
            return RegistryUnwritable(_NOT_WRITTEN.fill(path=self.path, error=error))
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return BrokenRecord(_DAMAGED.fill(path=self.path, error=error))
        return error

    def _busy(self) -> RegistryBusy:
        return RegistryBusy(_TAKEN.fill(seconds=PATIENCE))
