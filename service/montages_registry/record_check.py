"""The record, row by row, against its own hashes: a byte that is not what was written has its row named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text, message
from montages_registry.record_file import RecordFile
from montages_registry.record_schema import FIRST_HASH, TRIGGERS, content_digest, row_hash
from montages_registry.registry_errors import BrokenRecord
from montages_registry.version import version_etag
from montages_registry.version_rows import HASHED

# The chains beside that of versions: what their rows are made of, the second value names a row.
_CHAINS = {
    "publisher_events": (
        "sequence, publisher, event, name, rights, token_digest, bytes_a_day, versions_a_day, moment"
    ),
    "erasures": "sequence, digest, legal, reason, moment",
}
# Faults of the file that are told: one that is broken all over says no more by all of them.
_MOST = 20

_CONTENT = message("its bytes do not give the digest that it goes by")
_HASH = message("its values do not give its hash")
_CHAIN = message("it does not follow the row before it")
_NUMBER = message("a row before it is missing")
_ETAG = message("its entity tag is not its own")
_NOT_GONE = message("its bytes, erased, are still there")
_NO_CONTENT = message("its content is not there")
_MOMENT = message("it is earlier than the version before it")


@dataclass(frozen=True)
class RecordFault:
    """A row that is not what was written: its table, what it goes by there, and what does not agree."""

    table: str
    row: str
    what: Text


@dataclass(frozen=True)
class RecordReport:
    """What was read of a record, the hash of its last version (its head), and its faults."""

    versions: int
    entries: int
    events: int
    erasures: int
    head: str
    faults: tuple[RecordFault, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether everything is as it was written."""
        return not self.faults

    def check(self) -> None:
        """Raise BrokenRecord with the first fault, if there is one."""
        if self.faults:
            fault = self.faults[0]
            raise BrokenRecord(
                message(
                    "The record was altered: {table}, {row}: {what}.",
                    table=fault.table,
                    row=fault.row,
                    what=fault.what,
                ),
                table=fault.table,
                row=fault.row,
            )


def record_report(record: RecordFile, head: str = "") -> RecordReport:
    """Return what a whole record says against its hashes, read at one moment.

    `head` is a hash that was noted of an earlier state: it must be that of a version, else something after
    it was taken away, or all was written anew.
    """
    try:
        with closing(record.connection()) as connection:
            connection.execute("BEGIN")
            faults = [*_file_faults(connection), *_rows(connection, head)]
            versions = _count(connection, "versions")
            entries = _count(connection, "versions", "slug")
            events = _count(connection, "publisher_events")
            erasures = _count(connection, "erasures")
            last = _scalar(connection, "SELECT hash FROM versions ORDER BY sequence DESC LIMIT 1")
    except sqlite3.DatabaseError as error:
        broken = message("the file cannot be read ({error})", error=error)
        return RecordReport(0, 0, 0, 0, "", (RecordFault(record.path.name, "-", broken),))
    return RecordReport(versions, entries, events, erasures, str(last or FIRST_HASH), tuple(faults))


def _rows(connection: sqlite3.Connection, head: str) -> Iterator[RecordFault]:
    try:
        yield from _contents(connection)
        yield from _versions(connection)
        for table in _CHAINS:
            yield from _chain(connection, table)
        yield from _triggers(connection)
    except (sqlite3.DatabaseError, TypeError, ValueError) as error:
        # What the engine cannot read any more stands among the faults of the file, as its pages.
        what = message("the rest cannot be read ({error})", error=error)
        yield RecordFault("record", "-", what)
    if head and not _scalar(connection, "SELECT 1 FROM versions WHERE hash = ?", head):
        what = message(
            "no version has the hash that was noted: the end was taken away, or all written anew"
        )
        yield RecordFault("versions", head, what)


def _file_faults(connection: sqlite3.Connection) -> Iterator[RecordFault]:
    """Yield what the engine finds wrong with the pages of the file."""
    for (line,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
        if line != "ok":
            yield RecordFault("record", "-", Text(line, line))


def _contents(connection: sqlite3.Connection) -> Iterator[RecordFault]:
    erased = {digest for (digest,) in connection.execute("SELECT digest FROM erasures")}
    for digest, body in connection.execute("SELECT digest, body FROM contents ORDER BY rowid"):
        gone = digest in erased
        if body != b"" if gone else not isinstance(body, bytes) or content_digest(body) != digest:
            query = "SELECT slug, number FROM versions WHERE digest = ? ORDER BY sequence"
            users = [f"{slug}, {number}" for slug, number in connection.execute(query, (digest,))]
            name = f"{digest} ({'; '.join(users)})"
            yield RecordFault("contents", name, _NOT_GONE if gone else _CONTENT)


def _versions(connection: sqlite3.Connection) -> Iterator[RecordFault]:
    present = {digest for (digest,) in connection.execute("SELECT digest FROM contents")}
    latest, earlier = dict[str, int](), ""
    rows = connection.execute(
        f"SELECT {HASHED}, previous_hash, hash FROM versions ORDER BY sequence"  # noqa: S608  # our own words
    )
    for row, place in _chained(rows):
        _, slug, number, _, _, moment, _, media_type, digest, etag = row[:-2]
        name = f"{row[0]} ({slug}, {number})"
        before, latest[slug] = latest.get(slug, 0), number
        if place is not None:
            yield RecordFault("versions", name, place)
        elif digest not in present:
            yield RecordFault("versions", name, _NO_CONTENT)
        elif etag != version_etag(slug, number, media_type, digest):
            yield RecordFault("versions", name, _ETAG)
        elif number != before + 1:
            yield RecordFault("versions", name, _NUMBER)
        elif moment <= earlier:
            yield RecordFault("versions", name, _MOMENT)
        earlier = moment


def _chain(connection: sqlite3.Connection, table: str) -> Iterator[RecordFault]:
    rows = connection.execute(
        f"SELECT {_CHAINS[table]}, previous_hash, hash FROM {table} ORDER BY sequence"  # noqa: S608  # our own words
    )
    for row, place in _chained(rows):
        if place is not None:
            yield RecordFault(table, f"{row[0]} ({row[1]})", place)


def _triggers(connection: sqlite3.Connection) -> Iterator[RecordFault]:
    """Yield the fault of a record that would let its rows be changed by mistake."""
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    for name in TRIGGERS:
        if name not in there:
            what = message("what keeps it from change is missing")
            yield RecordFault("record", name, what)


def _chained(rows: sqlite3.Cursor) -> Iterator[tuple[Sequence[Any], Text | None]]:
    """Yield each row with what is wrong with its place in the chain, None where nothing is."""
    previous, sequence = FIRST_HASH, 0
    for row in rows:
        *values, before, own = row
        place = None
        if values[0] != sequence + 1:
            place = _NUMBER
        elif before != previous:
            place = _CHAIN
        elif own != row_hash(previous, values):
            place = _HASH
        yield row, place
        previous, sequence = own, values[0]


def _count(connection: sqlite3.Connection, table: str, column: str = "") -> int:
    what = f"DISTINCT {column}" if column else "*"
    return int(_scalar(connection, f"SELECT count({what}) FROM {table}"))  # noqa: S608  # our own words


def _scalar(connection: sqlite3.Connection, query: str, *values: str) -> Any:
    row = connection.execute(query, values).fetchone()
    return row[0] if row else None
