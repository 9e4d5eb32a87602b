"""Where each request is counted, by which figures, and where these are answered, for Prometheus.

Figures tell of requests, problems, descriptions and queries stopped, never who asked what. They may have an
address of their own, where nothing else is answered and which need not be public.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterable, Iterator, MutableMapping
from functools import partial
from hmac import compare_digest
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.mmap_dict import MmapedDict
from werkzeug.exceptions import MethodNotAllowed, NotFound

from montages import settings
from montages.bilingual import message
from montages.errors import TokenRequired
from montages.operations.table import offered_by
from montages.web.requests.rate_limit import rate_limit
from montages.web.requests.request_log import (
    LOG,
    RequestEntry,
    log_line,
    log_to_standard_error,
    request_entry,
    started,
)
from montages.web.requests.request_parameters import parameters
from montages.web.route import TEXT, Routes, answers

# Under which name the environment of a request has the port that it came in by.
PORT = "montages-port"


def register(app: Flask) -> None:
    """Make an application count its requests and log a line of each."""
    logs = app.config.get("REQUEST_LOG", settings.get("request_log")) == "on"
    figures = app.extensions[FIGURES] = Figures(logs)
    if logs:
        log_to_standard_error()

    @app.before_request
    def start() -> None:
        started(request.environ)

    if port := own_port():

        @app.before_request
        def answer_figures() -> Response | None:
            return _figures_alone() if port_of(request.environ) == port else None

    @app.after_request
    def note(response: Response) -> Response:
        route = request.url_rule.rule if request.url_rule else "-"
        problem = g.get("problem", "")
        entry = request_entry(request.environ, route, response.status_code, problem)
        if response.is_streamed and response.content_length is None:
            response.response = _to_its_end(response.response, partial(figures.end, entry))
        else:
            figures.end(entry, response.calculate_content_length() or 0)
        return response


def own_port() -> int:
    """Return the port where figures are answered, and nothing else is; 0 where they are with the rest."""
    return int(settings.get("metrics_bind").rpartition(":")[2] or 0)


ROUTES = Routes("service")


@ROUTES.get(
    "/metrics", message("Figures for Prometheus"), answers=answers({"text/plain": TEXT}, 400, 401)
)
def metrics() -> Response:
    """Answer all figures, in the text format of Prometheus, to this machine or as a setting says."""
    parameters()
    token, sent = settings.get("metrics_token"), request.authorization
    if not (token or own_port() or rate_limit(current_app).is_here(request.environ)):
        raise TokenRequired(
            message(
                "These figures are shown to this machine alone, unless a token guards them "
                "(MONTAGES_METRICS_TOKEN) or they have an address of their own "
                "(MONTAGES_METRICS_BIND)."
            )
        )
    bearer = sent.token if sent and sent.type == "bearer" else None
    if token and not compare_digest((bearer or "").encode(), token.encode()):
        raise TokenRequired(
            message(
                "These figures ask for a token: Authorization: Bearer … (setting "
                "MONTAGES_METRICS_TOKEN)."
            )
        )
    return Response(figures_of(current_app).text(), content_type=CONTENT_TYPE_LATEST)


def _figures_alone() -> Response:
    if request.path != "/metrics":
        raise NotFound
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(["GET", "HEAD"])
    return metrics()


def port_of(environ: MutableMapping[str, Any]) -> int:
    """Return the port that a request came in by, of which no header can tell another; 0 if unknown."""
    return int(environ.get(PORT, 0))


def _to_its_end(body: Iterable[Any], end: Callable[[int], None]) -> Iterator[Any]:
    """Yield the pieces of an answer, and note their size once it is over, or the client has left."""
    size = 0
    try:
        for piece in body:
            size += len(piece)
            yield piece
    finally:
        if isinstance(body, Generator):
            body.close()
        end(size)


# Under which name an application has its counters.
FIGURES = "montages-figures"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# The routes that judge the description of a body: a figure each.
_JUDGING_ROUTES = frozenset(f"/{operation.name}" for operation in offered_by("http")) | {
    "/validate"
}


class Figures:
    """The counters of one application, which perhaps logs a line of each request beside them."""

    def __init__(self, logs: bool) -> None:
        self._logs = logs
        registry = self.registry = CollectorRegistry()
        self.requests = Counter(
            "montages_requests",
            "Requests answered.",
            ("route", "method", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "montages_request_seconds",
            "Time to answer.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self.problems = Counter(
            "montages_problems", "Problems answered, by their type.", ("type",), registry=registry
        )
        self.runs = Counter(
            "montages_descriptions",
            "Descriptions assessed, checked or validated.",
            ("operation", "status"),
            registry=registry,
        )
        self.killed = Counter(
            "montages_queries_killed",
            "SPARQL queries stopped at their deadline.",
            registry=registry,
        )

    def end(self, entry: RequestEntry, size: int) -> None:
        """Note a request whose answer is over, and had so many bytes."""
        seconds = time.perf_counter() - entry.started
        self._count(entry, seconds)
        if self._logs:
            LOG.info(log_line(entry, seconds, size))

    def _count(self, entry: RequestEntry, seconds: float) -> None:
        method = entry.method if entry.method in _METHODS else "other"
        status = str(entry.status)
        self.requests.labels(entry.route, method, status).inc()
        self.seconds.labels(entry.route).observe(seconds)
        if entry.problem:
            self.problems.labels(entry.problem).inc()
            if entry.problem == "query-timeout":
                self.killed.inc()
        if entry.method == "POST" and entry.route in _JUDGING_ROUTES:
            self.runs.labels(entry.route.removeprefix("/"), status).inc()

    def text(self) -> bytes:
        """Return all figures, those of the other processes included where they share a folder."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self.registry)
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        try:
            return generate_latest(registry)
        except FileNotFoundError:  # that of a process which has ended just now
            return generate_latest(registry)


def figures_of(app: Flask) -> Figures:
    """Return the counters of an application."""
    figures: Figures = app.extensions[FIGURES]
    return figures


_FILE_KINDS = ("counter", "histogram")
# In place of the number of a process, which none has.
_ENDED_PROCESSES = 0


def merge_figures(folder: Path, process: int) -> None:
    """Add the figures of a process that has ended to those of all that have, and remove its files.

    To be called by one process only. Without it, a service that renews its processes has ever more files,
    which all are read for each answer.
    """
    for kind in _FILE_KINDS:
        path = folder / f"{kind}_{process}.db"
        if not path.exists():
            continue
        values = list(MmapedDict.read_all_values_from_file(str(path)))  # type: ignore[no-untyped-call]
        path.unlink()
        ended = MmapedDict(str(folder / f"{kind}_{_ENDED_PROCESSES}.db"))  # type: ignore[no-untyped-call]
        for key, value, timestamp, _ in values:
            before, _ = ended.read_value(key)  # type: ignore[no-untyped-call]
            ended.write_value(key, before + value, timestamp)  # type: ignore[no-untyped-call]
        ended.close()  # type: ignore[no-untyped-call]
