"""The graphs of all public entries, kept beside the record: what the record gives, only sooner.

`index.sqlite3` can be lost without loss. Whoever asks brings it to date first: entries written since, and
those whose day of publication came, and all where the knowledge that reads descriptions is another. A change
of an entry has a number, by which a store in memory gets only what changed.
"""

from __future__ import annotations

import logging
import threading
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from montages.engine.engines import engine_named
from montages.engine.protocol import Engine
from montages.errors import UnknownName
from montages.knowledge.files import library
from montages_registry.entry_facts import EntryProvenance, EntryQuads, entry_quads, served_quads
from montages_registry.graph_table import EPOCH, GraphTable, IndexGoal, IndexPlace
from montages_registry.registry import Registry
from montages_registry.registry_errors import RegistryUnwritable
from montages_registry.version import Acts, State, Version

T = TypeVar("T")
_LOG = logging.getLogger("montages_registry")
FILE = "index.sqlite3"
# So many entries are brought to date at once: about a second, in which nobody else can write to the index.
_PART = 200


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


class GraphIndex:
    """The index of a registry; where the folder cannot be written, it is in memory."""

    def __init__(self, registry: Registry, engine: Engine | None = None) -> None:
        self._registry = registry
        self._own_engine = engine
        read_only = registry.record.read_only
        self._path: Path | None = None if read_only else registry.record.folder / FILE
        self._memory: GraphTable | None = None
        self._lock = threading.Lock()

    @cached_property
    def _engine(self) -> Engine:
        return self._own_engine or engine_named()

    def graphs(self) -> tuple[EntryQuads, ...]:
        """Return the graphs of all public entries, by slug."""
        return self.changes(-1).graphs

    def revision(self) -> int:
        """Return the number of the last change, the index brought to date."""
        return self._answer(lambda: self._place().revision)

    def changes(self, since: int) -> IndexChanges:
        """Return what changed after a revision; all there is after -1, or after one of a former index."""
        return self._answer(lambda: self._changes(since))

    def _answer(self, ask: Callable[[], T]) -> T:
        try:
            return ask()
        except RegistryUnwritable:
            self._path = None  # who asks is answered, if later
            return ask()

    def _place(self) -> IndexPlace:
        with self._table() as table:
            return self._refresh(table)

    def _changes(self, since: int) -> IndexChanges:
        with self._table() as table:
            place = self._refresh(table)
            whole = since < place.first
            graphs, gone = table.since(-1 if whole else since)
        return IndexChanges(place.revision, whole, graphs, () if whole else gone)

    def unread(self) -> tuple[EntryQuads, ...]:
        """Return the graphs of public entries whose description cannot be read, each with its fault."""
        return self._answer(self._unread)

    def _unread(self) -> tuple[EntryQuads, ...]:
        with self._table() as table:
            self._refresh(table)
            return table.unread()

    def erase(self) -> None:
        """Leave nothing in the file of the index of what the record has erased.

        Raises RegistryBusy or RegistryUnwritable.
        """
        self._place()
        with self._table() as table:
            if not table.empty_journal():
                raise self._registry.record.busy()

    def from_record(self) -> dict[str, EntryQuads]:
        """Return the graphs of all public entries by slug, made from the record alone."""
        slugs = [version.slug for version in self._registry.entries()]
        graphs = {slug: self._graph_of(slug) for slug in slugs}
        return {slug: graph for slug, graph in graphs.items() if graph is not None}

    def rebuild(self) -> tuple[str, ...]:
        """Make the index again from the record, and return the slugs whose graph was another one."""
        self.graphs()
        with self._table() as table:
            # Nobody brings it to date meanwhile; what is written meanwhile comes at the next time.
            table.connection.execute("BEGIN IMMEDIATE")
            before, anew = {graph.slug: graph for graph in table.since(-1)[0]}, self.from_record()
            place, different = table.place(), list[str]()
            for slug in sorted(before.keys() | anew.keys()):
                if before.get(slug) != anew.get(slug):
                    table.put(slug, anew.get(slug), place.revision + 1)
                    different.append(slug)
            if different:
                after = (place.first, place.revision + 1, place.acts, place.moment)
                table.move(IndexPlace(*after, place.knowledge))
            table.connection.execute("COMMIT")
        return tuple(different)

    def _refresh(self, table: GraphTable) -> IndexPlace:
        """Bring the index to date, some entries a transaction, and return the place it has come to.

        What is done stays done when this is interrupted, and whoever else is at it does another part.
        """
        slugs, of = list[str](), datetime.max
        while True:
            place = table.place()
            under_way = table.goal(library.version()) is not None
            if not under_way and not self._slugs(place, datetime.now(UTC)):
                return place
            with table.change():
                place, goal = table.place(), self._goal(table)
                if goal.moment != of:
                    slugs, of = self._slugs(place, goal.moment), goal.moment
                first = bisect_right(slugs, goal.reached)
                part = slugs[first : first + _PART]
                for slug in part:
                    graph = self._graph_of(slug)
                    if graph != table.graph(slug):
                        table.put(slug, graph, place.revision + 1)
                if first + _PART < len(slugs):
                    table.aim(replace(goal, reached=part[-1]))
                else:
                    table.arrive(goal)

    def _goal(self, table: GraphTable) -> IndexGoal:
        """Return up to where the record is being read, as was begun, else up to now: the rest comes next."""
        moment = max(datetime.now(UTC), table.place().moment)
        return table.goal(library.version()) or IndexGoal(
            self._registry.acts(), moment, library.version()
        )

    def _slugs(self, place: IndexPlace, now: datetime) -> list[str]:
        """Return the entries to look at again."""
        if place.knowledge != library.version():
            return self._registry.changed(Acts(0, 0), EPOCH, now)
        return self._registry.changed(place.acts, place.moment, now)

    def _graph_of(self, slug: str) -> EntryQuads | None:
        """Return the graph of an entry as the record gives it; None where nothing of it is public."""
        version = self._registry.current(slug)
        if version is None or version.state is State.WITHDRAWN:
            return None
        if version.erasure is not None:  # that it was is told to who had a copy
            return served_quads(None, self.provenance(version))
        graph = entry_quads(version, self.provenance(version), self._engine)
        if graph.fault:
            _LOG.warning("%s, version %s, cannot be read: %s", slug, graph.number, graph.fault.en)
        return graph

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
            self._registry.erased(version.slug),
        )

    @contextmanager
    def _table(self) -> Iterator[GraphTable]:
        if self._path is not None:
            with self._registry.record.faults(), closing(GraphTable(self._path)) as table:
                yield table
            return
        with self._lock:
            self._memory = self._memory or GraphTable(None)
            yield self._memory
