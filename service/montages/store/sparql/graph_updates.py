"""Graphs beside the published ones that change while the service runs: sent to who holds the store (S1).

In memory alone: a store on disk is read-only, and another engine has its own graphs.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox


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
