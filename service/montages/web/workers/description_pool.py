"""The processes in which descriptions are judged: those of one process of the service."""

from __future__ import annotations

import gc
import os
import signal
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from flask import Flask, Response, g, request

from montages import settings
from montages.description.limits import too_deep
from montages.errors import MontagesError, TooLarge
from montages.processes.fork_loop import Confinement, fork_at_each_demand
from montages.processes.turns import ClientWatch, NobodyWaits, NoTurn, Turns
from montages.processes.worker_connection import WorkerConnection, WorkerEnd
from montages.processes.worker_pool import WALL, PoolSize, WorkerPool, send_demand
from montages.store.sparql.query_errors import ClientLeft
from montages.web.requests.rate_limit import client_watch
from montages.web.requests.request_limits import busy, too_long
from montages.web.workers import application_worker

_PROBES = 8  # probes that wait for one another
_OTHERS = (
    signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU,
)  # fmt: skip


class DescriptionPool:
    """Processes that call functions of an application, forked from one that has it loaded.

    To be made before this process has threads: `unused` are descriptors that only the service needs.
    """

    def __init__(self, app: Flask, unused: Iterable[int] = ()) -> None:
        self.seconds = settings.number("run_seconds")
        workers, wait = settings.number("run_workers"), float(settings.get("run_wait"))
        size = PoolSize(workers, settings.number("run_queue"), wait)
        first = [_ForkedServer(app, tuple(unused))]
        self._workers = WorkerPool(lambda: first.pop() if first else _no_more(), size)
        self._probes, self._batches = Turns(1, _PROBES), Turns(workers, workers)
        # What writes or reads a file of an office takes long, and keeps nobody else's turn.
        self._files = Turns(1, size.queue)
        self._wait, self._beyond = wait, 2 * workers

    def run(
        self, function: Callable[..., Response], body: bytes, options: dict[str, Any], kind: str
    ) -> Response:
        """Return what a function gives for the request at work, when its turn comes.

        A `probe` waits for other probes only, a `file` of an office for other files, an `item` of a batch
        longer than others. Raises Busy, TookTooLong, ClientLeft, TooLarge, and BrokenWorker where the
        process ended otherwise.
        """
        client = client_watch(request.environ)
        head = {
            "seconds": self.seconds,
            "wall": WALL * self.seconds,
            "environ": application_worker.environment_texts(request.environ),
            "function": application_worker.function_name(function),
            "options": options,
        }
        try:
            answer, data = self._exchange(head, body, client, kind)
        except NoTurn as error:
            raise busy() from error
        except NobodyWaits as error:
            raise ClientLeft("Le demandeur est parti.", "The client has left.") from error
        except WorkerEnd as end:
            raise self._ended(end) from end
        if "fault" in answer:
            raise BrokenWorker(answer["fault"])
        if answer["problem"]:
            g.problem = answer["problem"]
        response = Response(data, status=answer["status"])
        response.headers.clear()
        response.headers.extend(answer["headers"])
        return response

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Hold a place among the batches; raises Busy where they are too many."""
        try:
            with self._batches.turn(self._wait, client_watch(request.environ)):
                yield
        except NoTurn as error:
            raise busy() from error

    def _exchange(
        self, head: dict[str, Any], body: bytes, client: ClientWatch, kind: str
    ) -> tuple[dict[str, Any], bytes]:
        if kind == "probe":
            with self._probes.turn(self._wait, client):
                return self._workers.exchange_at_once(head, body, client)
        if kind == "file":
            with self._files.turn(self._wait, client):
                return self._workers.exchange_at_once(head, body, client)
        if kind == "item":
            return self._workers.exchange(head, body, client, self.seconds, self._beyond)
        return self._workers.exchange(head, body, client)

    def _ended(self, end: WorkerEnd) -> Exception:
        if end.signal == signal.SIGPROF:
            return too_long(self.seconds)
        if end.signal == signal.SIGALRM:
            return busy()
        if "memory allocation" in end.words or "MemoryError" in end.words:
            return _memory_exceeded()
        if end.signal == signal.SIGSEGV or "overflowed its stack" in end.words:
            return too_deep()
        return busy() if end.from_outside else BrokenWorker(end.words or str(end.signal))


class BrokenWorker(Exception):
    """A process ended, or failed, in a way that no one foresaw; the text says how."""


class _ForkedServer:
    """A process forked from this one, which forks those that answer."""

    def __init__(self, app: Flask, unused: tuple[int, ...]) -> None:
        self._control, theirs = socket.socketpair()
        if os.fork() == 0:
            try:
                self._control.close()
                for descriptor in unused:
                    os.close(descriptor)
                _serve(app, theirs)
            finally:
                os._exit(0)
        theirs.close()

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection; raises OSError if the server has ended."""
        send_demand(self._control, worker)


def _serve(app: Flask, demands: socket.socket) -> None:
    os.setsid()
    for name in _OTHERS:
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    gc.freeze()
    fork_at_each_demand(
        demands,
        lambda head, body: application_worker.answer(app, head, body),
        Confinement(settings.number("run_megabytes"), descriptors=None),
    )


def _no_more() -> NoReturn:
    """Have this process replaced: it has threads by now, and can fork no server that is sound."""
    os.kill(os.getpid(), signal.SIGTERM)
    raise busy()


def _memory_exceeded() -> MontagesError:
    most = settings.number("run_megabytes")
    return TooLarge(
        f"Cette description demande plus de {most} Mo de mémoire (réglage MONTAGES_RUN_MEGABYTES).",
        f"This description needs more than {most} MB of memory (setting MONTAGES_RUN_MEGABYTES).",
        limit=most,
        setting="run_megabytes",
    )
