"""The SPARQL editor: a plain form that works by itself, which a script makes richer."""

from __future__ import annotations

from typing import Any

from flask import request
from rdflib import OWL, RDF

from montages.knowledge.queries import Query, queries
from montages.names import BASE, MTG, PREFIXES, iris
from montages.store import foreign_terms
from montages.web.pages.frame import STATIC, Frame, frame
from montages.web.pages.query import TAGS, runnable
from montages.web.site import Site

FORMATS = (
    ("json", "JSON"),
    ("xml", "XML"),
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("ttl", "Turtle"),
)
_FIRST = "contract-families"


def editor(site: Site) -> str:
    """Return the page of the SPARQL editor, with the example that `?example=` names, or `?query=`."""
    made = frame(site)
    found = {q.key: q for q in queries("questions")}
    example = (
        found.get(request.args.get("example", ""))
        or found.get(_FIRST)
        or next(iter(found.values()))
    )
    return made.render(
        "editor.html",
        text=request.args.get("query") or runnable(example),
        examples=_groups(list(found.values()), made),
        chosen=example.key,
        formats=FORMATS,
        script=(STATIC / "vendor" / "yasgui.min.js").is_file(),
    )


def _groups(found: list[Query], made: Frame) -> list[tuple[str, list[Query]]]:
    groups: dict[str, list[Query]] = {}
    for query in found:
        tag = next((t for t in query.header.get("tags") or () if t in TAGS), "rulebook")
        groups.setdefault(TAGS[tag][made.lang == "en"], []).append(query)
    return list(groups.items())


def settings(site: Site) -> dict[str, Any]:
    """Return what the script of the editor needs: examples, prefixes, terms to complete."""
    made = frame(site)
    graph = made.graph
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, RDF.Property)
    own = [p for kind in kinds for p in iris(graph.subjects(RDF.type, kind))]
    classes = [str(c) for c in iris(graph.subjects(RDF.type, OWL.Class)) if c.startswith(str(MTG))]
    return {
        "endpoint": f"{made.root}/sparql",
        "base": BASE,
        "root": made.root,
        "prefixes": {**foreign_terms.PREFIXES, **{k: str(v) for k, v in PREFIXES.items()}},
        "properties": sorted({*map(str, own), *_used(made)}),
        "classes": sorted(classes),
        "labels": {str(t): made.labels.name(str(t), made.lang) for t in (*own, *classes)},
        "examples": [
            {
                "key": q.key,
                "title": q.title[made.lang],
                "about": q.description[made.lang],
                "query": runnable(q),
            }
            for q in queries("questions")
        ],
    }


def _used(made: Frame) -> list[str]:
    return [str(p) for p in foreign_terms.NAMES if (None, p, None) in made.graph]
