"""The SPARQL editor: a plain form that works by itself, which a script makes richer."""

from __future__ import annotations

from typing import Any

from flask import request
from rdflib import OWL, RDF

from montages.knowledge.files.published_queries import Query, queries
from montages.names import ALIGNED, BASE, MTG, PREFIXES, VOCABULARIES, iris
from montages.store.labels import foreign_labels
from montages.web.app_state import AppState
from montages.web.pages.page_context import STATIC, PageContext, page_context
from montages.web.pages.things.query_page import TAGS, runnable

FORMATS = (
    ("json", "JSON"),
    ("xml", "XML"),
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("ttl", "Turtle"),
)
_FIRST = "contract-families"


def editor(state: AppState) -> str:
    """Return the page of the SPARQL editor, with the example that `?example=` names, or `?query=`."""
    context = page_context(state)
    by_key = {q.key: q for q in queries("questions")}
    example = (
        by_key.get(request.args.get("example", ""))
        or by_key.get(_FIRST)
        or next(iter(by_key.values()))
    )
    return context.render(
        "editor.html",
        text=request.args.get("query") or runnable(example),
        examples=_groups(list(by_key.values()), context),
        chosen=example.key,
        formats=FORMATS,
        script=(STATIC / "vendor" / "yasgui.min.js").is_file(),
    )


def _groups(examples: list[Query], context: PageContext) -> list[tuple[str, list[Query]]]:
    groups: dict[str, list[Query]] = {}
    for query in examples:
        tag = next((t for t in query.header.get("tags") or () if t in TAGS), "rulebook")
        groups.setdefault(TAGS[tag][context.lang == "en"], []).append(query)
    return list(groups.items())


def settings(state: AppState) -> dict[str, Any]:
    """Return what the script of the editor needs: examples, prefixes, terms to complete."""
    context = page_context(state)
    graph = context.graph
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    own = [p for kind in kinds for p in iris(graph.subjects(RDF.type, kind))]
    classes = [str(c) for c in iris(graph.subjects(RDF.type, OWL.Class)) if c.startswith(str(MTG))]
    return {
        "endpoint": f"{context.root}/sparql",
        "base": BASE,
        "root": context.root,
        "prefixes": {k: str(v) for k, v in (VOCABULARIES | ALIGNED | PREFIXES).items()},
        "properties": sorted({*map(str, own), *_foreign_properties(context)}),
        "classes": sorted(classes),
        "labels": {str(t): context.labels.name(str(t), context.lang) for t in (*own, *classes)},
        "examples": [
            {
                "key": q.key,
                "title": q.title[context.lang],
                "about": q.description[context.lang],
                "query": runnable(q),
            }
            for q in queries("questions")
        ],
    }


def _foreign_properties(context: PageContext) -> list[str]:
    return [str(p) for p in foreign_labels() if (None, p, None) in context.graph]
