"""The pages of a published query: its text, its parameters as a form, and its answer as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from flask import request
from rdflib import Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.knowledge.files.published_queries import Query
from montages.store.questions.query_parameters import declared_parameters, defaults, query_text
from montages.store.questions.query_result import Result
from montages.web.app_state import AppState
from montages.web.pages.page_context import Link, PageContext, page_context
from montages.web.pages.things.render_term import RenderedTerm, in_french, render_term

_MOST_ROWS = 500
_HEADINGS = Text("CSV à titres", "CSV with headings")
_NOTHING = Graph()


def query_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a query shows."""
    return parts_of_query(context.labels.queries[iri], context)


def parts_of_query(query: Query, context: PageContext) -> dict[str, Any]:
    """Return a query with its fields, as pages show it."""
    body = "\n".join(line for line in query.text.splitlines() if not line.startswith("#+"))
    return {
        "query": query,
        "runs": query.folder == "questions",
        "body": body.strip(),
        "fields": fields(query, context),
    }


def runnable(query: Query) -> str:
    """Return the text of a query without its header, its parameters at their defaults."""
    lines = query_text(query, defaults(query)).splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


def fields(query: Query, context: PageContext) -> list[dict[str, Any]]:
    """Return the fields of the form of a query, filled with what was asked, else with the defaults."""
    form = []
    for name, parameter in declared_parameters(query).items():
        if name == "lang":
            continue
        form.append(
            {
                "name": name,
                "label": parameter.text[context.lang],
                "type": {"integer": "number", "date": "date"}.get(parameter.type, "text"),
                "value": request.args.get(name, parameter.default),
                "choices": _choices(parameter.type, parameter.default, context),
            }
        )
    return form


def _choices(kind: str, default: str, context: PageContext) -> list[tuple[str, str]]:
    """Return the things like the default, for a parameter that names one."""
    if kind != "iri":
        return []
    folder = default.rpartition("/")[0] + "/"
    things = [
        t for t in context.lookups.things if t.startswith(folder) and "/" not in t[len(folder) :]
    ]
    named = [(t, context.labels.name(t, context.lang)) for t in things if "#" not in t]
    return sorted(named, key=lambda pair: pair[1].casefold()) if len(named) <= 200 else []


def answer_page(state: AppState, query: Query, result: Result) -> str:
    """Return the page of an answer: its first rows, and all as files."""
    context = page_context(state)
    cells = [
        [
            _cell(cell, context, query.is_french(column)) if cell is not None else None
            for column, cell in zip(result.columns, row, strict=True)
        ]
        for row in result.rows[:_MOST_ROWS]
    ]
    columns = _distinct(cells, len(result.columns))
    parameters = {k: v for k, v in request.args.items() if k != "lang"}
    return context.render(
        "answer.html",
        **parts_of_query(query, context),
        iri_page=Link(query.title[context.lang], context.page_of(str(query.iri))),
        columns=[
            (query.heading(result.columns[n], context.lang), result.columns[n]) for n in columns
        ],
        rows=[[row[n] for n in columns] for row in cells],
        total=len(result.rows),
        downloads=[
            (
                name,
                f"{context.root}/queries/{query.key}{ending}"
                + (f"?{urlencode(parameters | more)}" if parameters or more else ""),
            )
            for name, ending, more in (
                ("CSV", ".csv", {}),
                (_HEADINGS[context.lang], ".csv", {"headings": "labels", "lang": context.lang}),
                ("JSON", ".json", {}),
                ("SPARQL", ".rq", {}),
            )
        ],
    )


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
