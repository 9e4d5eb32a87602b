"""What answers queries: the pool that the service has, over what the settings name, started when asked."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from threading import Lock

from montages import settings
from montages.processes.turns import ClientWatch
from montages.store.dataset import Dataset
from montages.store.disk.bulk_load import data_or_store, remove_data
from montages.store.disk.store_folder import ServedStore
from montages.store.sparql.query_pool import Pool, SerialisedAnswer, limits, pool
from montages.store.sparql.remote.remote_engine import remote_engine
from montages.thread_shares import pool_size

# The format of an answer: a table as SPARQL results, a graph as N-Triples.
_FORMATS = ("json", "nt")


class GraphQueries:
    """The published graphs under today's law, and the processes that answer queries over them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._started: tuple[Dataset, Pool] | None = None
        self._store: ServedStore | None = None

    @property
    def dataset(self) -> Dataset:
        """Return what is published."""
        return self._start()[0]

    def ask(
        self, query: str, default: tuple[str, ...] | None = None, caller: ClientWatch | None = None
    ) -> SerialisedAnswer:
        """Return the answer to a query, over some graphs, or those that it names, or the service's.

        It is given up once `caller` has left. Raises as the pool does.
        """
        named = None if default is None else ()
        return self._start()[1].ask(query, _FORMATS, (default, named), caller)

    def close(self) -> None:
        """Let go of what was started, and remove a store that was made for it.

        The pool is shared by whoever asks for the same: it ends with this process.
        """
        self._started = None
        if self._store:
            remove_data(self._store.path)

    def _start(self) -> tuple[Dataset, Pool]:
        with self._lock:
            if self._started is None:
                dataset = _served()
                self._store = _store(dataset)
                answering = pool(
                    dataset, limits(), pool_size("query"), self._store, remote_engine()
                )
                self._started = dataset, answering
            return self._started


def _served() -> Dataset:
    from montages.publish.linked_data.documents import served_dataset  # takes long to import

    return served_dataset(date.today())


def _store(dataset: Dataset) -> ServedStore | None:
    """Return the store that the settings name, or one made of the files that they name; None for neither."""
    files, store = settings.get("data"), settings.get("store")
    paths = [Path(name) for name in files.split(os.pathsep) if name]
    return data_or_store(paths, Path(store) if store else None, dataset)
