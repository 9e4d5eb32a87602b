"""The graphs of entries in a file of their own, each change of one with a number."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from montages.bilingual import Text
from montages_registry.entry_facts import EntryQuads
from montages_registry.moments import moment_of, moment_text
from montages_registry.version import Acts

# A file laid out otherwise, or of graphs made otherwise, has another number.
_LAYOUT = 4
# How long one waits for the writes of others, in seconds.
_PATIENCE = 30.0
EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE place (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    first INTEGER NOT NULL, revision INTEGER NOT NULL,
    versions INTEGER NOT NULL, erasures INTEGER NOT NULL, moment TEXT NOT NULL, knowledge TEXT NOT NULL
) STRICT;
CREATE TABLE goals (
    knowledge TEXT PRIMARY KEY,
    versions INTEGER NOT NULL, erasures INTEGER NOT NULL, moment TEXT NOT NULL, reached TEXT NOT NULL
) STRICT;
CREATE TABLE graphs (
    slug TEXT PRIMARY KEY, revision INTEGER NOT NULL, graph TEXT, quads BLOB
) STRICT;
CREATE INDEX graphs_by_revision ON graphs (revision);
"""


@dataclass(frozen=True)
class IndexPlace:
    """Up to where the record was read, by which knowledge, and the first and last number of a change."""

    first: int
    revision: int
    acts: Acts
    moment: datetime
    knowledge: str


@dataclass(frozen=True)
class IndexGoal:
    """Up to where the record is being read, by which knowledge; entries up to the slug `reached` are done."""

    acts: Acts
    moment: datetime
    knowledge: str
    reached: str = ""


class GraphTable:
    """The file through one connection, None for a table in memory."""

    def __init__(self, path: Path | None) -> None:
        self.connection = _connection(path)

    def place(self) -> IndexPlace:
        """Return up to where the record was read."""
        first, revision, versions, erasures, moment, knowledge = self.connection.execute(
            "SELECT first, revision, versions, erasures, moment, knowledge FROM place"
        ).fetchone()
        acts = Acts(versions, erasures)
        return IndexPlace(first, revision, acts, moment_of(moment), knowledge)

    def move(self, place: IndexPlace) -> None:
        """Note up to where the record was read."""
        self.connection.execute(
            "UPDATE place SET revision = ?, versions = ?, erasures = ?, moment = ?, knowledge = ?",
            (place.revision, *place.acts, moment_text(place.moment), place.knowledge),
        )

    def goal(self, knowledge: str) -> IndexGoal | None:
        """Return up to where a knowledge is reading the record, None where it is not at it."""
        query = "SELECT versions, erasures, moment, reached FROM goals WHERE knowledge = ?"
        row = self.connection.execute(query, (knowledge,)).fetchone()
        return IndexGoal(Acts(*row[:2]), moment_of(row[2]), knowledge, row[3]) if row else None

    def aim(self, goal: IndexGoal) -> None:
        """Note up to where the record is being read, and how far that has come."""
        row = (goal.knowledge, *goal.acts, moment_text(goal.moment), goal.reached)
        self.connection.execute("INSERT OR REPLACE INTO goals VALUES (?, ?, ?, ?, ?)", row)

    def arrive(self, goal: IndexGoal) -> None:
        """Note that the record is read up to where it was to be; whoever else reads it begins again."""
        place = self.place()
        query = "SELECT coalesce(max(revision), 0) FROM graphs"
        revision = max(place.revision, self.connection.execute(query).fetchone()[0])
        after = (place.first, revision, goal.acts, goal.moment, goal.knowledge)
        self.move(IndexPlace(*after))
        self.connection.execute("DELETE FROM goals")

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make what is done inside one transaction, nobody else writing meanwhile."""
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def graph(self, slug: str) -> EntryQuads | None:
        """Return the graph of an entry, None where it has none."""
        query = "SELECT graph, quads FROM graphs WHERE slug = ?"
        row = self.connection.execute(query, (slug,)).fetchone()
        return _graph(slug, *row) if row and row[0] else None

    def unread(self) -> tuple[EntryQuads, ...]:
        """Return the graphs of entries whose description cannot be read."""
        query = "SELECT slug, graph, quads FROM graphs WHERE graph ->> 4 IS NOT NULL ORDER BY slug"
        return tuple(_graph(*row) for row in self.connection.execute(query))

    def put(self, slug: str, graph: EntryQuads | None, revision: int) -> None:
        """Set the graph of an entry, or that it has none any more."""
        head, quads = None, None
        if graph is not None:
            title = [graph.title.fr, graph.title.en]
            fault = graph.fault and [graph.fault.fr, graph.fault.en]
            facts = [graph.number, graph.name, graph.project, title, fault]
            head = json.dumps(facts, ensure_ascii=False)
            quads = graph.quads
        row = (slug, revision, head, quads)
        self.connection.execute("INSERT OR REPLACE INTO graphs VALUES (?, ?, ?, ?)", row)

    def since(self, revision: int) -> tuple[tuple[EntryQuads, ...], tuple[str, ...]]:
        """Return the graphs that changed after a revision, and the slugs of entries that have none since."""
        rows = self.connection.execute(
            "SELECT slug, graph, quads FROM graphs WHERE revision > ? ORDER BY slug", (revision,)
        ).fetchall()
        graphs = tuple(_graph(slug, head, quads) for slug, head, quads in rows if head)
        return graphs, tuple(slug for slug, head, _ in rows if not head)

    def empty_journal(self) -> bool:
        """Move what was written ahead into the file, leave nothing of it, and tell whether that was done."""
        return not self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


def _connection(path: Path | None) -> sqlite3.Connection:
    """Return a connection to the file, made anew where it cannot be read: nothing is lost with it."""
    if path is None:
        memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _prepare(memory)
        return memory
    try:
        return _opened(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        _write_ahead(connection)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is erased is written over
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Journal ahead; where two do so at once in a new file, the engine refuses one without waiting."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none."""
    if connection.execute("PRAGMA user_version").fetchone()[0]:
        return
    connection.execute("BEGIN IMMEDIATE")
    if not connection.execute("PRAGMA user_version").fetchone()[0]:
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        # A new index counts on from the clock: no revision of a former one is taken for its own.
        first = int(datetime.now(UTC).timestamp() * 1_000_000)
        place = (1, first, first, 0, 0, moment_text(EPOCH), "")
        connection.execute("INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?)", place)
        connection.execute(f"PRAGMA user_version = {_LAYOUT}")
    connection.execute("COMMIT")


def _graph(slug: str, head: str, quads: bytes) -> EntryQuads:
    number, name, project, title, fault = json.loads(head)
    fault_text = Text(*fault) if fault else None
    return EntryQuads(slug, number, name, project, Text(*title), quads, fault_text)
