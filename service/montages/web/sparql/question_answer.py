"""The answer to a published question, with its parameters, in the form asked for; or what describes it."""

from __future__ import annotations

from datetime import date

from flask import Response, request
from rdflib import Graph

from montages.description.dates import read_day
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query
from montages.publish.linked_data.rdf import serialise
from montages.store.questions import ask
from montages.store.questions.ask import graphs_on
from montages.store.questions.query_parameters import (
    bind,
    declared_parameters,
    query_text,
)
from montages.store.questions.query_result import Result, with_headings
from montages.web.app_state import AppState
from montages.web.pages.lists.query_answer import answer_page
from montages.web.requests.negotiated_answer import vary_by_accept
from montages.web.requests.request_parameters import lang, one_of
from montages.web.sparql.answer_tags import answer_tag, entity_tag, not_modified, set_entity_tag
from montages.web.sparql.query_service import run_query
from montages.web.sparql.sparql_formats import RESULTS, content_type

# What the service itself understands beside the parameters of a question.
_OURS = ("lang", "as_of", "_format", "format", "headings")
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
    values, as_of = _parameters(query)
    terms = bind(query, ask.on_day(query, values, as_of), state.dataset.default)
    text = query_text(query, terms)
    dataset = graphs_on(state.dataset, as_of)
    tag = answer_tag(
        text, dataset, form, lang(), _headings(), state.base_url() if form == "html" else ""
    )
    response = not_modified(tag)
    if response is None:
        response = _response(state, query, text, dataset, form)
    set_entity_tag(response, tag)
    response.headers.add("Link", f'<{state.url(str(query.iri))}>; rel="describedby"')
    return vary_by_accept(response)


def _response(
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


def _parameters(query: Query) -> tuple[dict[str, str], date | None]:
    """Return the parameters of the question, and the day of the law if one is asked for."""
    declared = declared_parameters(query)
    values = {}
    for name, value in request.args.items():
        if name in declared:
            values[name] = value
        elif name not in _OURS:
            raise unknown_name("paramètre", "parameter", name, dict.fromkeys((*declared, *_OURS)))
    if "lang" in declared:
        values.setdefault("lang", lang())
    day = request.args.get("as_of")
    return values, read_day(day) if day else None
