"""The published questions over REST: asked by name, answered in JSON, CSV or HTML, or described (S5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask import Response, request
from rdflib import Graph

from montages.bilingual import message
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import in_full
from montages.store.questions import ask, query_executables
from montages.store.questions.ask import graphs_on
from montages.store.questions.query_parameters import bind, declared_parameters, query_text
from montages.store.questions.query_result import Result, with_headings
from montages.web.app_state import current_state
from montages.web.pages.lists.listings import listing
from montages.web.pages.page_context import page_context
from montages.web.pages.things.query_page import answer_page
from montages.web.requests.headers import in_language, vary_by_accept
from montages.web.requests.request_parameters import asked_day, lang, one_of
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
    Routes,
    answers,
    path_parameter,
)
from montages.web.sparql.endpoint import TABLES
from montages.web.sparql.query_service import answer_tag, entity_tag, run_query, tagged
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
GRAPH_FORMS = ("ttl", "jsonld")
_LIST = {name: ANSWERS[name] for name in ("json", "html", "ttl", "jsonld")}


_REFUSED = (400, 404, 406, 502, 503, 507)
_LIST_MEDIA: Media = {**JSON, **PAGE, "text/turtle": TEXT, "application/ld+json": ANY}
_LISTS = {**answers(_LIST_MEDIA, *_REFUSED), 304: {}}
_REPLY_MEDIA: Media = {**TABLES, **_LIST_MEDIA, "application/sparql-query": TEXT}
_REPLIES = {**answers(_REPLY_MEDIA, *_REFUSED), 304: {}}
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
ROUTES = Routes("sparql")


@ROUTES.get("/queries.<form>", _ALL, _EXTENSION, FREE_LANG, PAGE_NUMBER, answers=_LISTS)
@ROUTES.get("/queries", _ALL, FORMAT, ANSWER_FORMAT, FREE_LANG, PAGE_NUMBER, answers=_LISTS)
def queries(form: str = "") -> Response:
    """Answer the list of the published questions, in the form of the address, else in the one asked for."""
    form = _form(_LIST, form)
    if form in GRAPH_FORMS:
        return _description(
            current_state().dataset.graphs[str(query_executables.QUERIES)], form, "list"
        )
    if form == "html":
        page, _ = listing("queries", page_context())
        return vary_by_accept(Response(page, mimetype="text/html"))
    items = [_question_json(query, lang()) for query in ask.listing()]
    return in_language(Response(dump({"queries": items}), mimetype="application/json"))


@ROUTES.get(
    "/queries/<name>.<form>", _ONE, _NAME, _EXTENSION, AS_OF, FREE_LANG, _HEADINGS, answers=_REPLIES
)
@ROUTES.get("/queries/<name>", _ONE, _NAME, AS_OF, FREE_LANG, _HEADINGS, answers=_REPLIES)
def question(name: str, form: str = "") -> Response:
    """Answer a published question, or describe it where RDF is asked for; raises UnknownName."""
    query, answer_form = ask.find(name), _form(ANSWERS, form)
    if answer_form in GRAPH_FORMS:
        graph = Graph()
        query_executables.add_executable(graph, query)
        return _description(graph, answer_form, query.name)
    return _question_answer(query, answer_form)


def _form(table: Mapping[str, tuple[str, ...]], ending: str) -> str:
    if ending:
        if ending not in table:
            raise unknown_name(message("format"), ending, table)
        return ending
    name = request.args.get("_format") or request.args.get("format") or ""
    return negotiate(table, request.headers.get("Accept", ""), name)


def _question_json(query: Query, language: str) -> dict[str, Any]:
    return {
        "name": query.key,
        "iri": str(query.iri),
        "url": f"{current_state().base_url()}/queries/{query.key}",
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


def _description(graph: Graph, form: str, name: str) -> Response:
    """Answer a graph that describes a question, or all of them, by its `name`."""
    return tagged(
        entity_tag("queries", name, form),
        lambda: Response(in_full([graph], form), content_type=content_type(ANSWERS, form)),
    )


def _question_answer(query: Query, form: str) -> Response:
    """Answer a published question with the parameters of the request, in a form; raises UnknownName."""
    state = current_state()
    values, as_of = _question_parameters(query)
    terms = bind(query, ask.on_day(query, values, as_of), state.dataset.default)
    text = query_text(query, terms)
    dataset = graphs_on(state.dataset, as_of)
    base = state.base_url() if form == "html" else ""
    response = tagged(
        answer_tag(text, dataset, form, lang(), _headings(), base),
        lambda: _answer_response(query, text, dataset, form),
    )
    response.headers.add("Link", f'<{state.url(str(query.iri))}>; rel="describedby"')
    return response


def _answer_response(
    query: Query, text: str, dataset: tuple[str, ...] | None, form: str
) -> Response:
    if form == "rq":
        return Response(text, content_type="application/sparql-query; charset=utf-8")
    named = None if dataset is None else ()
    answer = run_query(text, ("json" if form == "html" else form,), (dataset, named))
    if form == "html":
        result = Result.read(answer.body)
        labels = ask.labels_of(current_state().dataset.default, result.rows)
        labelled = Result(result.columns, result.rows, labels)
        return Response(answer_page(query, labelled), mimetype="text/html")
    body: str | bytes = answer.body
    if form == "csv" and _headings() == "labels":
        body = with_headings(answer.body.decode(), lambda name: query.heading(name, lang()))
    return Response(body, content_type=content_type(ANSWERS, form))


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
    return values, asked_day()


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
