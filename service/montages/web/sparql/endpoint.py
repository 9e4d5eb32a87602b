"""The SPARQL endpoint: protocol, service description, and who runs a query (S1–S4)."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import MethodNotAllowed

from montages import settings
from montages.bilingual import Text
from montages.errors import MontagesError
from montages.knowledge.files.caching import ByteCache
from montages.store.sparql.query_errors import QueryBusy, QueryInterrupted, QueryTimeout
from montages.store.sparql.query_guard import BASE_IRI
from montages.store.sparql.query_pool import Pool, SerialisedAnswer, limits, pool, pool_size
from montages.store.sparql.query_worker import NoFormat
from montages.web.app_state import AppState, current_state
from montages.web.operation import (
    ANSWER_FORMAT,
    ANY,
    DOCUMENTS,
    FREE_LANG,
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
    acceptable_formats,
    content_type,
    result_format,
    wants_html,
)
from montages.web.sparql.sparql_request import (
    SparqlDataset,
    SparqlRequest,
    format_parameter,
    sparql_request,
)

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_KEY = "montages-queries"
_ENTRY = 500  # bytes that an answer takes in memory beside its own


@dataclass(frozen=True)
class QueryService:
    """What answers the queries of an application.

    `fingerprint` is the hash of all that answers depend on but the query.
    """

    pool: Pool
    remembered: ByteCache[SerialisedAnswer]
    fingerprint: hashlib._Hash


def _room(answer: SerialisedAnswer) -> int:
    """Return the bytes that an answer takes where it is remembered; one that changes is never."""
    return sys.maxsize if answer.changing else len(answer.body) + _ENTRY


def register(app: Flask, state: AppState) -> None:
    """Start what runs the queries of an application, and add `/sparql` to it."""
    allowed = tuple(settings.get("service_allow").split())
    queries = pool(state.dataset, limits(), pool_size(), allowed)
    app.extensions[_KEY] = QueryService(
        queries,
        ByteCache(settings.number("query_remembered"), _room),
        hashlib.sha256(f"{state.fingerprint} {queries.digest} {queries.limits} {allowed}".encode()),
    )
    routes = query_blueprint("sparql", OPERATIONS)
    routes.add_url_rule("/sparql", None, other_methods, methods=_OTHER_METHODS, **_OPTIONS)
    app.register_blueprint(routes)


def query_blueprint(name: str, operations: Iterable[Operation]) -> Blueprint:
    """Return operations that put queries: any site may read their answers, a busy pool says when to retry."""
    routes = Blueprint(name, __name__)
    register_operations(routes, operations)
    routes.after_request(allow_all_origins)
    for error in (QueryBusy, QueryTimeout, QueryInterrupted):
        routes.register_error_handler(error, retry_later)
    return routes


def sparql() -> Response:
    """Answer a query, or the description of the service where a GET carries none."""
    sent = sparql_request(request, current_queries().pool.limits.length)
    return _about(current_state()) if sent is None else _answer(sent)


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
    text: str, formats: tuple[str, ...], dataset: SparqlDataset = (None, None), digest: str = ""
) -> SerialisedAnswer:
    """Return the answer to a query, in the format among some that its form has; it is remembered.

    The dataset is the one given, else that of the query, else the service's. Raises what the pool raises.
    """
    queries, (default, named) = current_queries(), dataset
    asked = {
        "query": text,
        "base": BASE_IRI,
        "formats": formats,
        "default": default,
        "named": named,
    }
    client = request.environ.get("gunicorn.socket")
    key = (digest or _digest(text, dataset), formats)
    return queries.remembered.get(key, lambda: queries.pool.ask(asked, client))


def _answer(sent: SparqlRequest) -> Response:
    """Answer a query. Its form is not known here: a process that can be killed reads it."""
    accept, dataset = request.headers.get("Accept", ""), (sent.default, sent.named)
    formats = acceptable_formats(accept, sent.format)
    digest = _digest(sent.query, dataset)
    if request.if_none_match and not request.if_none_match.star_tag:
        # Who shows a tag of ours has had the answer: the query was good.
        for shown in (f'{weak}"{digest}-{form}"' for form in formats for weak in ("", "W/")):
            if shown in request.headers["If-None-Match"] and (response := not_modified(shown)):
                set_entity_tag(response, shown)
                return response
    try:
        answer = run_query(sent.query, formats, dataset, digest)
    except NoFormat as error:
        result_format(str(error), accept, sent.format)  # raises NotAcceptable
        raise
    tag = _tag(answer, digest)
    response = not_modified(tag)
    if response is None:
        kind = content_type(OF_FORM[answer.form], answer.format)
        response = Response(answer.body, content_type=kind)
        mark_truncated(response, answer)
    set_entity_tag(response, tag)
    return response


def _tag(answer: SerialisedAnswer, digest: str) -> str | None:
    """Return the entity tag of an answer; None where it changes by itself."""
    if answer.changing:
        return None
    # New blank nodes each time: the same graph, in other bytes.
    return f'{"W/" if answer.renaming else ""}"{digest}-{answer.format}"'


def entity_tag(*parts: object) -> str:
    """Return a strong entity tag of all that answers are made of, and of some parts."""
    return f'"{_digest(*parts)}"'


def _digest(*parts: object) -> str:
    digest = current_queries().fingerprint.copy()
    digest.update(repr(parts).encode(errors="surrogatepass"))
    return digest.hexdigest()[:32]


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
    **refused(400, 403, 404, 406, 413, 415, 500, 503, 507),
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
        _ANSWERS,
        {
            "application/sparql-query": (TEXT, _QUERY),
            "application/x-www-form-urlencoded": (_FIELDS, {"query": _QUERY}),
        },
        options=_OPTIONS,
    ),
)
