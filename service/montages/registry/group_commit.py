"""Durable writes, several in one: those that wait in a process share one transaction and one fsync.

Whoever comes while nobody writes, writes for all that wait; the others wait for him. No thread of its own.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar
from weakref import ref

from montages.registry.record_file import RecordFile

T = TypeVar("T")
Change = Callable[[sqlite3.Connection], Any]


class _Write:
    """A change that waits for its turn, then what came of it."""

    def __init__(self, change: Change) -> None:
        self.change = change
        self.done = False
        self.value: Any = None
        self.error: BaseException | None = None


class GroupCommit:
    """The writer of a record for all threads of a process; `largest` writes go together at most."""

    def __init__(self, record: RecordFile, largest: int = 200) -> None:
        self._record, self._largest = record, largest
        self._begin_anew()
        os.register_at_fork(after_in_child=partial(_after_fork, ref(self)))

    def _begin_anew(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[_Write] = []
        self._busy = False
        self._connection: sqlite3.Connection | None = None

    def run(self, change: Callable[[sqlite3.Connection], T]) -> T:
        """Return what a change gives once it is on the disk, whole; what it raises leaves no trace.

        The change runs inside a transaction that other processes cannot be in at the same time.
        """
        write = _Write(change)
        with self._changed:
            self._waiting.append(write)
            while not write.done and self._busy:
                self._changed.wait()
            if not write.done:
                self._busy = True
                batch = self._batch(write)
        if not write.done:
            try:
                self._commit(batch)
            finally:
                with self._changed:
                    self._busy = False
                    for each in batch:
                        each.done = True
                    self._changed.notify_all()
        if write.error is not None:
            raise write.error
        value: T = write.value
        return value

    def close(self) -> None:
        """Close the connection, once nobody writes; the next write opens another."""
        with self._changed:
            while self._busy:
                self._changed.wait()
            self._roll_back()

    def _batch(self, own: _Write) -> list[_Write]:
        """Return the writes that go next, in their order, the leader's own among them."""
        batch = self._waiting[: self._largest]
        if own not in batch:
            batch[-1] = own
        self._waiting = [write for write in self._waiting if write not in batch]
        return batch

    def _commit(self, batch: Sequence[_Write]) -> None:
        """Write all changes in one transaction; one that is refused is taken back alone."""
        try:
            if self._connection is None:
                self._connection = self._record.connection()
            self._connection.execute("BEGIN IMMEDIATE")
            for write in batch:
                self._apply(self._connection, write)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            # Nothing of the transaction is on the disk: all its writes failed, refused ones apart.
            for write in batch:
                write.error = write.error or self._record.fault(error)
            self._roll_back()
        except BaseException as error:
            for write in batch:
                write.error = write.error or error
            self._roll_back()
            raise

    def _apply(self, connection: sqlite3.Connection, write: _Write) -> None:
        connection.execute("SAVEPOINT one")
        try:
            write.value = write.change(connection)
        except sqlite3.DatabaseError as error:
            if not connection.in_transaction:  # a full disk ends the whole transaction
                raise
            write.error = self._record.fault(error)
            connection.execute("ROLLBACK TO one")
        except Exception as error:  # noqa: BLE001  # it is raised again where the write was asked for
            write.error = error
            connection.execute("ROLLBACK TO one")
        connection.execute("RELEASE one")

    def _roll_back(self) -> None:
        """Close the connection, which ends its transaction."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _after_fork(commit: ref[GroupCommit]) -> None:
    """Forget what a fork copied: writes that wait, locks and the connection are the other process's."""
    if (own := commit()) is not None:
        if own._connection is not None:
            own._record.abandoned.append(own._connection)
        own._begin_anew()
