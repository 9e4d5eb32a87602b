"""The answer to a published question as a page: a table with names and links, and the form to ask again."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import request
from rdflib import Graph, URIRef
from rdflib.term import Node

from montages.knowledge.queries import Query
from montages.store.result import Result
from montages.web.pages import query as query_page
from montages.web.pages.frame import Frame, Link, frame
from montages.web.pages.shown import Shown, shown
from montages.web.site import Site

_SHOWN = 500
_NOTHING = Graph()


def answer(site: Site, query: Query, result: Result) -> str:
    """Return the page of an answer: its first rows, and all of them as files."""
    made = frame(site)
    rows = [
        [_cell(cell, made) if cell is not None else None for cell in row]
        for row in result.rows[:_SHOWN]
    ]
    asked = {k: v for k, v in request.args.items() if k != "lang"}
    return made.render(
        "answer.html",
        **query_page.about(query, made),
        iri_page=Link(query.title[made.lang], made.page_of(str(query.iri))),
        columns=result.columns,
        rows=rows,
        total=len(result.rows),
        downloads=[
            (
                name,
                f"{made.root}/queries/{query.key}{ending}"
                + (f"?{urlencode(asked)}" if asked else ""),
            )
            for name, ending in (("CSV", ".csv"), ("JSON", ".json"), ("SPARQL", ".rq"))
        ],
    )


def _cell(node: Node, made: Frame) -> Shown:
    text = str(node)
    if (
        not isinstance(node, URIRef)
        and " " in text
        and all(w.startswith("http") for w in text.split())
    ):
        return Shown(items=tuple(shown(URIRef(w), _NOTHING, made) for w in text.split()))
    return shown(node, _NOTHING, made)
