"""Queries run in processes apart, each killed by the system at its deadline (S4).

Each process of the service has its own few, forked on demand by one `fork_server` that all of them share
and that holds the store. A query that is killed takes its process with it and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import socket
import subprocess
import sys
import tempfile
import time
import weakref
from collections import deque
from contextlib import suppress
from dataclasses import asdict, astuple, dataclass
from functools import lru_cache
from threading import Lock
from typing import IO, Any

from montages import settings
from montages.store import nquads
from montages.store.dataset import Dataset
from montages.store.sparql.client_watch import ClientWatch, NobodyWaits
from montages.store.sparql.limit_errors import Limits, deadline_passed, process_ended
from montages.store.sparql.query_errors import ClientLeft, QueryBusy, error_from_json
from montages.store.sparql.query_worker import NoFormat, QueryScope
from montages.store.sparql.turns import NoTurn, Turns
from montages.store.sparql.worker_connection import REQUEST, WorkerConnection, WorkerEnd


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


@dataclass(frozen=True)
class PoolSize:
    """So many queries run at once in each process of the service, so many more wait, for so many seconds."""

    workers: int
    queue: int
    wait: float


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
        self._size = size
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read again if the server dies
        self._file.write(quads)
        self._file.flush()
        self._starting = Lock()
        scope = scope or QueryScope()
        self._told = {"limits": asdict(limits), "scope": astuple(scope)}
        self._server = _Server(self._file, self._told)
        self._own_children = [_Children(size)]
        self._end = weakref.finalize(self, _ended, self._own_children, self._file)

    def ask(
        self, request: dict[str, Any], connection: socket.socket | None = None
    ) -> SerialisedAnswer:
        """Return the answer to a query: what `query_worker` reads, without its deadline.

        The query is stopped once the client at the other end of `connection` has left. Raises NoFormat, and
        the errors of `query_errors`.
        """
        deadline = time.monotonic() + self.limits.seconds
        client = ClientWatch(connection)
        request = request | {"deadline": deadline}
        try:
            children = self._children_of_this_process()
            with children.turns.turn(self._size.wait, client.has_left):
                try:
                    return self._put(request, children, client)
                except WorkerEnd as end:
                    if not end.from_outside or time.monotonic() > deadline:
                        raise
                    return self._put(request, children, client)
        except NoTurn as error:
            raise self._busy() from error
        except WorkerEnd as end:
            raise self._death(end, deadline) from end
        except NobodyWaits as error:
            raise ClientLeft("Le demandeur est parti.", "The client has left.") from error

    def _put(
        self, request: dict[str, Any], children: _Children, client: ClientWatch
    ) -> SerialisedAnswer:
        """Put a query to a process, which waits for another after it."""
        worker = self._worker(children)
        try:
            head, body = worker.exchange(request, client)
        except BaseException:
            worker.close()
            raise
        if head.pop("last"):
            worker.close()
        else:
            children.idle.append(worker)
        if "error" in head:
            raise error_from_json(head["error"])
        if "no_format" in head:
            raise NoFormat(head["no_format"])
        return SerialisedAnswer(body, **head)

    def close(self) -> None:
        """Stop the fork server and its children."""
        self._end()
        self._server.close()

    def _children_of_this_process(self) -> _Children:
        if self._own_children[0].process != os.getpid():
            with self._starting:
                if self._own_children[0].process != os.getpid():
                    self._own_children[0].drop()
                    self._own_children[0] = _Children(self._size)
        return self._own_children[0]

    def _worker(self, children: _Children) -> WorkerConnection:
        """Return a connection to a process that waits for a query: an idle one, else a new one."""
        with suppress(IndexError):
            while True:
                idle = children.idle.pop()
                if idle.waits():
                    return idle
                idle.close()
        worker = WorkerConnection()
        try:
            server = self._server
            try:
                server.fork(worker)
            except OSError:
                with self._starting:
                    if self._server is server:
                        self._server = _Server(self._file, self._told)
                self._server.fork(worker)
        finally:
            worker.close_theirs()
        return worker

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


class _Children:
    """What one process of the service knows of its own children: connections cannot be shared."""

    def __init__(self, size: PoolSize) -> None:
        self.process = os.getpid()
        self.idle: deque[WorkerConnection] = deque()
        self.turns = Turns(size.workers, size.queue)

    def drop(self) -> None:
        """Close the connections that wait."""
        while self.idle:
            self.idle.pop().close()


class _Server:
    """A fork server at work, and the socket to it."""

    def __init__(self, file: IO[bytes], told: dict[str, Any]) -> None:
        self._control, theirs = socket.socketpair()
        text = json.dumps(told).encode()
        with theirs:
            module = "montages.store.sparql.fork_server"
            self.process = subprocess.Popen(  # noqa: S603  # our own interpreter, and no shell
                [sys.executable, "-m", module, str(theirs.fileno())],
                stdin=file,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self._control.sendall(REQUEST.pack(len(text)) + text)
        self.close = weakref.finalize(self, _stopped, self._control, self.process, os.getpid())

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection; raises OSError if the server has ended."""
        descriptors = [worker.theirs.fileno(), worker.their_words]
        socket.send_fds(self._control, [b"+"], descriptors)


def _ended(here: list[_Children], file: IO[bytes]) -> None:
    here[0].drop()
    file.close()


def _stopped(control: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    control.close()  # the end of the socket is the end of the server
    if owner != os.getpid():
        return
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
