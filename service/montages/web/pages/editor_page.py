"""The SPARQL editor: a plain form that works by itself, which a script makes richer."""

from __future__ import annotations

from typing import Any

from flask import request
from rdflib import OWL, RDF

from montages.knowledge.files.published_queries import Query, queries
from montages.names import ALIGNED, MTG, PREFIXES, VOCABULARIES, iris
from montages.store.labels import foreign_labels
from montages.store.questions.ask import QUESTION_TAGS, question_tag
from montages.web.app_state import AppState
from montages.web.pages.page_context import STATIC, PageContext, page_context
from montages.web.pages.things.query_page import runnable

# The names of formats in an address, for a table and for a graph.
TABLES = (("json", "JSON"), ("xml", "XML"), ("csv", "CSV"), ("tsv", "TSV"))
GRAPHS = (
    ("turtle", "Turtle"),
    ("jsonld", "JSON-LD"),
    ("rdf", "RDF/XML"),
    ("nt", "N-Triples"),
    ("trig", "TriG"),
    ("nq", "N-Quads"),
    ("n3", "N3"),
)
_FIRST = "contract-families"
# Characters of an address: a query that needs more is sent by POST.
LONGEST_ADDRESS = 6_000


def editor(state: AppState, query: str | None = None, **values: Any) -> str:
    """Return the page of the SPARQL editor, with a query or the example that `?example=` names.

    `values` are what the page shows of an answer: those of `query_result_page`.
    """
    context = page_context(state)
    by_key = {q.key: q for q in queries("questions")}
    example = (
        by_key.get(request.args.get("example", ""))
        or by_key.get(_FIRST)
        or next(iter(by_key.values()))
    )
    return context.render(
        "editor.html",
        text=runnable(example) if query is None else query,
        examples=_groups(list(by_key.values()), context),
        chosen=example.key if query is None else "",
        formats=TABLES + GRAPHS,
        longest=LONGEST_ADDRESS,
        script=(STATIC / "vendor" / "yasgui.min.js").is_file(),
        **values,
    )


def _groups(examples: list[Query], context: PageContext) -> list[tuple[str, list[Query]]]:
    groups: dict[str, list[Query]] = {}
    for query in examples:
        groups.setdefault(QUESTION_TAGS[question_tag(query)][context.lang], []).append(query)
    return list(groups.items())


def settings(state: AppState) -> dict[str, Any]:
    """Return what the script of the editor needs: examples, prefixes, terms to complete."""
    context = page_context(state)
    graph = context.graph
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    own = [p for kind in kinds for p in iris(graph.subjects(RDF.type, kind))]
    classes = [str(c) for c in iris(graph.subjects(RDF.type, OWL.Class)) if c.startswith(str(MTG))]
    return {
        "prefixes": {k: str(v) for k, v in (VOCABULARIES | ALIGNED | PREFIXES).items()},
        "properties": sorted({*map(str, own), *_foreign_properties(context)}),
        "classes": sorted(classes),
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
