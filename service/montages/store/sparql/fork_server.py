"""The process that holds the store, and forks those that answer queries.

It is started by `query_pool`, and imports what reads queries and the engine. Its standard input is the
file of the tables, empty where the store is on disk; on the socket comes first what `Limits` say, the graphs,
and the folder of a store on disk, then the demands of `fork_loop`. Where the kernel refuses nothing to
its children, those of a store in memory have no descriptors left anyway.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from montages.errors import MontagesError
from montages.processes.fork_loop import Confinement, Loaded, run_fork_server
from montages.store.sparql.graph_updates import UpdatedStore, whole_file
from montages.store.sparql.query_errors import Limits, error_to_json
from montages.store.sparql.query_worker import NoFormat, QueryWorker, Worker, loaded_store

_OWN = 64  # descriptors that a process may have beside those of a store on disk


def loaded_worker(options: dict[str, Any]) -> Loaded:
    """Return what answers queries by the options of a pool, and within what."""
    limits = Limits(**options["limits"])
    graphs = tuple(options["graphs"])
    folder = options.get("store")
    worker = _worker(options.get("remote"), folder, limits, graphs)
    # A query needs none in memory, those of the files of a store on disk.
    descriptors = _OWN + sum(1 for _ in Path(folder).iterdir()) if folder else 0
    return Loaded(
        lambda head, _: _answer(worker, head),
        Confinement(limits.megabytes, None if limits.network else descriptors),
        limits.network,
        _updater(worker) if isinstance(worker, QueryWorker) and not folder else None,
    )


def _updater(worker: QueryWorker) -> Callable[[int], None]:
    """Return what brings a store in memory to date, from the descriptor of a file with an update."""
    updated = UpdatedStore(worker.store)

    def update(descriptor: int) -> None:
        updated.apply(whole_file(descriptor))
        worker.add_graphs(updated.names)
        gc.freeze()

    return update


def _worker(
    remote: Sequence[Any] | None, folder: str | None, limits: Limits, graphs: tuple[str, ...]
) -> Worker:
    """Return what answers: a store on disk, that of the tables, or another engine."""
    if remote is None:
        # Opened before the filter, which lets no file be written: the engine notes there that it opened it.
        store = ox.Store.read_only(folder) if folder else loaded_store(whole_file(0))
        return QueryWorker(store, limits, graphs)
    # Only where there is such an engine: it takes half a second to import.
    from montages.store.sparql.remote.engine_graphs import EngineGraphs
    from montages.store.sparql.remote.remote_engine import RemoteEngine
    from montages.store.sparql.remote.remote_worker import RemoteWorker

    (endpoint, user, password, beside, graph_store), names = remote
    engine = RemoteEngine(endpoint, user, password, tuple(beside), graph_store)
    return RemoteWorker(engine, EngineGraphs(*map(tuple, names)), limits, graphs)


def _answer(worker: Worker, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return worker.answer(request)
    except NoFormat as error:
        return {"no_format": str(error)}, b""
    except MontagesError as error:
        return {"error": error_to_json(error)}, b""


if __name__ == "__main__":
    run_fork_server(int(sys.argv[1]), loaded_worker)
