"""The graphs of public entries as /sparql is given them, whichever process wrote them (G1, S1)."""

from __future__ import annotations

import time
from contextlib import suppress

from montages.errors import MontagesError
from montages.registry.graph_index import GraphIndex
from montages.registry.registry import Registry
from montages.registry.version import Acts
from montages.store.sparql.graph_updates import ChangedGraph, GraphUpdate

# Seconds after which it is looked whether the day of publication of some version has come.
_LOOK = 1.0


class EntryGraphs:
    """The graphs of the public entries of a registry; each process of the service looks by itself."""

    def __init__(self, registry: Registry, index: GraphIndex) -> None:
        self._registry, self._index = registry, index
        self._acts, self._revision, self._looked = Acts(-1, -1), -1, 0.0

    def revision(self) -> int:
        """Return the number of the last change; the former one while the record cannot be read."""
        with suppress(MontagesError):
            acts, now = self._registry.acts(), time.monotonic()
            if acts != self._acts or now > self._looked + _LOOK:
                self._revision = self._index.revision()
                self._acts, self._looked = acts, now
        return self._revision

    def update(self, since: int) -> GraphUpdate:
        """Return what changed after a revision; all there is after -1."""
        changes = self._index.changes(since)
        graphs = tuple(ChangedGraph(it.slug, it.name, it.quads) for it in changes.graphs)
        return GraphUpdate(changes.revision, changes.whole, graphs, changes.gone)
