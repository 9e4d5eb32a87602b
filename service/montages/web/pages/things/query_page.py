"""The page of a published query: its text, its parameters as a form, and its answers."""

from __future__ import annotations

from typing import Any

from flask import request

from montages.knowledge.files.published_queries import Query
from montages.store.questions.query_parameters import declared_parameters, defaults, query_text
from montages.web.pages.page_context import PageContext


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
