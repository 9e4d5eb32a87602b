"""Queries that programs put to `/sparql`, answered before the application: half of what one costs is its.

All else at that address is the application's: pages, the description of the service, problems. It finds in
the environment of the request what was read of it, or what went wrong, so that nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask
from werkzeug.datastructures import ETags
from werkzeug.http import parse_etags

from montages.store.sparql.query_worker import NoFormat
from montages.web.requests.accept_header import AcceptingRequest
from montages.web.requests.headers import missing_headers
from montages.web.requests.metrics import figures_of, own_port, port_of
from montages.web.requests.rate_limit import rate_limit
from montages.web.requests.request_limits import bound_request
from montages.web.requests.request_log import request_entry, started
from montages.web.sparql.query_service import QueryService, is_at_client, tag_headers, tag_of
from montages.web.sparql.sparql_formats import (
    OF_FORM,
    acceptable_formats,
    content_type,
    result_format,
    wants_html,
)
from montages.web.sparql.sparql_request import SparqlRequest, sparql_request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

ROUTE = "/sparql"
_PATHS, _METHODS = (ROUTE, f"{ROUTE}/"), ("GET", "HEAD", "POST")
_ASKED = "montages-query"
_STATUS = {200: "200 OK", 304: "304 NOT MODIFIED"}


# What a program gets: a status, the headers that say what the answer is, its bytes.
QueryAnswer = tuple[int, list[tuple[str, str]], bytes]


def query_left(environ: WSGIEnvironment) -> SparqlRequest | None:
    """Return the query of a request that is left to the application, None where it has none.

    Raises what went wrong before.
    """
    asked: SparqlRequest | Exception | None = environ[_ASKED]
    if isinstance(asked, Exception):
        raise asked
    return asked


class QueryMiddleware:
    """What stands in front of an application whose queries a service answers."""

    def __init__(self, app: Flask, service: QueryService) -> None:
        self._behind, self._service = app.wsgi_app, service
        self._figures, self._rates = figures_of(app), rate_limit(app)
        self._config, self._figures_port = app.config, own_port()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request of WSGI."""
        if (
            environ["PATH_INFO"] not in _PATHS
            or environ["REQUEST_METHOD"] not in _METHODS
            or (self._figures_port and port_of(environ) == self._figures_port)
        ):
            return self._behind(environ, start_response)
        started(environ)
        environ[_ASKED] = answer = None
        if not any(self._rates.wait(environ)):  # else the application says so
            try:
                answer = self._answer(environ)
            except Exception as error:  # noqa: BLE001  # the application tells any as a problem
                environ[_ASKED] = error
        if answer is None:
            return self._behind(environ, start_response)
        return self._send(environ, start_response, answer)

    def _answer(self, environ: WSGIEnvironment) -> QueryAnswer | None:
        """Return the answer to a program; None for what the application answers."""
        bound_request(environ, self._config["MAX_CONTENT_LENGTH"])
        sent = sparql_request(AcceptingRequest(environ), self._service.pool.limits.length)
        environ[_ASKED] = sent
        accept = environ.get("HTTP_ACCEPT", "")
        if sent is None or (sent.format in ("", "html") and wants_html(accept)):
            return None  # a reader, who names no format for a file
        formats = acceptable_formats(accept, sent.format)
        digest = self._service.digest(sent.query, sent.dataset)
        method = environ["REQUEST_METHOD"]
        if client_tag := _tag_of_client(environ, digest, formats):
            return 304, tag_headers(method, client_tag), b""
        try:
            answer = self._service.run(
                sent.query, formats, sent.dataset, digest, self._rates.watch(environ)
            )
        except NoFormat as error:
            result_format(str(error), accept, sent.format)  # raises NotAcceptable
            raise
        tag = tag_of(answer, digest)
        if is_at_client(environ, tag):
            return 304, tag_headers(method, tag), b""
        headers = [
            ("Content-Type", content_type(OF_FORM[answer.form], answer.format)),
            ("Content-Length", str(len(answer.body))),
            *tag_headers(method, tag),
        ]
        return 200, headers, answer.body

    def _send(
        self, environ: WSGIEnvironment, start_response: StartResponse, answer: QueryAnswer
    ) -> Iterable[bytes]:
        """Send an answer with the headers that all have, and note it."""
        status, own_headers, body = answer
        headers = [*own_headers, ("Vary", "Accept")]
        headers += missing_headers(environ, [name for name, _ in headers])
        entry = request_entry(environ, ROUTE, status)
        self._figures.end(entry, len(body))
        start_response(_STATUS[status], headers)
        return () if entry.method == "HEAD" else (body,)


def _tag_of_client(environ: WSGIEnvironment, digest: str, formats: Iterable[str]) -> str | None:
    """Return the tag of an answer that a client shows: who has had it asked a good query."""
    if "HTTP_IF_NONE_MATCH" not in environ or environ["REQUEST_METHOD"] == "POST":
        return None
    tags: ETags = parse_etags(environ["HTTP_IF_NONE_MATCH"])
    if tags.star_tag:
        return None
    possible = (f'{weak}"{digest}-{form}"' for form in formats for weak in ("", "W/"))
    return next((tag for tag in possible if tags.contains_raw(tag)), None)
