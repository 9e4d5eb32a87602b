"""Figures for Prometheus, and one line of JSON a request: neither says who asked, or what.

Figures may have an address of their own, where nothing else is answered and which need not be public.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from collections.abc import Callable, Generator, Iterable, Iterator, MutableMapping
from dataclasses import dataclass
from functools import partial
from hmac import compare_digest
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
from werkzeug.exceptions import MethodNotAllowed, NotFound

from montages import settings
from montages.bilingual import Text
from montages.errors import MontagesError
from montages.web.app_state import AppState
from montages.web.operation import TEXT, Operation, refused
from montages.web.requests.request_parameters import parameters

_KEY = "montages-figures"
_STARTED = "montages-started"
LOG = logging.getLogger("montages.request")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# The routes that check or assess a description: a figure each.
_RUNS = {
    "/assess": "assess",
    "/check": "check",
    "/validate": "validate",
    "/questions": "questions",
    "/what-if": "what-if",
    "/compare": "compare",
    "/compose": "compose",
    "/fork": "fork",
}


class TokenRequired(MontagesError):
    """Figures are shown to who has the token of the setting."""

    status = 401
    slug = "token-required"
    title = {"fr": "Jeton requis", "en": "Token required"}


@dataclass(frozen=True)
class RequestEntry:
    """What is noted of a request once its answer begins; `started` is a time of `time.perf_counter`."""

    request: str
    method: str
    # The pattern of the address, never the address: it may hold what somebody looks for.
    route: str
    status: int
    problem: str
    bytes_in: int
    started: float


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
            buckets=_SECONDS,
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
            LOG.info(_line(entry, seconds, size))

    def _count(self, entry: RequestEntry, seconds: float) -> None:
        method = entry.method if entry.method in _METHODS else "other"
        status = str(entry.status)
        self.requests.labels(entry.route, method, status).inc()
        self.seconds.labels(entry.route).observe(seconds)
        if entry.problem:
            self.problems.labels(entry.problem).inc()
            if entry.problem == "query-timeout":
                self.killed.inc()
        if entry.method == "POST" and entry.route in _RUNS:
            self.runs.labels(_RUNS[entry.route], status).inc()

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


def register(app: Flask, state: AppState) -> None:
    """Make an application count its requests and log a line of each."""
    logs = app.config.get("REQUEST_LOG", settings.get("request_log")) == "on"
    figures = app.extensions[_KEY] = Figures(logs)
    if logs and not LOG.handlers:
        LOG.addHandler(_to_standard_error())
        LOG.setLevel(logging.INFO)
        LOG.propagate = False

    @app.before_request
    def start() -> None:
        started(request.environ)

    if port := own_port():

        @app.before_request
        def answer_figures() -> Response | None:
            return _figures_alone() if port_of(request.environ) == port else None

    @app.after_request
    def note(response: Response) -> Response:
        entry = _entry(response)
        if response.is_streamed and response.content_length is None:
            response.response = _to_its_end(response.response, partial(figures.end, entry))
        else:
            figures.end(entry, response.calculate_content_length() or 0)
        return response


def own_port() -> int:
    """Return the port where figures are answered, and nothing else is; 0 where they are with the rest."""
    return int(settings.get("metrics_bind").rpartition(":")[2] or 0)


def metrics() -> Response:
    """Answer all figures, in the text format of Prometheus."""
    parameters()
    token = settings.get("metrics_token")
    if token and not compare_digest(_bearer().encode(), token.encode()):
        raise TokenRequired(
            "Ces chiffres demandent un jeton : Authorization: Bearer … (réglage MONTAGES_METRICS_TOKEN).",
            "These figures ask for a token: Authorization: Bearer … (setting MONTAGES_METRICS_TOKEN).",
        )
    return Response(figures_of(current_app).text(), content_type=CONTENT_TYPE_LATEST)


OPERATIONS = (
    Operation(
        "get",
        "/metrics",
        "service",
        Text("Chiffres pour Prometheus", "Figures for Prometheus"),
        metrics,
        answers={200: {"text/plain": TEXT}, **refused(400, 401)},
    ),
)


def _figures_alone() -> Response:
    if request.path != "/metrics":
        raise NotFound
    if request.method not in ("GET", "HEAD"):
        raise MethodNotAllowed(["GET", "HEAD"])
    return metrics()


def figures_of(app: Flask) -> Figures:
    """Return the counters of an application."""
    figures = app.extensions[_KEY]
    assert isinstance(figures, Figures)
    return figures


def started(environ: MutableMapping[str, Any]) -> float:
    """Return when a request came in, a time of `time.perf_counter`: that of the first call for it."""
    return float(environ.setdefault(_STARTED, time.perf_counter()))


def port_of(environ: MutableMapping[str, Any]) -> int:
    """Return the port that a request came in by, of which no header can tell another; 0 if unknown."""
    connection = environ.get("gunicorn.socket")
    name = connection.getsockname() if connection is not None else ""
    return int(name[1]) if isinstance(name, tuple) else 0


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _entry(response: Response) -> RequestEntry:
    return RequestEntry(
        request=g.get("request_id", ""),
        method=request.method,
        route=request.url_rule.rule if request.url_rule else "-",
        status=response.status_code,
        problem=g.get("problem", ""),
        bytes_in=request.content_length or 0,
        started=started(request.environ),
    )


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


def _line(entry: RequestEntry, seconds: float, size: int) -> str:
    record = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "request": entry.request,
        "method": entry.method,
        "route": entry.route,
        "status": entry.status,
        "ms": round(seconds * 1000, 1),
        "bytes_in": entry.bytes_in,
        "bytes_out": size,
    }
    if entry.problem:
        record["problem"] = entry.problem
    return json.dumps(record)


def _to_standard_error() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler
