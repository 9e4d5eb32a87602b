"""The answer to a published question as a page: a table with names and links, and the form to ask again."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from rdflib import Graph, URIRef
from rdflib.term import Node

from montages.knowledge.files.published_queries import Query
from montages.store.questions.query_result import Result
from montages.web.app_state import AppState
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.pages.things import query_page
from montages.web.pages.things.render_term import RenderedTerm, render_term

_MOST_ROWS = 500
_NOTHING = Graph()


def answer_page(state: AppState, query: Query, result: Result) -> str:
    """Return the page of an answer: its first rows, and all of them as files."""
    context = page_context(state)
    rows = [
        [_cell(cell, context) if cell is not None else None for cell in row]
        for row in result.rows[:_MOST_ROWS]
    ]
    parameters = {k: v for k, v in request.args.items() if k != "lang"}
    return context.render(
        "answer.html",
        **query_page.parts_of_query(query, context),
        iri_page=Link(query.title[context.lang], context.page_of(str(query.iri))),
        columns=result.columns,
        rows=rows,
        total=len(result.rows),
        downloads=[
            (
                name,
                f"{context.root}/queries/{query.key}{ending}"
                + (f"?{urlencode(parameters)}" if parameters else ""),
            )
            for name, ending in (("CSV", ".csv"), ("JSON", ".json"), ("SPARQL", ".rq"))
        ],
    )


def _cell(node: Node, context: PageContext) -> RenderedTerm:
    text = str(node)
    if (
        not isinstance(node, URIRef)
        and " " in text
        and all(w.startswith("http") for w in text.split())
    ):
        return RenderedTerm(
            items=tuple(render_term(URIRef(w), _NOTHING, context) for w in text.split())
        )
    return render_term(node, _NOTHING, context)
