"""The registry that an application serves, if it has one (G1): its addresses, who asks, its graphs."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app, request

from montages.bilingual import message
from montages.errors import MontagesError
from montages.store.sparql.graph_updates import ChangedGraph, GraphUpdate
from montages.web.app_state import current_state
from montages_registry.graph_index import GraphIndex
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import RegistryOff, UnknownEntry
from montages_registry.version import Acts, Version
from montages_registry.web.summary_store import SummaryStore

LIST_PATH = "projects"
_KEY = "montages-registry"
# Seconds after which it is looked whether the day of publication of some version has come.
_LOOK = 1.0


@dataclass(frozen=True, eq=False)
class AppRegistry:
    """The registry of an application, the graphs of its public entries, and their summaries."""

    registry: Registry
    index: GraphIndex
    graphs: EntryGraphs
    summaries: SummaryStore


def opened_registry(folder: Path) -> AppRegistry:
    """Return the registry of a folder, its index brought to date; raises as `Registry.open`."""
    registry = Registry.open(folder)
    index = GraphIndex(registry)
    graphs = EntryGraphs(registry, index)
    graphs.revision()
    registry.close()  # the processes of the service are forked from this one
    return AppRegistry(registry, index, graphs, SummaryStore(folder))


def register(app: Flask, served: AppRegistry | None) -> None:
    """Give an application a registry, if any."""
    if served is not None:
        app.extensions[_KEY] = served


def has_registry() -> bool:
    """Tell whether the application at work has a registry."""
    return _KEY in current_app.extensions


def app_registry() -> AppRegistry:
    """Return the registry of the application at work; raises RegistryOff."""
    served: AppRegistry | None = current_app.extensions.get(_KEY)
    if served is None:
        raise RegistryOff(
            message(
                "This service keeps no registry of projects. Who runs it opens one: montages "
                "registry init DIR, then montages serve --registry DIR (setting "
                "MONTAGES_REGISTRY)."
            )
        )
    return served


def publisher_names() -> dict[str, str]:
    """Return what the publishers are called, by slug."""
    return {
        publisher.slug: publisher.name for publisher in app_registry().registry.publishers.entries()
    }


def bearer_token() -> str | None:
    """Return the token that a request carries as Authorization: Bearer, None without one."""
    scheme, _, token = request.headers.get("Authorization", "").strip().partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def asking_publisher() -> Publisher:
    """Return the publisher whose token a request carries; raises UnknownToken."""
    return app_registry().registry.publishers.authenticate(bearer_token())


def reading_publisher() -> Publisher | None:
    """Return the publisher who asks to read, None for anybody; raises UnknownToken for no such token."""
    return asking_publisher() if "Authorization" in request.headers else None


def readable_version(slug: str) -> Version:
    """Return the version of an entry that may be read: the latest one for who owns it, else the public one.

    A withdrawal is one too. Raises UnknownEntry, and UnknownToken for a token that is none.
    """
    registry, reader = app_registry().registry, reading_publisher()
    own = registry.current(slug, public=False) if reader else None
    is_own = own is not None and reader is not None and own.publisher == reader.slug
    version = own if is_own and own is not None and own.erasure is None else registry.current(slug)
    if version is None and is_own:
        version = own
    if version is None:
        raise unknown_entry(slug)
    return version


def unknown_entry(slug: str) -> UnknownEntry:
    """Return the error of a name that no public entry has."""
    start = slug[:80]
    return UnknownEntry(
        message("No published entry is called “{start}”. The list: /projects.", start=start)
    )


def list_url() -> str:
    """Return the address of the list of entries."""
    return f"{current_state().base_url()}/{LIST_PATH}"


def entry_url(slug: str) -> str:
    """Return the address of an entry, which is its IRI where the service stands at the base."""
    return f"{list_url()}/{slug}"


def version_url(slug: str, number: int) -> str:
    """Return the address of a version of an entry: its memento."""
    return f"{entry_url(slug)}/versions/{number}"


def time_map_url(slug: str) -> str:
    """Return the address of the TimeMap of an entry."""
    return f"{entry_url(slug)}/timemap"


class EntryGraphs:
    """The graphs of the public entries as /sparql is given them, whichever process wrote them (S1).

    Each process of the service looks by itself.
    """

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
        graphs = tuple(
            ChangedGraph(graph.slug, graph.name, graph.quads) for graph in changes.graphs
        )
        return GraphUpdate(changes.revision, changes.whole, graphs, changes.gone)
