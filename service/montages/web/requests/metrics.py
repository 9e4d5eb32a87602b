"""Figures for Prometheus, and one line of JSON a request: neither says who asked, or what."""

from __future__ import annotations

import json
import logging
import os
import sys
import time
from hmac import compare_digest

from flask import Flask, Response, current_app, g, request
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from montages import settings
from montages.bilingual import Text
from montages.errors import MontagesError
from montages.web.app_state import AppState
from montages.web.operation import TEXT, Operation, refused
from montages.web.requests.request_parameters import parameters

_KEY = "montages-figures"
LOG = logging.getLogger("montages.request")
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
# The routes that check or assess a description: a figure each.
_RUNS = {"/assess": "assess", "/check": "check", "/validate": "validate"}


class TokenRequired(MontagesError):
    """Figures are shown to who has the token of the setting."""

    status = 401
    slug = "token-required"
    title = {"fr": "Jeton requis", "en": "Token required"}


class Figures:
    """The counters of one application."""

    def __init__(self) -> None:
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

    def note(self, route: str, response: Response, seconds: float) -> None:
        """Count a request."""
        method = request.method if request.method in _METHODS else "other"
        status = str(response.status_code)
        self.requests.labels(route, method, status).inc()
        self.seconds.labels(route).observe(seconds)
        if "problem" in g:
            self.problems.labels(g.problem).inc()
            if g.problem == "query-timeout":
                self.killed.inc()
        if request.method == "POST" and route in _RUNS:
            self.runs.labels(_RUNS[route], status).inc()

    def text(self) -> bytes:
        """Return all figures, those of the other processes included where they share a folder."""
        registry = self.registry
        if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def register(app: Flask, state: AppState) -> None:
    """Make an application count its requests and log a line of each."""
    figures = app.extensions[_KEY] = Figures()
    logs = app.config.get("REQUEST_LOG", settings.get("request_log")) == "on"
    if logs and not LOG.handlers:
        LOG.addHandler(_to_standard_error())
        LOG.setLevel(logging.INFO)
        LOG.propagate = False

    @app.before_request
    def start() -> None:
        g.started = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        seconds = time.perf_counter() - g.get("started", time.perf_counter())
        # The pattern of the address, never the address: it may hold what somebody looks for.
        route = request.url_rule.rule if request.url_rule else "-"
        figures.note(route, response, seconds)
        if logs:
            LOG.info(_line(route, response, seconds))
        return response


def metrics() -> Response:
    """Answer all figures, in the text format of Prometheus."""
    parameters()
    token = settings.get("metrics_token")
    if token and not compare_digest(_bearer().encode(), token.encode()):
        raise TokenRequired(
            "Ces chiffres demandent un jeton : Authorization: Bearer … (réglage MONTAGES_METRICS_TOKEN).",
            "These figures ask for a token: Authorization: Bearer … (setting MONTAGES_METRICS_TOKEN).",
        )
    figures: Figures = current_app.extensions[_KEY]
    return Response(figures.text(), content_type=CONTENT_TYPE_LATEST)


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


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _line(route: str, response: Response, seconds: float) -> str:
    record = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "request": g.get("request_id", ""),
        "method": request.method,
        "route": route,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes_in": request.content_length or 0,
        "bytes_out": response.calculate_content_length() or 0,
    }
    if "problem" in g:
        record["problem"] = g.problem
    return json.dumps(record)


def _to_standard_error() -> logging.Handler:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    return handler
