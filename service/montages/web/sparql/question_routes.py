"""The published questions over REST: asked by name, answered in JSON, CSV or HTML, or described (S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import Flask, Response, request
from rdflib import Graph

from montages.bilingual import message
from montages.description.dates import read_day
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import serialise
from montages.store.questions import ask, query_executables
from montages.store.questions.ask import graphs_on
from montages.store.questions.query_parameters import (
    bind,
    declared_parameters,
    query_text,
)
from montages.store.questions.query_result import Result, with_headings
from montages.web.app_state import AppState, current_state
from montages.web.pages.lists.listings import listing
from montages.web.pages.page_context import page_context
from montages.web.pages.things.query_page import answer_page
from montages.web.requests.headers import in_language, vary_by_accept
from montages.web.requests.request_parameters import lang, one_of
from montages.web.route import (
    ANSWER_FORMAT,
    ANY,
    AS_OF,
    FORMAT,
    FREE_LANG,
    JSON,
    PAGE,
    PAGE_NUMBER,
    TEXT,
    Media,
    Route,
    RouteParameter,
    path_parameter,
    refused,
)
from montages.web.sparql.endpoint import TABLES, query_blueprint
from montages.web.sparql.query_service import (
    answer_tag,
    entity_tag,
    not_modified,
    run_query,
    set_entity_tag,
)
from montages.web.sparql.sparql_formats import RESULTS, content_type, negotiate

# What the service itself understands beside the parameters of a question.
_OUR_PARAMETERS = ("lang", "as_of", "_format", "format", "headings")
# The forms of an answer, of a question and of the list; the first is for who takes any.
ANSWERS: dict[str, tuple[str, ...]] = {
    **RESULTS,
    "json": ("application/json", "application/sparql-results+json"),
    "html": ("text/html", "application/xhtml+xml"),
    "rq": ("application/sparql-query",),
    "ttl": ("text/turtle",),
    "jsonld": ("application/ld+json",),
}
GRAPH_FORMS = {"ttl": "turtle", "jsonld": "jsonld"}
_LIST = {name: ANSWERS[name] for name in ("json", "html", "ttl", "jsonld")}


def register(app: Flask, state: AppState) -> None:
    """Add `/queries` and `/queries/<name>` to an application."""
    app.register_blueprint(query_blueprint("queries", ROUTES))


def queries(form: str = "") -> Response:
    """Answer the list of the published questions, in the form of the address, else in the one asked for."""
    return _listing(current_state(), _form(_LIST, form))


def question(name: str, form: str = "") -> Response:
    """Answer a published question, or describe it where RDF is asked for; raises UnknownName."""
    state, query, answer_form = current_state(), ask.find(name), _form(ANSWERS, form)
    if answer_form in GRAPH_FORMS:
        graph = Graph()
        query_executables.add_executable(graph, query)
        return question_description(graph, answer_form, query.name)
    return question_answer(state, query, answer_form)


def _form(table: Mapping[str, tuple[str, ...]], ending: str) -> str:
    if ending:
        if ending not in table:
            raise unknown_name(message("format"), ending, table)
        return ending
    name = request.args.get("_format") or request.args.get("format") or ""
    return negotiate(table, request.headers.get("Accept", ""), name)


def _listing(state: AppState, form: str) -> Response:
    if form in GRAPH_FORMS:
        return question_description(
            state.dataset.graphs[str(query_executables.QUERIES)], form, "list"
        )
    if form == "html":
        return vary_by_accept(
            Response(listing("queries", page_context(state)), mimetype="text/html")
        )
    items = [_question_json(state, query, lang()) for query in ask.listing()]
    return in_language(Response(dump({"queries": items}), mimetype="application/json"))


def _question_json(state: AppState, query: Query, language: str) -> dict[str, Any]:
    return {
        "name": query.key,
        "iri": str(query.iri),
        "url": f"{state.base_url()}/queries/{query.key}",
        "title": query.title[language],
        "description": query.description[language],
        "tags": list(query.header.get("tags") or ()),
        "parameters": [
            {"name": p.name, "type": p.type, "default": p.default, "description": p.text[language]}
            for p in declared_parameters(query).values()
        ],
        "columns": {
            name: query.heading(name, language) for name in query.header.get("columns", ())
        },
    }


def question_description(graph: Graph, form: str, name: str) -> Response:
    """Answer a graph that describes a question, or all of them, by its `name`."""
    tag = entity_tag("queries", name, form)
    response = not_modified(tag)
    if response is None:
        media = content_type(ANSWERS, form)
        response = Response(serialise([graph], GRAPH_FORMS[form]), content_type=media)
    set_entity_tag(response, tag)
    return vary_by_accept(response)


def question_answer(state: AppState, query: Query, form: str) -> Response:
    """Answer a published question with the parameters of the request, in a form; raises UnknownName."""
    values, as_of = _question_parameters(query)
    terms = bind(query, ask.on_day(query, values, as_of), state.dataset.default)
    text = query_text(query, terms)
    dataset = graphs_on(state.dataset, as_of)
    tag = answer_tag(
        text, dataset, form, lang(), _headings(), state.base_url() if form == "html" else ""
    )
    response = not_modified(tag)
    if response is None:
        response = _answer_response(state, query, text, dataset, form)
    set_entity_tag(response, tag)
    response.headers.add("Link", f'<{state.url(str(query.iri))}>; rel="describedby"')
    return vary_by_accept(response)


def _answer_response(
    state: AppState, query: Query, text: str, dataset: tuple[str, ...] | None, form: str
) -> Response:
    if form == "rq":
        return Response(text, content_type="application/sparql-query; charset=utf-8")
    named = None if dataset is None else ()
    answer = run_query(text, ("json" if form == "html" else form,), (dataset, named))
    if form == "html":
        result = Result.read(answer.body)
        labelled = Result(
            result.columns, result.rows, ask.labels_of(state.dataset.default, result.rows)
        )
        response = Response(answer_page(state, query, labelled), mimetype="text/html")
    elif form == "csv" and _headings() == "labels":
        body = with_headings(answer.body.decode(), lambda name: query.heading(name, lang()))
        response = Response(body, content_type=content_type(ANSWERS, form))
    else:
        response = Response(answer.body, content_type=content_type(ANSWERS, form))
    return response


def _headings() -> str:
    """Return what stands on top of the columns of a CSV: `names` of variables, or `labels` to read."""
    return one_of("headings", request.args.get("headings", "names"), ("names", "labels"))


def _question_parameters(query: Query) -> tuple[dict[str, str], date | None]:
    """Return the parameters of the question, and the day of the law if one is asked for."""
    declared = declared_parameters(query)
    values = {}
    for name, value in request.args.items():
        if name in declared:
            values[name] = value
        elif name not in _OUR_PARAMETERS:
            raise unknown_name(
                message("parameter"), name, dict.fromkeys((*declared, *_OUR_PARAMETERS))
            )
    if "lang" in declared:
        values.setdefault("lang", lang())
    day = request.args.get("as_of")
    return values, read_day(day) if day else None


_REFUSED: Mapping[int, Media] = {304: {}, **refused(400, 404, 406, 502, 503, 507)}
_LISTS: Mapping[int, Media] = {
    200: {**JSON, **PAGE, "text/turtle": TEXT, "application/ld+json": ANY},
    **_REFUSED,
}
_REPLIES: Mapping[int, Media] = {
    200: {**TABLES, **_LISTS[200], "application/sparql-query": TEXT},
    **_REFUSED,
}
_HEADINGS = RouteParameter(
    "headings",
    message("headings of columns in CSV: names of variables, or labels to read"),
    {"enum": ["names", "labels"]},
    "labels",
)
_NAME = path_parameter("name", message("name of the question"), "hard-gates")
_EXTENSION = path_parameter("form", message("extension"), "json")
_ALL = message("The published questions")
_ONE = message("The answer to a published question")

ROUTES = (
    Route(
        "get",
        "/queries",
        "sparql",
        _ALL,
        queries,
        (FORMAT, ANSWER_FORMAT, FREE_LANG, PAGE_NUMBER),
        _LISTS,
    ),
    Route(
        "get",
        "/queries.<form>",
        "sparql",
        _ALL,
        queries,
        (_EXTENSION, FREE_LANG, PAGE_NUMBER),
        _LISTS,
    ),
    Route(
        "get",
        "/queries/<name>",
        "sparql",
        _ONE,
        question,
        (_NAME, AS_OF, FREE_LANG, _HEADINGS),
        _REPLIES,
    ),
    Route(
        "get",
        "/queries/<name>.<form>",
        "sparql",
        _ONE,
        question,
        (_NAME, _EXTENSION, AS_OF, FREE_LANG, _HEADINGS),
        _REPLIES,
    ),
)


def question_operations() -> Iterator[Route]:
    """Yield the operation of each published question by itself: `question` answers it, by its name."""
    types = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    for query in ask.listing():
        own = [
            RouteParameter(
                p.name,
                p.text,
                {"type": types.get(p.type, "string"), "default": p.default},
                p.default,
            )
            for p in declared_parameters(query).values()
        ]
        language = () if "lang" in declared_parameters(query) else (FREE_LANG,)
        parameters = (*own, AS_OF, *language, ANSWER_FORMAT, _HEADINGS)
        yield Route(
            "get", f"/queries/{query.key}", "sparql", query.title, None, parameters, _REPLIES
        )
