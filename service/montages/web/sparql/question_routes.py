"""The published questions over REST: asked by name, answered in JSON, CSV or HTML (S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Flask, Response, request
from rdflib import Graph

from montages.bilingual import Text
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query
from montages.publish.json_text import dump
from montages.store.questions import ask, query_executables
from montages.store.questions.query_parameters import (
    declared_parameters,
)
from montages.web.app_state import AppState, current_state
from montages.web.operation import (
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
    Operation,
    OperationParameter,
    path_parameter,
    refused,
)
from montages.web.pages.lists.listings import listing
from montages.web.pages.page_context import page_context
from montages.web.requests.negotiated_answer import in_language, vary_by_accept
from montages.web.requests.request_parameters import lang
from montages.web.sparql.endpoint import TABLES, query_blueprint
from montages.web.sparql.question_answer import (
    ANSWERS,
    GRAPH_FORMS,
    question_answer,
    question_description,
)
from montages.web.sparql.sparql_formats import negotiate

_LIST = {name: ANSWERS[name] for name in ("json", "html", "ttl", "jsonld")}


def register(app: Flask, state: AppState) -> None:
    """Add `/queries` and `/queries/<name>` to an application."""
    app.register_blueprint(query_blueprint("queries", OPERATIONS))


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
            raise unknown_name("format", "format", ending, table)
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


_REFUSED: Mapping[int, Media] = {304: {}, **refused(400, 404, 406, 502, 503, 507)}
_LISTS: Mapping[int, Media] = {
    200: {**JSON, **PAGE, "text/turtle": TEXT, "application/ld+json": ANY},
    **_REFUSED,
}
_REPLIES: Mapping[int, Media] = {
    200: {**TABLES, **_LISTS[200], "application/sparql-query": TEXT},
    **_REFUSED,
}
_HEADINGS = OperationParameter(
    "headings",
    Text(
        "titres des colonnes en CSV : noms des variables, ou libellés à lire",
        "headings of columns in CSV: names of variables, or labels to read",
    ),
    {"enum": ["names", "labels"]},
    "labels",
)
_NAME = path_parameter("name", Text("nom de la question", "name of the question"), "hard-gates")
_EXTENSION = path_parameter("form", Text("extension", "extension"), "json")
_ALL = Text("Les questions publiées", "The published questions")
_ONE = Text("La réponse à une question publiée", "The answer to a published question")

OPERATIONS = (
    Operation(
        "get",
        "/queries",
        "sparql",
        _ALL,
        queries,
        (FORMAT, ANSWER_FORMAT, FREE_LANG, PAGE_NUMBER),
        _LISTS,
    ),
    Operation(
        "get",
        "/queries.<form>",
        "sparql",
        _ALL,
        queries,
        (_EXTENSION, FREE_LANG, PAGE_NUMBER),
        _LISTS,
    ),
    Operation(
        "get",
        "/queries/<name>",
        "sparql",
        _ONE,
        question,
        (_NAME, AS_OF, FREE_LANG, _HEADINGS),
        _REPLIES,
    ),
    Operation(
        "get",
        "/queries/<name>.<form>",
        "sparql",
        _ONE,
        question,
        (_NAME, _EXTENSION, AS_OF, FREE_LANG, _HEADINGS),
        _REPLIES,
    ),
)


def question_operations() -> Iterator[Operation]:
    """Yield the operation of each published question by itself: `question` answers it, by its name."""
    types = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
    for query in ask.listing():
        own = [
            OperationParameter(
                p.name,
                p.text,
                {"type": types.get(p.type, "string"), "default": p.default},
                p.default,
            )
            for p in declared_parameters(query).values()
        ]
        language = () if "lang" in declared_parameters(query) else (FREE_LANG,)
        parameters = (*own, AS_OF, *language, ANSWER_FORMAT, _HEADINGS)
        yield Operation(
            "get", f"/queries/{query.key}", "sparql", query.title, None, parameters, _REPLIES
        )
