"""Erasures: the bytes of a content go for good, its digest, the reason and every row that names it stay."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from montages.bilingual import message
from montages.errors import UnusableInput
from montages.hidden_signs import HIDDEN
from montages_registry.moments import moment_after, moment_of, moment_text
from montages_registry.record_file import RecordFile
from montages_registry.record_schema import FIRST_HASH, row_hash
from montages_registry.version import Erasure

_LONGEST = 500
_ROWS = "SELECT * FROM erasures ORDER BY sequence"


def erasure_of(connection: sqlite3.Connection, digest: str) -> Erasure | None:
    """Return what became of the content of a digest, None where it was not erased."""
    query = "SELECT moment, reason, legal FROM erasures WHERE digest = ?"
    row = connection.execute(query, (digest,)).fetchone()
    return Erasure(moment_of(row[0]), row[1], bool(row[2])) if row else None


def erase_content(connection: sqlite3.Connection, digest: str, reason: str, legal: bool) -> None:
    """Erase a content, inside a transaction; one that was erased already stays as it is."""
    if erasure_of(connection, digest):
        return
    query = "SELECT sequence, moment, hash FROM erasures ORDER BY sequence DESC LIMIT 1"
    sequence, moment, previous = connection.execute(query).fetchone() or (0, None, FIRST_HASH)
    now = moment_text(moment_after(moment_of(moment) if moment else None))
    values = (sequence + 1, digest, int(legal), reason, now)
    _add(connection, (*values, previous, row_hash(previous, values)))


def checked_reason(reason: str) -> str:
    """Return a reason with single blanks, which everybody may read; raises UnusableInput for none."""
    reason = " ".join(reason.split())
    if not reason or len(reason) > _LONGEST or HIDDEN.search(reason):
        raise UnusableInput(
            message(
                "An erasure has a reason that everybody may read, of {longest} signs at most, "
                "without personal data: --reason “Telephone number of an official”.",
                longest=_LONGEST,
            )
        )
    return reason


def carry_over(record: RecordFile, later: RecordFile) -> int:
    """Erase in a record what a later state of it has erased, and return how many contents that is.

    Raises UnusableInput where the later one is of another registry, or is not later.
    """
    with later.faults(), closing(later.connection()) as theirs:
        rows = theirs.execute(_ROWS).fetchall()
        known = {hash_ for (hash_,) in theirs.execute("SELECT hash FROM versions")}
    with record.faults(), closing(record.connection()) as own:
        own.execute("BEGIN IMMEDIATE")
        before = own.execute(_ROWS).fetchall()
        head = own.execute("SELECT hash FROM versions ORDER BY sequence DESC LIMIT 1").fetchone()
        if head is None:
            return 0
        if rows[: len(before)] != before or head[0] not in known:
            raise UnusableInput(
                message(
                    "{path} does not continue this backup: name the registry that it is of, or "
                    "a later backup of that.",
                    path=later.path,
                )
            )
        for row in rows[len(before) :]:
            _add(own, row)
        own.execute("COMMIT")
    return len(rows) - len(before)


def _add(connection: sqlite3.Connection, row: tuple[object, ...]) -> None:
    connection.execute("INSERT INTO erasures VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    connection.execute("UPDATE contents SET body = x'' WHERE digest = ?", (row[1],))
