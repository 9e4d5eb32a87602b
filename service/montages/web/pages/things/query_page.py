"""The pages of a published query: its text, its parameters as a form, and its answer as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request
from rdflib import Graph, URIRef
from rdflib.term import Node

from montages.knowledge.files.published_queries import Query
from montages.store.questions.query_parameters import (
    QueryParameter,
    declared_parameters,
    defaults,
    query_text,
)
from montages.store.questions.query_result import Result
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import PageContext, page_context
from montages.web.pages.things.render_term import RenderedTerm, in_french, render_term

_MOST_ROWS = 500
_NOTHING = Graph()


def query_values(thing: GraphNode) -> dict[str, Any]:
    """Return the query of a page."""
    return parts_of_query(thing.context.labels.queries[thing.iri], thing.context)


def parts_of_query(query: Query, context: PageContext) -> dict[str, Any]:
    """Return a query with the parameters that its form asks for, and what may be chosen for each."""
    parameters = declared_parameters(query)
    return {
        "query": query,
        "body": without_header(query.text),
        "parameters": {name: asked for name, asked in parameters.items() if name != "lang"},
        "choices": lambda parameter: _choices(parameter, context),
    }


def without_header(text: str) -> str:
    """Return the text of a query without what is said of it above."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip()


def runnable(query: Query) -> str:
    """Return the text of a query without its header, its parameters at their defaults."""
    return without_header(query_text(query, defaults(query))) + "\n"


def _choices(parameter: QueryParameter, context: PageContext) -> list[tuple[str, str]]:
    """Return the things like the default, for a parameter that names one."""
    if parameter.type != "iri":
        return []
    folder = parameter.default.rpartition("/")[0] + "/"
    things = [
        t for t in context.state.things if t.startswith(folder) and "/" not in t[len(folder) :]
    ]
    named = [(t, context.labels.name(t, context.lang)) for t in things if "#" not in t]
    return sorted(named, key=lambda pair: pair[1].casefold()) if len(named) <= 200 else []


def answer_page(query: Query, result: Result) -> str:
    """Return the page of an answer: its first rows, and all as files."""
    context = page_context()
    cells = [
        [
            _cell(cell, context, query.is_french(column)) if cell is not None else None
            for column, cell in zip(result.columns, row, strict=True)
        ]
        for row in result.rows[:_MOST_ROWS]
    ]
    columns = _distinct(cells, len(result.columns))
    return context.render(
        "answer.html",
        **parts_of_query(query, context),
        columns=[
            (query.heading(result.columns[n], context.lang), result.columns[n]) for n in columns
        ],
        rows=[[row[n] for n in columns] for row in cells],
        total=len(result.rows),
        url_of=lambda ending, **more: _address(query, ending, context, more),
    )


def _address(query: Query, ending: str, context: PageContext, more: dict[str, str]) -> str:
    """Return where the answer is as a file, with what was asked."""
    parameters = {k: v for k, v in request.args.items() if k != "lang"} | more
    asked = f"?{urlencode(parameters)}" if parameters else ""
    return f"{context.root}/queries/{query.key}{ending}{asked}"


def _distinct(cells: list[list[RenderedTerm | None]], width: int) -> list[int]:
    """Return the columns that do not show what one before them shows: a thing by its name, then its name."""
    columns = [tuple(_text(row[n]) for row in cells) for n in range(width)]
    return [n for n in range(width) if not cells or columns[n] not in columns[:n]]


def _text(cell: RenderedTerm | None) -> str:
    if cell is None:
        return ""
    return cell.link.text if cell.link else cell.text or cell.key


def _cell(node: Node, context: PageContext, french: bool) -> RenderedTerm:
    text = str(node)
    if (
        not isinstance(node, URIRef)
        and " " in text
        and all(w.startswith("http") for w in text.split())
    ):
        return RenderedTerm(
            items=tuple(render_term(URIRef(w), _NOTHING, context) for w in text.split())
        )
    value = render_term(node, _NOTHING, context)
    return in_french(value) if french else value
