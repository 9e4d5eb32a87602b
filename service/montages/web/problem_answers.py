"""Every error as one body, application/problem+json (RFC 9457), in the reader's language."""

from __future__ import annotations

from typing import Any

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import HTTPException

from montages import settings
from montages.bilingual import message
from montages.errors import MontagesError
from montages.publish.json_text import dump
from montages.web.pages.problem_page import page_suggestions, problem_page
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import lang

# What to say where no error of ours was raised: title, then what to do.
_TEXTS = {
    400: (message("Bad request"), message("The request is malformed.")),
    404: (
        message("Not found"),
        message("Nothing at this address. Try POST /assess, POST /check or GET /healthz."),
    ),
    405: (message("Method not allowed"), message("This address takes only: {allowed}.")),
    413: (
        message("Input too large"),
        message("At most {limit} bytes (setting MONTAGES_MAX_BYTES)."),
    ),
    500: (
        message("Internal error"),
        message("A fault on our side, noted in the service's log. The request may be sent again."),
    ),
}


def register(app: Flask) -> None:
    """Give an application its error handlers."""
    app.register_error_handler(MontagesError, _ours)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def _body(problem: dict[str, Any], headers: Any = ()) -> Response:
    g.problem = str(problem["type"]).rpartition("/")[2]  # for the metrics
    # A page, where the client prefers HTML to what programs read.
    offered = ("application/problem+json", "application/json", "text/html")
    if request.accept_mimetypes.best_match(offered) == "text/html":
        body, media_type = problem_page(problem), "text/html"
    else:
        body, media_type = dump(problem), "application/problem+json"
    response = Response(body, status=problem["status"], mimetype=media_type)
    for name, value in headers:
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return in_language(response)


def _ours(error: MontagesError) -> Response:
    note_problem(error)
    return _body(error.problem(lang()), error.headers)


def note_problem(error: MontagesError) -> None:
    """Note of the request at work what is wrong with it, for the metrics, and when it may be sent again."""
    g.problem = error.slug
    if seconds := error.extra.get("retry_after", error.retry_after):
        g.retry_after = seconds


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if error.response is not None:
        return error.get_response()  # type: ignore[return-value]  # an answer already
    return _body(_problem(status, error), error.get_headers())


def _problem(status: int, error: HTTPException | None = None) -> dict[str, Any]:
    allowed = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    limit = current_app.config["MAX_CONTENT_LENGTH"] or settings.get("max_bytes")
    if status in _TEXTS:
        title, detail = (text[lang()] for text in _TEXTS[status])
    else:
        title, detail = (error.name, error.description or "") if error else ("", "")
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail.replace("{limit}", str(limit)).replace("{allowed}", allowed),
    }
    if status == 404:
        problem["suggestions"] = [one.to_json() for one in page_suggestions(request.path)]
    return problem


def _unexpected(error: Exception) -> Response:
    current_app.logger.error("unexpected error", exc_info=error)
    return _body(_problem(500))
