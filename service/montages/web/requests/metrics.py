"""Where each request is counted and logged, and where the figures are answered, for Prometheus.

Figures may have an address of their own, where nothing else is answered and which need not be public.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, MutableMapping
from functools import partial
from hmac import compare_digest
from typing import Any

from flask import Flask, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST
from werkzeug.exceptions import MethodNotAllowed, NotFound

from montages import settings
from montages.bilingual import Text
from montages.door_errors import TokenRequired
from montages.web.app_state import AppState
from montages.web.operation import TEXT, Operation, refused
from montages.web.requests.request_figures import FIGURES, Figures, figures_of
from montages.web.requests.request_log import log_to_standard_error, request_entry, started
from montages.web.requests.request_parameters import parameters


def register(app: Flask, state: AppState) -> None:
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
        entry = request_entry(response)
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


def port_of(environ: MutableMapping[str, Any]) -> int:
    """Return the port that a request came in by, of which no header can tell another; 0 if unknown."""
    connection = environ.get("gunicorn.socket")
    name = connection.getsockname() if connection is not None else ""
    return int(name[1]) if isinstance(name, tuple) else 0


def _bearer() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


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
