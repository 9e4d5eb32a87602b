"""Queries run in processes apart, each killed by the system at its deadline (S4).

The processes of the service share one `fork_server`, which holds the store.
"""

from __future__ import annotations

import hashlib
import math
import tempfile
import weakref
from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from functools import lru_cache
from typing import IO, Any

from montages import settings
from montages.bilingual import message
from montages.errors import ClientLeft, QueryBusy
from montages.processes.fork_loop import CONFINED
from montages.processes.turns import ClientWatch, NobodyWaits, NoTurn, Turns
from montages.processes.worker_connection import WorkerEnd
from montages.processes.worker_pool import STARTING_SECONDS, WALL, PoolSize, WorkerPool
from montages.store.dataset import Dataset
from montages.store.disk.store_folder import ServedStore
from montages.store.sparql.graph_updates import ChangingGraphs, StoreServer
from montages.store.sparql.query_errors import Limits, error_from_json, process_ended
from montages.store.sparql.query_worker import NoFormat
from montages.store.sparql.remote.engine_graphs import EngineGraphs, engine_graphs
from montages.store.sparql.remote.remote_engine import RemoteEngine

_FORK_SERVER = "montages.store.sparql.fork_server"
_PROBES = 8  # probes that wait for one another
# Default graphs, and named ones; neither where they are left to the query.
QueryDataset = tuple[tuple[str, ...] | None, tuple[str, ...] | None]


@dataclass(frozen=True)
class SerialisedAnswer:
    """The bytes of an answer, in which format, to which form of query.

    The answer of a `changing` query is not the same twice; that of a `renaming` one has new blank nodes.
    """

    body: bytes
    form: str
    format: str
    changing: bool
    renaming: bool


def limits() -> Limits:
    """Return the limits of a query that the settings name."""
    return Limits(
        seconds=float(settings.get("query_seconds")),
        rows=settings.number("query_rows"),
        bytes=settings.number("query_bytes"),
        megabytes=settings.number("query_megabytes"),
        length=settings.number("query_length"),
    )


def started_pool(
    dataset: Dataset,
    limits: Limits,
    size: PoolSize,
    store: ServedStore | None = None,
    engine: RemoteEngine | None = None,
    changing: ChangingGraphs | None = None,
) -> Pool:
    """Return a new pool of a dataset, or of a store on disk that has it.

    Where another engine holds the data, the processes put queries to it. Graphs that are `changing` are
    beside those of a dataset in memory.
    """
    if engine is not None:
        far = engine_graphs(dataset, engine.graphs)
        limits = replace(limits, network=True)
        return Pool(b"", limits, size, far.names(), remote=(engine, far))
    graphs = store.manifest.graphs if store else dataset.graphs
    return Pool(
        dataset.tables, limits, size, tuple(graphs), store, changing=None if store else changing
    )


# The same for the same: applications share it.
pool = lru_cache(maxsize=2)(started_pool)


class Pool:
    """Processes that answer queries over one dataset, whose tables are packed, or over a store on disk."""

    def __init__(
        self,
        tables: bytes,
        limits: Limits,
        size: PoolSize,
        graphs: tuple[str, ...] = (),
        store: ServedStore | None = None,
        remote: tuple[RemoteEngine, EngineGraphs] | None = None,
        changing: ChangingGraphs | None = None,
    ) -> None:
        self._changing = changing
        self.limits, self._is_on_disk = limits, store is not None
        # The answers of another engine change as its data do.
        self.is_remote = remote is not None
        content = hashlib.sha256(tables + repr(remote or "").encode())
        self.digest = store.manifest.digest if store else content.hexdigest()
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read again if the server dies
        file.write(b"" if store else tables)
        file.flush()
        options: dict[str, Any] = {"limits": asdict(limits), "graphs": graphs}
        if store:
            options["store"] = str(store.quads)
        if remote:
            options["remote"] = [astuple(remote[0]), astuple(remote[1])]
        self.workers = WorkerPool(
            lambda: StoreServer(_FORK_SERVER, options, file, changing), size, self.revision
        )
        self._probes = Turns(1, _PROBES)
        self._end = weakref.finalize(self, file.close)

    def ask(
        self,
        query: str,
        formats: Sequence[str],
        dataset: QueryDataset = (None, None),
        client: ClientWatch | None = None,
    ) -> SerialisedAnswer:
        """Return the answer to a query over a dataset, in the first of some formats that its form has.

        The query is stopped once the client has left. Raises NoFormat, and the errors of `query_errors`.
        """
        seconds = self.limits.seconds
        request = {
            "query": query,
            "formats": formats,
            "default": dataset[0],
            "named": dataset[1],
            "seconds": seconds,
            # One that waits for others computes little: the clock tells its time.
            "wall": seconds * (1 if self.limits.network else WALL),
        }
        try:
            head, body = self.workers.exchange(request, b"", client or ClientWatch())
        except NoTurn as error:
            raise self._busy() from error
        except WorkerEnd as end:
            if end.cause == "clock" and not self.limits.network:
                raise self._busy() from end
            raise process_ended(end, self.limits) from end
        except NobodyWaits as error:
            raise ClientLeft(message("The client has left.")) from error
        if "error" in head:
            raise error_from_json(head["error"])
        if "no_format" in head:
            raise NoFormat(head["no_format"])
        return SerialisedAnswer(body, **head)

    def revision(self) -> int:
        """Return the number of the last change of the graphs beside the published ones, 0 without any."""
        return self._changing.revision() if self._changing else 0

    @property
    def has_changing_graphs(self) -> bool:
        """Tell whether queries are put to graphs that change, beside those that are published."""
        return self._changing is not None

    def answers(self) -> bool:
        """Tell whether a query is answered, out of the turn of queries, once the store is loaded."""
        seconds = self.limits.seconds
        request = {
            "query": "ASK { ?s ?p ?o }",
            "formats": ["json"],
            "seconds": seconds,
            "wall": STARTING_SECONDS + seconds,
        }
        try:
            head, body = self.workers.exchange(
                request, b"", ClientWatch(), seconds, apart=self._probes
            )
        except (NoTurn, WorkerEnd, NobodyWaits, OSError):
            return False
        return "error" not in head and b"true" in body

    def confinement(self) -> str:
        """Tell what holds queries beside their check: the kernel's filter, else descriptors, else nothing.

        Once one is answered: the fork server says it with the end of its start.
        """
        if self.workers.server.said == CONFINED:
            return "system-calls"
        return "none" if self.limits.network or self._is_on_disk else "descriptors"

    def close(self) -> None:
        """Stop the fork server and its children."""
        self.workers.close()
        self._end()
        self.workers.server.close()

    def _busy(self) -> QueryBusy:
        wait = math.ceil(self.limits.seconds)
        return QueryBusy(
            message("Too many queries at once. Try again in {wait} s.", wait=wait), retry_after=wait
        )
