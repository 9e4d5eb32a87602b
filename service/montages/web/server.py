"""How gunicorn runs the service: this file is its configuration, and names the application."""

from __future__ import annotations

import gc
import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask

from montages import settings, thread_shares
from montages.errors import MontagesError
from montages.guests import guests
from montages.store.disk.bulk_load import remove_data
from montages.web import create_app
from montages.web.connections.connection_crowd import SHARES
from montages.web.description_pool import start_pool
from montages.web.first_requests import first_requests
from montages.web.first_start import prepare
from montages.web.requests.metrics import merge_figures
from montages.web.requests.request_log import LOG
from montages.web.service_part import hold_alone

wsgi_app = "montages.web.server:ready()"
worker_class = "montages.web.connections.buffered_worker.BufferedWorker"
workers = len(os.sched_getaffinity(0))
# Many threads: a query waits for its worker without work to do, and slow ones must not stop the rest.
threads = thread_shares.threads()
bind = [f"{settings.get('host')}:{settings.number('port')}"]
bind += filter(None, [settings.get("metrics_bind")])
preload_app = True
timeout = 120
graceful_timeout = 15
worker_connections = 1000
keepalive = (
    20  # seconds that an idle connection is kept: longer than by our proxies, which close first
)
limit_request_line = 8190  # the longest there is: queries come in addresses too
# What a process took at a peak is given back when another takes its place, each at another time.
max_requests, max_requests_jitter = 50_000, 10_000
sendfile = False  # it would wait for the client
control_socket_disable = True  # nobody commands the service but by signals

# Where the processes write their figures, so that whichever is asked for /metrics tells them all:
# `montages serve` makes such a folder, since the library reads the name when it is first imported.
_FIGURES, _OURS = "PROMETHEUS_MULTIPROC_DIR", "montages-figures-"
# Requests make many things that stay, caches above all: looking for garbage among them is no work for each.
_GARBAGE = 50_000
# Nor is it among all of them while they are made, to stay.
_YOUNG_ONLY = (10, 100_000)


def child_exit(server: Any, worker: Any) -> None:
    """Keep the figures of a process that has ended with those of the others that have; share without it."""
    SHARES.forget(worker.age)
    if folder := os.environ.get(_FIGURES):
        merge_figures(Path(folder), worker.pid)


def post_fork(server: Any, worker: Any) -> None:
    """Give a process of the service the processes in which it judges descriptions, before it has threads."""
    start_pool(worker.app.wsgi(), [listener.fileno() for listener in server.LISTENERS])


def on_exit(server: Any) -> None:
    """Remove the folder of figures and that of further files, unless who runs the service named them."""
    folder = Path(os.environ.get(_FIGURES, ""))
    if folder.name.startswith(_OURS):
        shutil.rmtree(folder, ignore_errors=True)
    remove_data(Path(settings.get("store")))


def ready() -> Flask:
    """Return the service with all made that is made once, for the processes to share.

    Where that cannot be, the reason is told in one line, and the start ends.
    """
    gc.set_threshold(_GARBAGE, *_YOUNG_ONLY)
    for line in guests().absent:
        sys.stderr.write(f"{line[settings.get('lang') or 'fr']}\n")
    try:
        hold_alone()
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
