"""Graphs beside the published ones that change while the service runs: sent to who holds the store (S1).

In memory alone: a store on disk is read-only, and another engine has its own graphs.
"""

from __future__ import annotations

import json
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Any, Protocol

import pyoxigraph as ox

from montages.errors import MontagesError
from montages.processes.worker_connection import WorkerConnection
from montages.processes.worker_pool import ServerProgram, send


@dataclass(frozen=True)
class ChangedGraph:
    """A graph as it is now: the key under which it replaces its former one, its name, its N-Quads."""

    key: str
    name: str
    quads: bytes


@dataclass(frozen=True)
class GraphUpdate:
    """What changed up to a revision; `whole`: all there is, whatever was before. `gone` are keys."""

    revision: int
    whole: bool
    graphs: tuple[ChangedGraph, ...]
    gone: tuple[str, ...]


class ChangingGraphs(Protocol):
    """Graphs that change, and the number of their last change; known by which they are."""

    def __hash__(self) -> int:
        """Return what tells them from others."""
        ...

    def revision(self) -> int:
        """Return the number of the last change, which grows."""
        ...

    def update(self, since: int) -> GraphUpdate:
        """Return what changed after a revision; all there is after -1."""
        ...


class StoreServer(ServerProgram):
    """A fork server of queries; with `changing` graphs, those it forks have them as they are then."""

    def __init__(
        self,
        module: str,
        options: dict[str, Any],
        file: IO[bytes],
        changing: ChangingGraphs | None = None,
    ) -> None:
        super().__init__(module, options, file)
        self._changing, self._revision = changing, -1

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection, its graphs brought to date; raises OSError if the server ended."""
        if self._changing is not None and self._changing.revision() != self._revision:
            with suppress(MontagesError):  # graphs that cannot be read now are as they were
                self._send(self._changing)
        super().fork(worker)

    def _send(self, changing: ChangingGraphs) -> None:
        """Send what changed since this process of the service last did; others may have sent it too."""
        update = changing.update(self._revision)
        with tempfile.TemporaryFile() as file:
            file.write(packed_update(update))
            file.flush()
            send(self._control, file.fileno())
        self._revision = update.revision


def packed_update(update: GraphUpdate) -> bytes:
    """Return an update as bytes, which `UpdatedStore` applies."""
    graphs = [[graph.key, graph.name] for graph in update.graphs]
    head = [update.revision, update.whole, list(update.gone), graphs]
    return b"".join((json.dumps(head).encode(), b"\n", *(graph.quads for graph in update.graphs)))


class UpdatedStore:
    """A store in memory and the names of the changing graphs that it has, by key."""

    def __init__(self, store: ox.Store) -> None:
        self._store, self._revision = store, -1
        self._names: dict[str, str] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the changing graphs."""
        return tuple(self._names.values())

    def apply(self, packed: bytes) -> None:
        """Bring the store to the revision of an update; one that it has already is passed over."""
        head, _, quads = packed.partition(b"\n")
        revision, whole, gone, graphs = json.loads(head)
        if revision <= self._revision:
            return
        for key in list(self._names) if whole else (*gone, *(key for key, _ in graphs)):
            if name := self._names.pop(key, None):
                self._store.remove_graph(ox.NamedNode(name))
        self._store.extend(ox.parse(quads, ox.RdfFormat.N_QUADS))
        self._names |= dict(graphs)
        self._revision = revision


def whole_file(descriptor: int) -> bytes:
    """Return the content of a file, wherever others who share it have read to."""
    size, parts, at = os.fstat(descriptor).st_size, [], 0
    while at < size:
        parts.append(os.pread(descriptor, size - at, at))
        at += len(parts[-1])
    return b"".join(parts)
