"""The calls of the tools that query the graph: a query of one's own, a published question, their list."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

from rdflib import URIRef

from montages.assessment.json_pieces import compact
from montages.description.dates import read_day
from montages.knowledge.files.published_queries import Query
from montages.mcp.answers.assistant_form import assistant_form
from montages.mcp.queries.graph_queries import GraphQueries
from montages.mcp.queries.shown_rows import RowWindow, shown_answer, things_of
from montages.store.questions import ask
from montages.store.questions.graphs_on_day import graphs_on
from montages.store.questions.query_parameters import bind, declared_parameters, query_text
from montages.store.sparql.limit_errors import text_too_long
from montages.store.sparql.query_pool import limits

Arguments = Mapping[str, Any]


def sparql(queries: GraphQueries, arguments: Arguments, caller: socket.socket | None) -> bytes:
    """Return the answer to a query; raises QueryTooLong, and as the pool does."""
    size, limit = len(arguments["query"].encode(errors="surrogatepass")), limits().length
    if size > limit:
        raise text_too_long(size, limit)
    answer = queries.ask(arguments["query"], caller=caller)
    return assistant_form(
        shown_answer(answer, _window(arguments), arguments["lang"]), "sparql", brief=False
    )


def named_query(queries: GraphQueries, arguments: Arguments, caller: socket.socket | None) -> bytes:
    """Return the answer to a published question, or the list; raises UnknownName, and as the pool does."""
    lang = arguments["lang"]
    if arguments["name"] is None:
        return compact({"queries": [_listed(query, lang) for query in ask.listing()]})
    query = ask.find(arguments["name"])
    day = read_day(arguments["as_of"]) if arguments["as_of"] else None
    values = dict(arguments["parameters"] or {})
    if "lang" in declared_parameters(query):
        values.setdefault("lang", lang)
    dataset = queries.dataset
    text = query_text(query, bind(query, ask.on_day(query, values, day), dataset.default))
    answer = queries.ask(text, graphs_on(dataset, day), caller)
    shown = shown_answer(answer, _window(arguments), lang)
    things = {URIRef(iri) for iri in things_of(shown.get("rows", ()))}
    labels = ask.labels_of(dataset.default, (tuple(sorted(things)),))
    headings = {name: query.heading(name, lang) for name in shown.get("columns", ())}
    head = {"query": query.key, "title": query.title[lang]}
    named = {str(thing): text[lang] for thing, text in sorted(labels.items())}
    tree = {**head, **shown, "headings": headings, "labels": named}
    return assistant_form(tree, "named_query", brief=False)


def _listed(query: Query, lang: str) -> dict[str, Any]:
    return {
        "name": query.key,
        "title": query.title[lang],
        "parameters": {
            it.name: it.default for it in declared_parameters(query).values() if it.name != "lang"
        },
    }


def _window(arguments: Arguments) -> RowWindow:
    return RowWindow(arguments["offset"], arguments["limit"], arguments["characters"])


QUERY_CALLS = {"sparql": sparql, "named_query": named_query}
