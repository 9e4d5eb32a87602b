"""The published questions over REST: asked by name, answered in JSON, CSV or HTML (S5)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import Blueprint, Flask, Response, request
from rdflib import Graph

from montages.decision.day import read_day
from montages.knowledge.compile import module
from montages.knowledge.periods import rules_at
from montages.knowledge.queries import Query
from montages.names import MODULE
from montages.publish.dump import dump
from montages.publish.rdf import serialise
from montages.store import examples, guard, query
from montages.store.parameters import bind, declared, filled, unknown
from montages.store.query_errors import QueryBusy, QueryTimeout
from montages.store.result import Result
from montages.web.parameters import lang
from montages.web.site import Site
from montages.web.sparql import (
    later,
    mark,
    not_modified,
    open_to_all,
    run,
    tag_of,
    tell_cut,
    varied,
)
from montages.web.sparql_formats import RESULTS, content_type, offered

# What the service itself understands beside the parameters of a question.
_OURS = ("lang", "as_of", "_format", "format")
# The forms of an answer, of a question and of the list; the first is for who takes any.
_ANSWERS: dict[str, tuple[str, ...]] = {
    **RESULTS,
    "json": ("application/json", "application/sparql-results+json"),
    "html": ("text/html", "application/xhtml+xml"),
    "rq": ("application/sparql-query",),
    "ttl": ("text/turtle",),
    "jsonld": ("application/ld+json",),
}
_LIST = {name: _ANSWERS[name] for name in ("json", "html", "ttl", "jsonld")}
_GRAPHS = {"ttl": "turtle", "jsonld": "jsonld"}


def register(app: Flask, site: Site) -> None:
    """Add `/queries` and `/queries/<name>` to an application."""
    routes = Blueprint("queries", __name__)

    @routes.get("/queries")
    @routes.get("/queries.<form>")
    def listing(form: str = "") -> Response:
        return _listing(site, _form(_LIST, form))

    @routes.get("/queries/<name>")
    @routes.get("/queries/<name>.<form>")
    def question(name: str, form: str = "") -> Response:
        found = query.find(name)
        wanted = _form(_ANSWERS, form)
        if wanted in _GRAPHS:
            graph = Graph()
            examples.add(graph, found)
            return _described(site, graph, wanted, found.name)
        return _answered(site, found, wanted)

    routes.after_request(open_to_all)
    routes.register_error_handler(QueryBusy, later)
    routes.register_error_handler(QueryTimeout, later)
    app.register_blueprint(routes)


def _form(table: Mapping[str, tuple[str, ...]], ending: str) -> str:
    if ending:
        if ending not in table:
            raise unknown("format", "format", ending, table)
        return ending
    asked = request.args.get("_format") or request.args.get("format") or ""
    return offered(table, request.headers.get("Accept", ""), asked)


def _listing(site: Site, form: str) -> Response:
    if form in _GRAPHS:
        return _described(site, site.dataset.graphs[str(examples.NAME)], form, "list")
    if form == "html":
        from montages.web import pages

        return varied(Response(pages.queries(site), mimetype="text/html"))
    said = [_said(site, found, lang()) for found in query.listing()]
    response = Response(dump({"queries": said}), mimetype="application/json")
    response.headers["Content-Language"] = lang()
    return varied(response)


def _said(site: Site, found: Query, language: str) -> dict[str, Any]:
    return {
        "name": found.key,
        "iri": str(found.iri),
        "url": f"{site.base_url()}/queries/{found.key}",
        "title": found.title[language],
        "description": found.description[language],
        "tags": list(found.header.get("tags") or ()),
        "parameters": [
            {"name": p.name, "type": p.type, "default": p.default, "description": p.text[language]}
            for p in declared(found).values()
        ],
    }


def _described(site: Site, graph: Graph, form: str, name: str) -> Response:
    tag = tag_of("queries", name, form)
    response = not_modified(tag)
    if response is None:
        media = content_type(_ANSWERS, form)
        response = Response(serialise([graph], _GRAPHS[form]), content_type=media)
    mark(response, tag)
    return varied(response)


def _answered(site: Site, found: Query, form: str) -> Response:
    given, as_of = _given(found)
    terms = bind(found, query.on_day(found, given, as_of), site.dataset.default)
    text = filled(found, terms)
    dataset = _dataset(site, as_of)
    tag = tag_of(text, dataset, form, lang(), site.base_url() if form == "html" else "")
    response = not_modified(tag)
    if response is None:
        response = _response(site, found, text, dataset, form, tag)
    mark(response, tag)
    response.headers.add("Link", f'<{site.url(str(found.iri))}>; rel="describedby"')
    return varied(response)


def _response(
    site: Site, found: Query, text: str, dataset: tuple[str, ...] | None, form: str, tag: str
) -> Response:
    if form == "rq":
        return Response(text, content_type="application/sparql-query; charset=utf-8")
    plan = guard.checked(text, ())
    named = None if dataset is None else ()
    answer = run(plan, "json" if form == "html" else form, tag, dataset, named)
    if form == "html":
        from montages.web import pages

        result = Result.read(answer.body)
        shown = Result(
            result.columns, result.rows, query.labels_of(site.dataset.default, result.rows)
        )
        response = Response(pages.answer(site, found, shown), mimetype="text/html")
    else:
        response = Response(answer.body, content_type=content_type(_ANSWERS, form))
    tell_cut(response, answer)
    return response


def _given(found: Query) -> tuple[dict[str, str], date | None]:
    """Return the parameters of the question, and the day of the law if one is asked for."""
    known = declared(found)
    given = {}
    for name, value in request.args.items():
        if name in known:
            given[name] = value
        elif name not in _OURS:
            raise unknown("paramètre", "parameter", name, dict.fromkeys((*known, *_OURS)))
    if "lang" in known:
        given.setdefault("lang", lang())
    day = request.args.get("as_of")
    return given, read_day(day) if day else None


def _dataset(site: Site, as_of: date | None) -> tuple[str, ...] | None:
    """Return the graphs in force on a day; None where they are those that the service asks by itself."""
    today = str(module(rules_at(site.dataset.day)))
    then = str(module(rules_at(as_of or site.dataset.day)))
    if then == today:
        return None
    compiled = str(MODULE["compiled/"])
    return (*(n for n in site.dataset.graphs if not n.startswith(compiled)), then)
