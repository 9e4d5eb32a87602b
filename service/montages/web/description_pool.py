"""What users send, parsed and judged in processes that are killed at the deadline (V4).

Routes call `run_apart`; the processes are forked from one that holds the application. Without a pool, as in
tests, the same is done in the thread, without a deadline.
"""

from __future__ import annotations

import gc
import io
import math
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import Any, NoReturn

from flask import Flask, Response, abort, current_app, g, request
from werkzeug.exceptions import HTTPException

from montages import settings
from montages.bilingual import message
from montages.description.limits import judging_ended, others_judged
from montages.errors import ClientLeft, MontagesError
from montages.processes.fork_loop import Confinement, fork_at_each_demand
from montages.processes.turns import NobodyWaits, NoTurn, Turns
from montages.processes.worker_connection import WorkerConnection, WorkerEnd
from montages.processes.worker_pool import WALL, WorkerPool, send
from montages.thread_shares import pool_size
from montages.web.requests.rate_limit import client_watch

_KEY, _TURN = "montages-description-pool", "montages-turn"


def start_pool(app: Flask, unused: Iterable[int] = ()) -> None:
    """Give an application processes of its own; `unused` are descriptors that only the service needs.

    To be called in each process of the service, before it has threads.
    """
    app.extensions[_KEY] = DescriptionPool(app, unused)


def run_apart(
    function: Callable[..., Response], body: bytes, kind: str = "request", **options: Any
) -> Response:
    """Return what a function of a module gives for a body and options that can be written as JSON.

    It is called within the request, until the deadline. `kind` is request, item (of a batch), probe, or
    period (what may compile the law of other days).
    Raises Busy, TookTooLong, and what the function raises.
    """
    pool: DescriptionPool | None = current_app.extensions.get(_KEY)
    if pool is None:
        # One at a time: pure Python gains nothing from more, and rdflib is not built for it.
        with current_app.extensions.setdefault(_TURN, Lock()):
            return function(body, **options)
    return pool.run(function, body, options, kind)


def made_apart(function: Callable[..., Response], **options: Any) -> bytes:
    """Return the bytes of what may compile the law of other days; a problem is sent as it is."""
    response = run_apart(function, b"", "period", **options)
    if response.status_code != 200:
        abort(response)
    return response.get_data()


def patience() -> float:
    """Return for how many seconds a request waits for what may compile the law of other days."""
    return _PERIOD_WAIT if _KEY in current_app.extensions else math.inf


@contextmanager
def batch_place() -> Iterator[None]:
    """Hold a place among the batches that are at work; raises Busy where they are too many."""
    pool: DescriptionPool | None = current_app.extensions.get(_KEY)
    if pool is None:
        yield
        return
    try:
        with pool.batches.turn(pool.wait, client_watch(request.environ)):
            yield
    except NoTurn as error:
        raise others_judged() from error


_PROBES = 8  # probes that wait for one another
# What compiles the law of other days: so many wait for one another, so long; each may take so many seconds
# of a processor, its process ends afterwards, and what it has worked out is kept.
_PERIODS, _PERIOD_WAIT, _PERIOD_SECONDS = 4, 30.0, 60
_IGNORED_SIGNALS = (
    signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGUSR1, signal.SIGUSR2,
    signal.SIGWINCH, signal.SIGTTIN, signal.SIGTTOU,
)  # fmt: skip


@dataclass(frozen=True)
class _Kind:
    """How long one of a kind waits, in which turns if not those of all, and may compute at least.

    Where it is the last, its process ends afterwards.
    """

    wait: float
    beyond: int = 0
    apart: Turns | None = None
    seconds: int = 0
    is_last: bool = False


class DescriptionPool:
    """Processes that call functions of an application, forked from one that has it loaded.

    To be made before this process has threads: `unused` are descriptors that only the service needs.
    """

    def __init__(self, app: Flask, unused: Iterable[int] = ()) -> None:
        self.seconds = settings.number("run_seconds")
        size = pool_size("run")
        first = [_ForkedServer(app, tuple(unused))]
        self._workers = WorkerPool(lambda: first.pop() if first else _no_more(), size)
        self.wait, self.batches = size.wait, Turns(size.workers, size.workers)
        self._kinds = {
            "request": _Kind(size.wait),
            "item": _Kind(self.seconds, beyond=2 * size.workers),
            "probe": _Kind(size.wait, apart=Turns(1, _PROBES)),
            "period": _Kind(_PERIOD_WAIT, 0, Turns(1, _PERIODS), _PERIOD_SECONDS, is_last=True),
        }

    def run(
        self, function: Callable[..., Response], body: bytes, options: dict[str, Any], kind: str
    ) -> Response:
        """Return what a function gives for the request at work, when its turn comes.

        A `probe` waits for other probes only, a `period` for others, an `item` of a batch longer. Raises
        Busy, TookTooLong, ClientLeft, TooLarge, and
        BrokenWorker where the process ended otherwise.
        """
        client, of_kind = client_watch(request.environ), self._kinds[kind]
        head = {
            "seconds": max(self.seconds, of_kind.seconds),
            "wall": WALL * self.seconds,
            "last": of_kind.is_last,
            # The texts of the request, and where a process forked from this one has the function.
            "environ": {k: v for k, v in request.environ.items() if isinstance(v, str)},
            "function": (function.__module__, function.__name__),
            "options": options,
        }
        try:
            answer, data = self._workers.exchange(
                head, body, client, of_kind.wait, of_kind.beyond, of_kind.apart
            )
        except NoTurn as error:
            raise others_judged() from error
        except NobodyWaits as error:
            raise ClientLeft(message("The client has left.")) from error
        except WorkerEnd as end:
            problem = others_judged() if of_kind.is_last else judging_ended(end)
            raise problem or BrokenWorker(end.words or str(end.signal)) from end
        if "fault" in answer:
            raise BrokenWorker(answer["fault"])
        if answer["problem"]:
            g.problem = answer["problem"]
        response = Response(data, status=answer["status"])
        response.headers.clear()
        response.headers.extend(answer["headers"])
        return response


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
        send(self._control, *worker.their_ends)


def _serve(app: Flask, demands: socket.socket) -> None:
    os.setsid()
    for name in _IGNORED_SIGNALS:
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    gc.freeze()
    fork_at_each_demand(
        demands,
        lambda head, body: worker_answer(app, head, body),
        Confinement(settings.number("run_megabytes"), descriptors=None),
    )


def _no_more() -> NoReturn:
    """Have this process replaced: it has threads by now, and can fork no server that is sound."""
    os.kill(os.getpid(), signal.SIGTERM)
    raise others_judged()


def worker_answer(app: Flask, head: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the status, the headers and the body of what a function gives; errors become their problems.

    What no one foresaw is sent back as text, for the log of the service.
    """
    environ = {**head["environ"], "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr}
    module, name = head["function"]
    with app.request_context(environ):
        try:
            response = getattr(sys.modules[module], name)(body, **head["options"])
        except (MontagesError, HTTPException) as error:
            response = app.make_response(app.handle_user_exception(error))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001  # whatever it is, the service logs it
            return {"fault": traceback.format_exc()}, b""
        return {
            "status": response.status_code,
            "headers": list(response.headers),
            "problem": g.get("problem"),
        }, response.get_data()
