"""The file of the record: how it is made, read and durably written, and what the system says against it."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TypeVar
from weakref import ref

from montages.bilingual import message
from montages.errors import MontagesError, UnreadableInput, UnusableInput
from montages_registry.record_schema import APPLICATION_ID, FILE, LAYOUT, SCHEMA
from montages_registry.registry_errors import BrokenRecord, RegistryBusy, RegistryUnwritable

T = TypeVar("T")

# Seconds that a write waits for those of other processes.
PATIENCE = 10.0
# Kilobytes of the file that a connection remembers: there is one a thread.
_REMEMBERED = 512
_UNWRITABLE = (
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_AUTH,
)
_BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


class RecordFile:
    """The record of a folder; each thread of each process has a connection of its own to it."""

    def __init__(self, folder: Path, read_only: bool = False) -> None:
        self.folder, self.path, self.read_only = folder, folder / FILE, read_only
        self._local = threading.local()
        # Connections of the process that this one was forked from: to close one here would harm that one.
        self.abandoned: list[sqlite3.Connection] = []

    @classmethod
    def create(cls, folder: Path) -> RecordFile:
        """Make an empty record in a folder, itself made where there is none; raises UnusableInput."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
            occupied = any(folder.iterdir())
        except OSError as error:
            raise UnusableInput(
                message(
                    "{folder}: no registry can be made there ({reason}).",
                    folder=folder,
                    reason=error.strerror,
                )
            ) from error
        if occupied:
            raise UnusableInput(
                message(
                    "{folder} is not empty: name a folder that is empty or not there.",
                    folder=folder,
                )
            )
        record = cls(folder)
        with record.faults(), closing(record.connection()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(
                f"BEGIN IMMEDIATE; PRAGMA application_id = {APPLICATION_ID}; "
                f"PRAGMA user_version = {LAYOUT}; {SCHEMA} COMMIT;"
            )
        return record

    @classmethod
    def at(cls, path: Path) -> RecordFile:
        """Return the record of a folder, or a backup of one, to be read; raises as `check`."""
        record = cls(path if path.is_dir() else path.parent, read_only=True)
        record.path = record.path if path.is_dir() else path
        record.check()
        return record

    def check(self) -> None:
        """Raise UnreadableInput or UnusableInput where there is no record that this version can read."""
        if not self.path.is_file():
            raise UnreadableInput(
                message(
                    "{path}: no registry here. Make one: montages registry init {folder}.",
                    path=self.path,
                    folder=self.folder,
                )
            )
        with self.faults():
            connection = self.read()
            kind = connection.execute("PRAGMA application_id").fetchone()[0]
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            self.close()  # none is open where a process forks
        if kind != APPLICATION_ID:
            raise UnusableInput(
                message("{path}: this is not the file of a registry.", path=self.path)
            )
        if layout != LAYOUT:
            raise UnusableInput(
                message(
                    "{path}: a registry of another version of Montages (format {layout}, this "
                    "one reads format {own_layout}); nothing was touched. Open it with that "
                    "version.",
                    path=self.path,
                    layout=layout,
                    own_layout=LAYOUT,
                )
            )

    def read(self) -> sqlite3.Connection:
        """Return the connection of this thread."""
        # A connection must not cross a fork: what the kernel locks for one process is not for another.
        if getattr(self._local, "process", None) != os.getpid():
            if getattr(self._local, "process", None) is not None:
                self.abandoned.append(self._local.connection)
            self._local.connection, self._local.process = self.connection(), os.getpid()
        connection: sqlite3.Connection = self._local.connection
        return connection

    def connection(self) -> sqlite3.Connection:
        """Return a new connection, which any thread may use, one at a time."""
        if not self.read_only:
            return self._connect("mode=rwc")
        # Where nothing may be written beside it, the engine can read only what is in the file itself.
        beside = self.path.with_name(f"{self.path.name}-wal")
        if os.access(self.folder, os.W_OK) or beside.exists():
            return self._connect("mode=ro")
        return self._connect("mode=ro&immutable=1")

    def _connect(self, query: str) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?{query}",
            uri=True,
            timeout=PATIENCE,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA cache_size = -{_REMEMBERED}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is written over
        return connection

    def close(self) -> None:
        """Close the connection of this thread."""
        if getattr(self._local, "process", None) == os.getpid():
            with suppress(sqlite3.Error):
                self._local.connection.close()
            self._local.process = None

    def empty_journal(self) -> None:
        """Move what was written ahead into the file, and leave nothing of it; raises RegistryBusy."""
        with self.faults(), closing(self.connection()) as connection:
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise self.busy()

    @contextmanager
    def faults(self) -> Iterator[None]:
        """Turn what the engine of the record says against it into an error that says what to do."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            raise self.fault(error) from error

    def fault(self, error: sqlite3.DatabaseError) -> MontagesError | sqlite3.DatabaseError:
        """Return an error of the engine as one of ours, or itself where it is a fault of ours."""
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return self.busy()
        if code in _UNWRITABLE:
            return RegistryUnwritable(
                message(
                    "{path}: nothing was written, the disk is full, the folder is read-only or "
                    "its device fails ({error}). Make room or make the folder writable, then "
                    "send the same request.",
                    path=self.path,
                    error=error,
                )
            )
        if code in _BROKEN:
            return BrokenRecord(
                message(
                    "{path}: the file is damaged ({error}). Take the last backup: montages "
                    "registry restore BACKUP DIR.",
                    path=self.path,
                    error=error,
                )
            )
        return error

    def busy(self) -> RegistryBusy:
        """Return the error of who waits in vain for others."""
        return RegistryBusy(
            message(
                "Others have taken the registry for {seconds:.0f} s. Send the same request a "
                "little later: nothing is half done.",
                seconds=PATIENCE,
            )
        )


class RecordWriter:
    """The writer of a record for all threads of a process."""

    def __init__(self, record: RecordFile) -> None:
        self._record = record
        self._begin_anew()
        os.register_at_fork(after_in_child=partial(_after_fork, ref(self)))

    def _begin_anew(self) -> None:
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None

    def run(self, change: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a change gives once it is on the disk, whole; what it raises leaves no trace.

        The change runs inside a transaction that nobody else can be in at the same time.
        """
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._record.connection()
                self._connection.execute("BEGIN IMMEDIATE")
                value = change(self._connection)
                self._connection.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                self._drop()
                raise self._record.fault(error) from error
            except BaseException:
                self._drop()
                raise
            return value

    def close(self) -> None:
        """Close the connection, once nobody writes; the next write opens another."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        """Close the connection, which ends its transaction."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _after_fork(writer: ref[RecordWriter]) -> None:
    """Forget what a fork copied: the lock and the connection are the other process's."""
    if (own := writer()) is not None:
        if own._connection is not None:
            own._record.abandoned.append(own._connection)
        own._begin_anew()
