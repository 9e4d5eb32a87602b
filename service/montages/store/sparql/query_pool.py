"""Queries run in processes apart, each killed by the system at its deadline (S4).

The processes of the service share one `fork_server`, which holds the store.
"""

from __future__ import annotations

import hashlib
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from dataclasses import asdict, astuple, dataclass
from functools import lru_cache
from typing import IO, Any

from montages import settings
from montages.processes.client_watch import ClientWatch, NobodyWaits
from montages.processes.turns import NoTurn
from montages.processes.worker_connection import WorkerConnection, WorkerEnd, packed
from montages.processes.worker_pool import PoolSize, WorkerPool, send_demand
from montages.store import nquads
from montages.store.dataset import Dataset
from montages.store.sparql.limit_errors import Limits, deadline_passed, process_ended
from montages.store.sparql.query_errors import ClientLeft, QueryBusy, error_from_json
from montages.store.sparql.query_worker import NoFormat, QueryScope


@dataclass(frozen=True)
class SerialisedAnswer:
    """The bytes of an answer, in which format, to which form of query; whether it was cut at the row limit.

    The answer of a `changing` query is not the same twice; that of a `renaming` one has new blank nodes.
    """

    body: bytes
    form: str
    format: str
    cut: bool
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
        network=bool(settings.get("service_allow").split()),
    )


def pool_size() -> PoolSize:
    """Return the size of the pool that the settings name."""
    return PoolSize(
        settings.number("query_workers"),
        settings.number("query_queue"),
        float(settings.get("query_wait")),
    )


@lru_cache(maxsize=2)
def pool(dataset: Dataset, limits: Limits, size: PoolSize, allowed: tuple[str, ...]) -> Pool:
    """Return the pool of a dataset, started: applications of one process share it."""
    return Pool(nquads.quads(dataset), limits, size, QueryScope(tuple(dataset.graphs), allowed))


class Pool:
    """Processes that answer queries over one dataset."""

    def __init__(
        self, quads: bytes, limits: Limits, size: PoolSize, scope: QueryScope | None = None
    ) -> None:
        self.limits = limits
        self.digest = hashlib.sha256(quads).hexdigest()
        file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read again if the server dies
        file.write(quads)
        file.flush()
        scope = scope or QueryScope()
        options = {"limits": asdict(limits), "scope": astuple(scope)}
        self.workers = WorkerPool(lambda: _Server(file, options), size)
        self._end = weakref.finalize(self, file.close)

    def ask(
        self, request: dict[str, Any], connection: socket.socket | None = None
    ) -> SerialisedAnswer:
        """Return the answer to a query: what `query_worker` reads, without its deadline.

        The query is stopped once the client at the other end of `connection` has left. Raises NoFormat, and
        the errors of `query_errors`.
        """
        deadline = time.monotonic() + self.limits.seconds
        try:
            head, body = self.workers.exchange(
                request | {"deadline": deadline}, b"", ClientWatch(connection)
            )
        except NoTurn as error:
            raise self._busy() from error
        except WorkerEnd as end:
            raise self._death(end, deadline) from end
        except NobodyWaits as error:
            raise ClientLeft("Le demandeur est parti.", "The client has left.") from error
        if "error" in head:
            raise error_from_json(head["error"])
        if "no_format" in head:
            raise NoFormat(head["no_format"])
        return SerialisedAnswer(body, **head)

    def close(self) -> None:
        """Stop the fork server and its children."""
        self.workers.close()
        self._end()
        self.workers.server.close()

    def _death(self, end: WorkerEnd, deadline: float) -> Exception:
        if not end.signal and time.monotonic() > deadline - 0.05:
            return deadline_passed(self.limits)
        return process_ended(end.signal, end.words, self.limits)

    def _busy(self) -> QueryBusy:
        wait = math.ceil(self.limits.seconds)
        return QueryBusy(
            f"Trop de requêtes à la fois. Réessayez dans {wait} s.",
            f"Too many queries at once. Try again in {wait} s.",
            retry_after=wait,
        )


class _Server:
    """A fork server at work, and the socket to it."""

    def __init__(self, file: IO[bytes], options: dict[str, Any]) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            module = "montages.store.sparql.fork_server"
            self.process = subprocess.Popen(  # noqa: S603  # our own interpreter, and no shell
                [sys.executable, "-m", module, str(theirs.fileno())],
                stdin=file,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.sendall(packed(options, b""))
        self.close = weakref.finalize(self, _stopped, self._control, self.process, os.getpid())

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection; raises OSError if the server has ended."""
        send_demand(self._control, worker)


def _stopped(control: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    control.close()  # the end of the socket is the end of the server
    if owner != os.getpid():
        return
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
