"""The graphs of all public entries, kept beside the record: what the record gives, only sooner.

`index.sqlite3` can be lost without loss. Whoever asks brings it to date first: entries written since, and
those whose day of publication came, and all where the knowledge that reads descriptions is another. A change
of an entry has a number, by which a store in memory gets only what changed.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from montages.bilingual import Text
from montages.engine.engines import engine_named
from montages.engine.protocol import Engine
from montages.errors import UnknownName
from montages.knowledge.files import library
from montages.registry.entry_facts import EntryProvenance
from montages.registry.entry_quads import EntryQuads, entry_quads
from montages.registry.moments import moment_of, moment_text
from montages.registry.registry import Registry
from montages.registry.registry_errors import RegistryUnwritable
from montages.registry.version import State, Version

FILE = "index.sqlite3"
# An index laid out otherwise, or of graphs made otherwise, has another number.
_LAYOUT = 1
_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
_TABLES = """
CREATE TABLE IF NOT EXISTS place (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    first INTEGER NOT NULL, revision INTEGER NOT NULL,
    sequence INTEGER NOT NULL, moment TEXT NOT NULL, knowledge TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS graphs (
    slug TEXT PRIMARY KEY, revision INTEGER NOT NULL, graph TEXT, quads BLOB
) STRICT;
CREATE INDEX IF NOT EXISTS graphs_by_revision ON graphs (revision);
"""


@dataclass(frozen=True)
class IndexChanges:
    """What changed in the graphs of entries since a revision.

    `whole`: that revision is of another index, forget what you have. `graphs` are the new ones, `gone` the
    slugs of entries that have none any more; that of a slug takes the place of its former one.
    """

    revision: int
    whole: bool
    graphs: tuple[EntryQuads, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True)
class _Place:
    """Up to where the record was read, by which knowledge, and the numbers of changes."""

    first: int
    revision: int
    sequence: int
    moment: datetime
    knowledge: str


class GraphIndex:
    """The index of a registry; where the folder cannot be written, it is in memory."""

    def __init__(self, registry: Registry, engine: Engine | None = None) -> None:
        self._registry = registry
        self._own_engine = engine
        folder = registry.record.folder
        self._path: Path | None = None if registry.record.read_only else folder / FILE
        self._memory: sqlite3.Connection | None = None
        self._lock = threading.Lock()

    @cached_property
    def _engine(self) -> Engine:
        return self._own_engine or engine_named()

    def graphs(self) -> tuple[EntryQuads, ...]:
        """Return the graphs of all public entries, by slug."""
        return self.changes(-1).graphs

    def changes(self, since: int) -> IndexChanges:
        """Return what changed after a revision; all there is after -1, or after one of a former index."""
        try:
            return self._changes(since)
        except RegistryUnwritable:
            self._path = None  # who asks is answered, if later
            return self._changes(since)

    def _changes(self, since: int) -> IndexChanges:
        with self._connection() as connection:
            place = self._refresh(connection)
            whole = since < place.first
            rows = connection.execute(
                "SELECT slug, graph, quads FROM graphs WHERE revision > ? ORDER BY slug",
                (-1 if whole else since,),
            ).fetchall()
        graphs = tuple(_graph(slug, head, quads) for slug, head, quads in rows if head)
        gone = () if whole else tuple(slug for slug, head, _ in rows if not head)
        return IndexChanges(place.revision, whole, graphs, gone)

    def from_record(self) -> dict[str, EntryQuads]:
        """Return the graphs of all public entries by slug, made from the record alone."""
        slugs = [v.slug for v in self._registry.entries()]
        graphs = {slug: self._graph_of(slug) for slug in slugs}
        return {slug: graph for slug, graph in graphs.items() if graph is not None}

    def rebuild(self) -> tuple[str, ...]:
        """Make the index again from the record, and return the slugs whose graph was another one."""
        before = {graph.slug: graph for graph in self.graphs()}
        anew = self.from_record()
        different = sorted(
            slug for slug in before.keys() | anew.keys() if before.get(slug) != anew.get(slug)
        )
        with self._connection() as connection:
            place = self._place(connection)
            connection.execute("BEGIN IMMEDIATE")
            for slug in different:
                self._put(connection, slug, anew.get(slug), place.revision + 1)
            if different:
                connection.execute("UPDATE place SET revision = revision + 1")
            connection.execute("COMMIT")
        return tuple(different)

    def _refresh(self, connection: sqlite3.Connection) -> _Place:
        place, now = self._place(connection), datetime.now(UTC)
        if not self._slugs(place, now):
            return place
        connection.execute("BEGIN IMMEDIATE")
        place = self._place(connection)  # somebody else may have brought it to date meanwhile
        now = max(now, place.moment)
        sequence, revision = self._registry.sequence(), place.revision
        for slug in self._slugs(place, now):
            graph = self._graph_of(slug)
            if graph != self._graph_in(connection, slug):
                self._put(connection, slug, graph, place.revision + 1)
                revision = place.revision + 1
        after = _Place(place.first, revision, sequence, now, _knowledge())
        connection.execute(
            "UPDATE place SET revision = ?, sequence = ?, moment = ?, knowledge = ?",
            (after.revision, after.sequence, moment_text(after.moment), after.knowledge),
        )
        connection.execute("COMMIT")
        return after

    def _slugs(self, place: _Place, now: datetime) -> list[str]:
        """Return the entries to look at again."""
        if place.knowledge != _knowledge():
            return self._registry.changed(0, _EPOCH, now)
        return self._registry.changed(place.sequence, place.moment, now)

    def _graph_of(self, slug: str) -> EntryQuads | None:
        """Return the graph of an entry as the record gives it; None where nothing of it is public."""
        version = self._registry.current(slug)
        if version is None or version.state is State.WITHDRAWN:
            return None
        return entry_quads(version, self.provenance(version), self._engine)

    def provenance(self, version: Version) -> EntryProvenance:
        """Return where a public version comes from."""
        name, former = version.publisher, self._registry.before(version)
        with suppress(UnknownName):
            name = self._registry.publishers.named(version.publisher).name
        return EntryProvenance(
            version.slug,
            version.number,
            version.publisher,
            name,
            version.moment,
            version.public_from or version.moment,
            former.number if former else None,
        )

    @staticmethod
    def _graph_in(connection: sqlite3.Connection, slug: str) -> EntryQuads | None:
        row = connection.execute(
            "SELECT graph, quads FROM graphs WHERE slug = ?", (slug,)
        ).fetchone()
        return _graph(slug, *row) if row and row[0] else None

    @staticmethod
    def _put(
        connection: sqlite3.Connection, slug: str, graph: EntryQuads | None, revision: int
    ) -> None:
        head, quads = None, None
        if graph is not None:
            title = [graph.title.fr, graph.title.en]
            head = json.dumps([graph.number, graph.name, graph.project, title], ensure_ascii=False)
            quads = graph.quads
        connection.execute(
            "INSERT OR REPLACE INTO graphs VALUES (?, ?, ?, ?)", (slug, revision, head, quads)
        )

    @staticmethod
    def _place(connection: sqlite3.Connection) -> _Place:
        first, revision, sequence, moment, knowledge = connection.execute(
            "SELECT first, revision, sequence, moment, knowledge FROM place"
        ).fetchone()
        return _Place(first, revision, sequence, moment_of(moment), knowledge)

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        """Yield a connection to the index, made where there is none that can be read."""
        if self._path is None:
            with self._lock:
                if self._memory is None:
                    self._memory = sqlite3.connect(
                        ":memory:", isolation_level=None, check_same_thread=False
                    )
                    _prepare(self._memory)
                yield self._memory
            return
        with self._registry.record.faults(), closing(_index(self._path)) as connection:
            yield connection


def _index(path: Path) -> sqlite3.Connection:
    """Return a connection to the index, made anew where it cannot be read: nothing is lost with it."""
    try:
        return _opened(path)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        if connection.execute("PRAGMA user_version").fetchone()[0] not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none."""
    if connection.execute("PRAGMA user_version").fetchone()[0]:
        return
    # A new index counts on from the clock, so that no revision of a former one is taken for its own.
    first = int(datetime.now(UTC).timestamp() * 1_000_000)
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {_LAYOUT}; COMMIT;")
    connection.execute(
        "INSERT OR IGNORE INTO place VALUES (1, ?, ?, 0, ?, '')",
        (first, first, moment_text(_EPOCH)),
    )


def _knowledge() -> str:
    """Return what the graphs depend on beside the record."""
    return library.version()


def _graph(slug: str, head: str, quads: bytes) -> EntryQuads:
    number, name, project, title = json.loads(head)
    return EntryQuads(slug, number, name, project, Text(*title), quads)
