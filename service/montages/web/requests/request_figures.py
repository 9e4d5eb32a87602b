"""The counters of an application: requests, problems, descriptions, queries stopped; never who asked what."""

from __future__ import annotations

import os
import time

from flask import Flask
from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from montages.web.requests.request_log import LOG, RequestEntry, log_line

# Under which name an application has its counters.
FIGURES = "montages-figures"
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# The routes that judge the description of a body: a figure each.
_RUNS = frozenset(
    {
        "/assess",
        "/check",
        "/validate",
        "/questions",
        "/what-if",
        "/compare",
        "/compose",
        "/fork",
        "/similar",
        "/shacl/<domain>/api/validate",
    }
)


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
        if entry.method == "POST" and entry.route in _RUNS:
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
    figures = app.extensions[FIGURES]
    assert isinstance(figures, Figures)
    return figures
