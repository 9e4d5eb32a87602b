"""Durable writes of a process, one after the other: each a transaction, on the disk when it ends."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TypeVar
from weakref import ref

from montages.registry.record_file import RecordFile

T = TypeVar("T")


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
