"""The processes of the service: one that makes what all share, and one a core that answers.

`python -m montages.web.server` is what `montages serve` becomes.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import sys
import time
from datetime import date
from pathlib import Path
from types import FrameType
from typing import NoReturn

import uvicorn
from flask import Flask

from montages import settings, thread_shares
from montages.errors import MontagesError
from montages.guests import guests
from montages.store.disk.bulk_load import remove_data
from montages.web import create_app
from montages.web.description_pool import start_pool
from montages.web.door.asgi_door import AsgiDoor
from montages.web.door.connection_crowd import ConnectionCrowd
from montages.web.door.http_connection import HttpConnection
from montages.web.first_requests import first_requests
from montages.web.first_start import prepare
from montages.web.requests.metrics import merge_figures
from montages.web.requests.request_log import LOG

# Seconds that an idle connection is kept: longer than by our proxies, which close first.
KEPT_SECONDS = 20
# Seconds to end what runs when the service stops; without a turn of its loop until a process is ended.
_STOP_SECONDS, _STUCK_SECONDS = 15, 120
_BACKLOG = 2048
# What a process took at a peak is given back when another takes its place, each at another time.
_MOST_REQUESTS, _MORE_REQUESTS = 50_000, 10_000
# Where the processes write their figures, so that whichever is asked for /metrics tells them all:
# `montages serve` makes such a folder, since the library reads the name when it is first imported.
_FIGURES, _OURS = "PROMETHEUS_MULTIPROC_DIR", "montages-figures-"
# Requests make many things that stay, caches above all: looking for garbage among them is no work for each.
_GARBAGE = 50_000
# Nor is it among all of them while they are made, to stay.
_YOUNG_ONLY = (10, 100_000)
_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT, signal.SIGHUP)


def ready() -> Flask:
    """Return the service with all made that is made once, for the processes to share.

    Where that cannot be, the reason is told in one line, and the start ends.
    """
    gc.set_threshold(_GARBAGE, *_YOUNG_ONLY)
    for line in guests().absent:
        sys.stderr.write(f"{line[settings.get('lang') or 'fr']}\n")
    try:
        thread_shares.threads()
        prepare(date.today())
        app = create_app()
    except MontagesError as error:
        remove_data(Path(settings.get("store")))
        sys.stderr.write(f"✗ {error.message(settings.get('lang') or 'fr')}\n")
        sys.exit(error.exit_code)
    client = app.test_client()
    LOG.disabled = True  # nobody asks yet
    for first_request in first_requests():
        client.open(first_request, follow_redirects=True)
    LOG.disabled = False
    gc.collect()
    gc.freeze()  # what stays is looked at no more, and its memory stays shared
    gc.set_threshold(_GARBAGE, 10, 10)
    return app


class AnsweringServer(uvicorn.Server):
    """uvicorn in one process of the service."""

    def __init__(self, app: Flask) -> None:
        crowd, self._service = ConnectionCrowd(), os.getppid()
        super().__init__(
            uvicorn.Config(
                AsgiDoor(app.wsgi_app),
                loop="asyncio",
                http=type("Connection", (HttpConnection,), {"crowd": crowd}),
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="error",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                headers=[("Server", "montages")],
                # It accepts one connection a turn: who is busy leaves them to the others.
                backlog=1,
                timeout_keep_alive=KEPT_SECONDS,
                timeout_graceful_shutdown=_STOP_SECONDS,
                limit_max_requests=_MOST_REQUESTS,
                limit_max_requests_jitter=_MORE_REQUESTS,
                timeout_notify=0,
                callback_notify=self._look_after,
            )
        )
        self._crowd = crowd

    async def _look_after(self) -> None:
        """End, once a second, what is late; be ended where the loop is stuck; end with the service."""
        self._crowd.end_late()
        signal.alarm(_STUCK_SECONDS)
        if os.getppid() != self._service:
            self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept, those that wait being held by the system meanwhile."""
        await super().startup(sockets)
        for one in sockets or ():
            one.listen(_BACKLOG)


class Service:
    """The process that makes what all share, forks those that answer, and replaces those that end."""

    def __init__(self, app: Flask, listeners: list[socket.socket]) -> None:
        self._app, self._listeners = app, listeners
        self._process, self._workers, self._is_stopping = os.getpid(), set[int](), False

    def run(self) -> None:
        """Answer until a signal stops the service, and what runs has ended."""
        for number in _STOPPING:
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._stop)
        signal.signal(signal.SIGALRM, self._kill)
        while True:
            while not self._is_stopping and len(self._workers) < len(os.sched_getaffinity(0)):
                self._fork()
            if not self._workers:
                return
            worker, status = os.waitpid(-1, 0)
            self._workers.discard(worker)
            if folder := os.environ.get(_FIGURES):
                merge_figures(Path(folder), worker)
            if status and not self._is_stopping:
                time.sleep(1)  # what fails at once is not tried without end

    def _stop(self, number: int, frame: FrameType | None) -> None:
        if os.getpid() != self._process:  # forked just now
            os._exit(0)
        self._is_stopping = True
        self._signal(signal.SIGTERM)
        signal.alarm(_STOP_SECONDS + 5)

    def _kill(self, number: int, frame: FrameType | None) -> None:
        self._signal(signal.SIGKILL)

    def _signal(self, number: int) -> None:
        for worker in self._workers:
            os.kill(worker, number)

    def _fork(self) -> None:
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
        worker = os.fork()
        if worker:
            self._workers.add(worker)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
        else:
            self._answer()

    def _answer(self) -> NoReturn:
        """Answer in a process of its own."""
        status = 1
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            # Before it has threads: the processes in which it judges descriptions are forked from this one.
            start_pool(self._app, [one.fileno() for one in self._listeners])
            server = AnsweringServer(self._app)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
            server.run(self._listeners)
            status = 0
        finally:
            os._exit(status)  # whatever its threads still do


def listener(host: str, port: int) -> socket.socket:
    """Return what listens on an address; raises OSError where another does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.create_server((host, port), family=family, backlog=_BACKLOG)
    # Its connections have it too: the body of an answer does not wait until the head has been taken.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _say_ready() -> None:
    """Tell the manager of services that this one answers (sd_notify)."""
    if address := os.environ.pop("NOTIFY_SOCKET", ""):
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.sendto(b"READY=1", address.replace("@", "\0", 1))


def main() -> None:
    """Answer at the addresses that the settings name, until a signal stops it."""
    app = ready()
    listeners = [listener(settings.get("host"), settings.number("port"))]
    if apart := settings.get("metrics_bind"):
        host, _, port = apart.rpartition(":")
        listeners.append(listener(host.strip("[]"), int(port)))
    _say_ready()
    Service(app, listeners).run()
    # What was made for this service alone.
    folder = Path(os.environ.get(_FIGURES, ""))
    if folder.name.startswith(_OURS):
        shutil.rmtree(folder, ignore_errors=True)
    remove_data(Path(settings.get("store")))


if __name__ == "__main__":
    main()
