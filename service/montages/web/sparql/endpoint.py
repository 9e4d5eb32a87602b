"""The SPARQL endpoint: protocol, service description, and who runs a query (S1–S4)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from montages import settings
from montages.errors import MontagesError
from montages.knowledge.files.caching import ByteCache
from montages.knowledge.model import Text
from montages.store.sparql import query_guard
from montages.store.sparql.query_errors import QueryBusy, QueryFailed, QueryTimeout
from montages.store.sparql.query_guard import Plan
from montages.store.sparql.query_pool import (
    Malformed,
    Pool,
    SerialisedAnswer,
    WrongForm,
    limits,
    pool,
)
from montages.store.sparql.row_limit import with_row_limit
from montages.store.sparql.select_star import select_star
from montages.store.sparql.syntax_error import syntax_error
from montages.web.app_state import AppState, current_state
from montages.web.operation import (
    ANSWER_FORMAT,
    ANY,
    DOCUMENTS,
    FREE_LANG,
    PROBLEMS,
    QUAD_DOCUMENTS,
    TEXT,
    Media,
    Operation,
    OperationParameter,
    refused,
    register_operations,
)
from montages.web.operation import (
    GRAPHS as GRAPH_DOCUMENTS,
)
from montages.web.pages.editor_page import editor
from montages.web.sparql.service_description import description
from montages.web.sparql.sparql_formats import (
    GRAPHS,
    OF_FORM,
    content_type,
    result_format,
    wants_html,
)
from montages.web.sparql.sparql_request import SparqlRequest, format_parameter, sparql_request

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_KEY = "montages-queries"


@dataclass(frozen=True)
class QueryService:
    """What answers the queries of an application.

    `graphs` are those a query may name, `allowed` the services it may call, `fingerprint` stands for all that
    answers depend on but the query.
    """

    pool: Pool
    remembered: ByteCache[SerialisedAnswer]
    fingerprint: str
    graphs: frozenset[str]
    allowed: tuple[str, ...]


def register(app: Flask, state: AppState) -> None:
    """Start what runs the queries of an application, and add `/sparql` to it."""
    workers, queue = settings.number("query_workers"), settings.number("query_queue")
    queries = pool(state.dataset, limits(), workers, queue)
    app.extensions[_KEY] = QueryService(
        queries,
        ByteCache(settings.number("query_remembered"), lambda answer: len(answer.body)),
        f"{state.fingerprint} {queries.digest} {queries.limits}",
        frozenset(state.dataset.graphs),
        tuple(settings.get("service_allow").split()),
    )
    routes = query_blueprint("sparql", OPERATIONS)
    routes.add_url_rule("/sparql", None, other_methods, methods=_OTHER_METHODS, **_OPTIONS)
    app.register_blueprint(routes)


def query_blueprint(name: str, operations: Iterable[Operation]) -> Blueprint:
    """Return operations that put queries: any site may read their answers, a busy pool says when to retry."""
    routes = Blueprint(name, __name__)
    register_operations(routes, operations)
    routes.after_request(allow_all_origins)
    routes.register_error_handler(QueryBusy, retry_later)
    routes.register_error_handler(QueryTimeout, retry_later)
    return routes


def sparql() -> Response:
    """Answer a query, or the description of the service where a GET carries none."""
    sent, queries = sparql_request(request), current_queries()
    if sent is None:
        return _about(current_state())
    plan = query_guard.query_plan(sent.query, queries.graphs, queries.allowed)
    for names in (sent.default, sent.named):
        query_guard.require_graphs(names or (), queries.graphs)
    return _answer(sent, plan)


def other_methods() -> Response:
    """Answer OPTIONS; raises MethodNotAllowed for the methods that change something."""
    if request.method == "OPTIONS":
        return Response(status=204, headers={"Allow": ", ".join(METHODS)})
    raise MethodNotAllowed(valid_methods=METHODS)


def current_queries() -> QueryService:
    """Return what answers the queries of the application at work."""
    queries = current_app.extensions[_KEY]
    assert isinstance(queries, QueryService)
    return queries


def run_query(
    plan: Plan,
    form: str,
    tag: str | None,
    default: tuple[str, ...] | None = None,
    named: tuple[str, ...] | None = None,
) -> SerialisedAnswer:
    """Return the answer to a query that has been checked. Raises QuerySyntax, and what the pool raises.

    The dataset is the one given, else that of the query, else the service's. Under a `tag`, the
    answer is remembered.
    """
    return current_queries().remembered.get(tag, lambda: _run(plan, form, default, named))


def _run(
    plan: Plan, form: str, default: tuple[str, ...] | None, named: tuple[str, ...] | None
) -> SerialisedAnswer:
    if default is None and named is None:
        default, named = plan.default, plan.named
    queries = current_queries().pool
    wanted = {
        "query": with_row_limit(plan, queries.limits.rows + 1),
        "base": query_guard.BASE_IRI,
        "format": form,
        "default": default,
        "named": named,
        "prefixes": plan.prefixes,
        "star": select_star(plan),
    }
    try:
        return queries.ask(wanted)
    except Malformed as error:
        raise syntax_error(plan, str(error)) from error
    except WrongForm as error:
        raise QueryFailed(
            f"Le moteur n'a pas lu {plan.form} comme nous.",
            f"The engine did not read {plan.form} as we did.",
        ) from error


def _answer(sent: SparqlRequest, plan: Plan) -> Response:
    form = result_format(plan.form, request.headers.get("Accept", ""), sent.format)
    tag = _tag(plan, sent, form)
    response = not_modified(tag)
    if response is None:
        answer = run_query(plan, form, tag, sent.default, sent.named)
        response = Response(answer.body, content_type=content_type(OF_FORM[plan.form], form))
        mark_truncated(response, answer)
    set_entity_tag(response, tag)
    return response


def _tag(plan: Plan, sent: SparqlRequest, form: str) -> str | None:
    """Return the entity tag of an answer, known before it is; None where it changes by itself."""
    if plan.changing:
        return None
    dataset = (sent.default, sent.named)
    tag = entity_tag(plan.text, dataset, form)
    # New blank nodes each time: the same graph, in other bytes.
    return f"W/{tag}" if plan.renaming else tag


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag of all that answers are made of, and of some parts."""
    return _hashed(current_queries().fingerprint, parts)


@lru_cache(maxsize=4096)
def _hashed(fingerprint: str, parts: tuple[object, ...]) -> str:
    text = f"{fingerprint} {parts!r}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def not_modified(tag: str | None) -> Response | None:
    """Return the 304 answer where the client has this version already."""
    if tag and request.method != "POST" and request.if_none_match.contains_raw(tag):
        return Response(status=304)
    return None


def set_entity_tag(response: Response, tag: str | None) -> None:
    """Give an answer its entity tag: to be asked again about, never taken for granted."""
    if tag and request.method != "POST":
        response.headers["ETag"] = tag
    response.headers["Cache-Control"] = "no-cache" if tag else "no-store"


def mark_truncated(response: Response, answer: SerialisedAnswer) -> None:
    """Say in the headers that an answer was cut at the row limit."""
    if answer.cut:
        response.headers["X-Montages-Truncated"] = str(current_queries().pool.limits.rows)


def _about(state: AppState) -> Response:
    accept, form = request.headers.get("Accept", ""), format_parameter(request)
    if not form and wants_html(accept):
        return vary_by_accept(Response(editor(state), mimetype="text/html"))
    form = result_format("DESCRIBE", accept, form)
    tag = entity_tag("description", state.base_url(), form)
    response = not_modified(tag)
    if response is None:
        text = _description(state, current_queries().pool, state.base_url(), form)
        response = Response(text, content_type=content_type(GRAPHS, form))
    set_entity_tag(response, tag)
    return vary_by_accept(response)


def vary_by_accept(response: Response) -> Response:
    """Say that an answer depends on Accept and Accept-Language."""
    response.vary.update(("Accept", "Accept-Language"))
    return response


@lru_cache(maxsize=32)
def _description(state: AppState, queries: Pool, address: str, form: str) -> str:
    return description(state, queries.limits, f"{address}/sparql", form)


def allow_all_origins(response: Response) -> Response:
    """Let pages of other sites read an answer (CORS), and caches know what it depends on."""
    headers = response.headers
    response.vary.add("Accept")
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After, X-Montages-Truncated"
    if request.method == "OPTIONS":
        headers.pop("Content-Type", None)
        headers["Access-Control-Allow-Methods"] = headers.get("Allow", "GET, HEAD, OPTIONS")
        headers["Access-Control-Allow-Headers"] = (
            "Accept, Accept-Language, Content-Type, If-None-Match"
        )
        headers["Access-Control-Max-Age"] = "86400"
    return response


def retry_later(error: MontagesError) -> Response:
    """Return the problem of a query that may be sent again, with when."""
    handler = current_app.error_handler_spec[None][None][MontagesError]
    response = handler(error)
    assert isinstance(response, Response)
    response.headers["Retry-After"] = str(error.extra.get("retry_after", 1))
    return response


_QUERY = "SELECT * WHERE { ?s ?p ?o } LIMIT 3"
_OTHER_METHODS = ["OPTIONS", "PUT", "PATCH", "DELETE"]
_OPTIONS: dict[str, Any] = {"strict_slashes": False, "provide_automatic_options": False}
_SUMMARY = Text(
    "SPARQL 1.1 : une requête, ou la description du service",
    "SPARQL 1.1: a query, or the service description",
)
_QUERY_PARAMETER = OperationParameter("query", Text("la requête", "the query"), example=_QUERY)
_DATASET = tuple(
    OperationParameter(
        name,
        Text("graphe du jeu de données", "graph of the dataset"),
        {"type": "array", "items": {"type": "string"}},
    )
    for name in ("default-graph-uri", "named-graph-uri")
)
_FIELDS = {
    "type": "object",
    "properties": {"query": {"type": "string"}},
    "required": ["query"],
}
TABLES: Media = {
    "application/sparql-results+json": ANY,
    "application/sparql-results+xml": TEXT,
    "text/csv": TEXT,
    "text/tab-separated-values": TEXT,
}
_ANSWERS: Mapping[int, Media] = {
    200: {
        **TABLES,
        **{m: s for m, s in GRAPH_DOCUMENTS.items() if m != "application/json"},
        **QUAD_DOCUMENTS,
        **DOCUMENTS,
    },
    304: {},
    **refused(400, 403, 404, 406, 415, 503, 507),
}

OPERATIONS = (
    Operation(
        "get",
        "/sparql",
        "sparql",
        _SUMMARY,
        sparql,
        (_QUERY_PARAMETER, *_DATASET, ANSWER_FORMAT, FREE_LANG),
        _ANSWERS,
        options=_OPTIONS,
    ),
    Operation(
        "post",
        "/sparql",
        "sparql",
        _SUMMARY,
        sparql,
        (*_DATASET, ANSWER_FORMAT),
        {**_ANSWERS, 413: PROBLEMS},
        {
            "application/sparql-query": (TEXT, _QUERY),
            "application/x-www-form-urlencoded": (_FIELDS, {"query": _QUERY}),
        },
        options=_OPTIONS,
    ),
)
