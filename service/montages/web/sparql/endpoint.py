"""The SPARQL endpoint: its address, the description of the service, the pages of answers (S1–S4).

What a program asks is answered by `query_middleware`, before it comes here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import MethodNotAllowed

from montages.bilingual import message
from montages.errors import MontagesError
from montages.store.sparql.answer_forms import FIRST_ROWS, AnswerRows
from montages.web.app_state import AppState, current_state
from montages.web.pages.editor_page import WrittenQuery, editor, fault_page, result_page
from montages.web.pages.page_context import html_response
from montages.web.problem_answers import note_problem
from montages.web.requests.headers import vary_by_accept
from montages.web.route import (
    ANSWER_FORMAT,
    ANY,
    DOCUMENTS,
    FREE_LANG,
    TEXT,
    Media,
    Route,
    RouteParameter,
    Routes,
    answers,
    register_routes,
)
from montages.web.sparql.query_middleware import QueryMiddleware, query_left
from montages.web.sparql.query_service import (
    current_queries,
    entity_tag,
    run_query,
    start_queries,
    tagged,
)
from montages.web.sparql.service_description import description
from montages.web.sparql.sparql_formats import (
    GRAPHS,
    RESULTS,
    content_type,
    result_format,
    wants_html,
)
from montages.web.sparql.sparql_request import format_parameter

METHODS = ("GET", "HEAD", "POST", "OPTIONS")


_QUERY = "SELECT * WHERE { ?s ?p ?o } LIMIT 3"
_OTHER_METHODS = ["OPTIONS", "PUT", "PATCH", "DELETE"]
_OPTIONS: dict[str, Any] = {"strict_slashes": False, "provide_automatic_options": False}
_SUMMARY = message("SPARQL 1.1: a query, or the service description")
_QUERY_PARAMETER = RouteParameter("query", message("the query"), example=_QUERY)
_NAMES = {"type": "array", "items": {"type": "string"}}
_DATASET = tuple(
    RouteParameter(name, message("graph of the dataset"), _NAMES)
    for name in ("default-graph-uri", "named-graph-uri")
)
_FIELDS = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
TABLES: Media = {media: ANY if "json" in media else TEXT for media, *_ in RESULTS.values()}
_ANSWERS = {
    **answers({**TABLES, **DOCUMENTS}, 400, 403, 404, 406, 413, 415, 500, 502, 503, 507),
    304: {},
}
ROUTES = Routes("sparql")


def register(app: Flask, state: AppState) -> None:
    """Start what runs the queries of an application, and add `/sparql` to it."""
    service = start_queries(app, state)
    app.wsgi_app = QueryMiddleware(app, service)  # type: ignore[method-assign]  # as Flask has it
    routes = query_blueprint("sparql", ROUTES)
    routes.add_url_rule("/sparql", None, other_methods, methods=_OTHER_METHODS, **_OPTIONS)
    app.register_blueprint(routes)


def query_blueprint(name: str, operations: Iterable[Route]) -> Blueprint:
    """Return operations that put queries: their answers depend on Accept."""
    routes = Blueprint(name, __name__)
    register_routes(routes, operations)
    routes.after_request(depend_on_accept)
    return routes


@ROUTES.post(
    "/sparql",
    _SUMMARY,
    *_DATASET,
    ANSWER_FORMAT,
    answers=_ANSWERS,
    bodies={
        "application/sparql-query": (TEXT, _QUERY),
        "application/x-www-form-urlencoded": (_FIELDS, {"query": _QUERY}),
    },
    options=_OPTIONS,
)
@ROUTES.get(
    "/sparql",
    _SUMMARY,
    _QUERY_PARAMETER,
    *_DATASET,
    ANSWER_FORMAT,
    FREE_LANG,
    answers=_ANSWERS,
    options=_OPTIONS,
)
def sparql() -> Response:
    """Answer a query of a reader by a page, the description of the service where a GET carries none.

    What is wrong with a query is told on its page; raises what went wrong with any other.
    """
    sent = query_left(request.environ)
    if sent is None:
        return _about(current_state())
    fields = zip(("default-graph-uri", "named-graph-uri"), sent.dataset, strict=True)
    named = tuple((name, graph) for name, some in fields for graph in some or ())
    query = WrittenQuery(sent.query, named)
    try:
        answer = run_query(sent.query, (FIRST_ROWS,), sent.dataset)
    except MontagesError as error:
        note_problem(error)
        response = html_response(fault_page(query, error))
        response.status_code = error.status
    else:
        response = html_response(result_page(query, answer.form, AnswerRows.read(answer.body)))
    response.headers["Cache-Control"] = "no-cache"
    return response


def other_methods() -> Response:
    """Answer OPTIONS; raises MethodNotAllowed for the methods that change something."""
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join(METHODS)})
    raise MethodNotAllowed(valid_methods=METHODS)


def _about(state: AppState) -> Response:
    accept, form = request.headers.get("Accept", ""), format_parameter(request)
    if not form and wants_html(accept):
        return vary_by_accept(Response(editor(), mimetype="text/html"))
    form = result_format("DESCRIBE", accept, form)
    base, pool = state.base_url(), current_queries().pool
    return tagged(
        entity_tag("description", base, form),
        lambda: Response(
            description(state, pool.limits, f"{base}/sparql", form),
            content_type=content_type(GRAPHS, form),
        ),
    )


def depend_on_accept(response: Response) -> Response:
    """Return an answer that tells caches what it depends on."""
    headers = response.headers
    if "Vary" in headers:
        response.vary.add("Accept")
    else:
        headers["Vary"] = "Accept"
    if request.method == "OPTIONS":
        headers.pop("Content-Type", None)
    return response
