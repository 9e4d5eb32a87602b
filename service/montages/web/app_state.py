"""What every route shares: the knowledge, the published graphs, the public address, the languages."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cached_property
from pathlib import Path

from flask import Flask, current_app, request

from montages import settings
from montages.api import Knowledge
from montages.guests import guests
from montages.knowledge.files import library
from montages.knowledge.files.caching import ByteCache
from montages.knowledge.files.disk_cache import fingerprint
from montages.knowledge.periods import rules_at
from montages.names import BASE
from montages.publish.linked_data.documents import Documents, documents, served_dataset
from montages.publish.linked_data.void import ChangingDataset
from montages.store.dataset import Dataset
from montages.store.disk.bulk_load import data_or_store
from montages.store.disk.store_folder import ServedStore
from montages.store.labels import Labels
from montages.store.search_index import Search
from montages.store.sparql.query_pool import Pool, limits, pool
from montages.store.sparql.remote.remote_engine import remote_engine
from montages.store.term_tree import Branch, places_by_iri, term_tree
from montages.thread_shares import pool_size
from montages.web.service_part import ServicePart

_KEY = "montages"


@dataclass(frozen=True, eq=False)
class AppState:
    """One service: made once a process, read by all its routes."""

    knowledge: Knowledge
    dataset: Dataset
    # On disk, with further data beside what is published; without it, queries have a store in memory.
    store: ServedStore | None = None
    # What guests add: datasets whose graphs change while the service runs, beside those in memory.
    parts: tuple[ServicePart, ...] = ()
    # Bodies of answers, by what they are made of.
    bodies: ByteCache[bytes] = field(
        default_factory=lambda: ByteCache(settings.number("documents_remembered"), len)
    )

    @cached_property
    def fingerprint(self) -> str:
        """Return the hash of all that answers show.

        That is: knowledge, code, day of the law, real projects, questions, templates and further data.
        """
        digest = hashlib.sha256(f"{fingerprint()} {self.dataset.day}".encode())
        for path in _displayed_files():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
        if self.store:
            digest.update(self.store.manifest.digest.encode())
        for dataset in self.changing_datasets:
            digest.update(str(dataset.iri).encode())
        return digest.hexdigest()[:32]

    @cached_property
    def modified(self) -> int:
        """Return when the content last changed, in seconds: its files, or the law of the day."""
        files = [*library.deciding(), *library.displayed()]
        if self.store:
            files.append(self.store.quads)  # written once
        written = max(path.stat().st_mtime for path in files)
        law = datetime.combine(rules_at(self.dataset.day).period.first, time.min, UTC).timestamp()
        return int(min(max(written, law), datetime.now(UTC).timestamp()))

    @property
    def documents(self) -> Documents:
        """Return all that is published of our own, by document."""
        return documents(self.dataset)

    @cached_property
    def things(self) -> frozenset[str]:
        """Return every thing that has a page: what some graph describes."""
        return frozenset(BASE + path for path in self.documents.paths)

    @cached_property
    def labels(self) -> Labels:
        """Return the names of things."""
        return Labels(self.documents.default, self.documents.graphs)

    @cached_property
    def tree(self) -> Branch:
        """Return the tree of all terms."""
        return term_tree(self.labels)

    @cached_property
    def places(self) -> dict[str, tuple[tuple[Branch, ...], Branch]]:
        """Return the place of each thing in the tree: what is above it, and its branch."""
        return places_by_iri(self.tree)

    @cached_property
    def search_index(self) -> Search:
        """Return the index that /search asks."""
        return Search(self.dataset)

    @property
    def changing_datasets(self) -> tuple[ChangingDataset, ...]:
        """Return the datasets of the service that change while it runs."""
        return tuple(part.dataset for part in self.parts)

    @cached_property
    def graph_counts(self) -> dict[str, int]:
        """Return each named graph that queries may ask, and how many triples it holds."""
        if self.store:
            return self.store.manifest.graphs
        return {name: len(graph) for name, graph in self.dataset.graphs.items()}

    @property
    def triples(self) -> int:
        """Return how many triples the default graph of queries holds."""
        return self.store.manifest.triples if self.store else len(self.dataset.default)

    @cached_property
    def queries(self) -> Pool:
        """Return what answers queries over all that is served, started."""
        changing = next((part.changing for part in self.parts), None)
        return pool(
            self.dataset, limits(), pool_size("query"), self.store, remote_engine(), changing
        )

    def base_url(self) -> str:
        """Return the public address of the service, without a last slash: the setting, else the request's."""
        return (settings.get("base_url") or request.url_root).rstrip("/")

    def url(self, iri: str) -> str:
        """Return where this service serves an IRI of the base; any other IRI as it is."""
        return f"{self.base_url()}/{iri[len(BASE) :]}" if iri.startswith(BASE) else iri


def _displayed_files() -> list[Path]:
    """Return the files that are shown beside the knowledge that decides, those of guests with their code."""
    package = library.PACKAGE
    suffixes = (".html", ".txt", ".svg", ".json", ".po", ".mo", ".css")
    pages = sorted(
        p for p in package.rglob("*") if p.suffix in suffixes and "_bundled" not in p.parts
    )
    of_guests = (path for folder in guests().folders for path in sorted(folder.rglob("*")))
    pages += [path for path in of_guests if path.suffix in (*suffixes, ".py")]
    return [*library.displayed(), *pages]


def attach_state(app: Flask, knowledge: Knowledge, parts: tuple[ServicePart, ...]) -> AppState:
    """Give an application its site under today's law, with its further data; return it.

    Raises UnreadableInput or UnusableInput for files or a store that cannot be served.
    """
    dataset = served_dataset(date.today())
    store = data_or_store(app.config["DATA"], app.config["STORE"], dataset)
    state = app.extensions[_KEY] = AppState(knowledge, dataset, store, parts)
    return state


def current_state() -> AppState:
    """Return the site of the application at work."""
    state: AppState = current_app.extensions[_KEY]
    return state
