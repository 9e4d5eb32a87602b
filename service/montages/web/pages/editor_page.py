"""The SPARQL editor: a query to edit, then its answer as a table, or what is wrong with it.

It is a plain form that works by itself, which a script makes richer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Response, request
from rdflib import OWL, RDF, URIRef

from montages.bilingual import message
from montages.errors import MontagesError
from montages.knowledge.files.published_queries import Query, queries
from montages.names import ALIGNED, BASE, MTG, PREFIXES, VOCABULARIES, iris
from montages.publish.linked_data.problem_types import PROBLEM
from montages.store.labels import foreign_labels, short
from montages.store.questions.ask import QUESTION_TAGS, question_tag
from montages.store.sparql.answer_forms import AnswerRows
from montages.web.pages.list_forms import json_answer
from montages.web.pages.page_context import STATIC, Link, PageContext, page_context
from montages.web.pages.things.query_page import runnable
from montages.web.route import ANY_JSON, FREE_LANG, Routes, answers

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
# The forms of query that a table answers.
_TABLE = frozenset({"SELECT", "ASK"})
ROUTES = Routes("pages")
_CONTEXT = 60  # characters of a line on either side of the place of a fault


def editor(query: str | None = None, **values: Any) -> str:
    """Return the page of the SPARQL editor, with a query or the example that `?example=` names.

    `values` are what the page shows of an answer: see `result_page` and `fault_page`.
    """
    context = page_context()
    by_key = {q.key: q for q in queries("questions")}
    example = (
        by_key.get(request.args.get("example", ""))
        or by_key.get(_FIRST)
        or next(iter(by_key.values()))
    )
    groups: dict[str, list[Query]] = {}
    for question in by_key.values():
        groups.setdefault(QUESTION_TAGS[question_tag(question)][context.lang], []).append(question)
    return context.render(
        "editor.html",
        text=runnable(example) if query is None else query,
        examples=list(groups.items()),
        chosen=example.key if query is None else "",
        formats=TABLES + GRAPHS,
        longest=LONGEST_ADDRESS,
        script=(STATIC / "vendor" / "yasgui.min.js").is_file(),
        **values,
    )


@ROUTES.get(
    "/editor.json",
    message("The settings of the SPARQL editor"),
    FREE_LANG,
    answers=answers(ANY_JSON),
)
def editor_settings() -> Response:
    """Answer what the script of the editor needs: examples, prefixes, terms to complete."""
    context = page_context()
    graph = context.graph
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    own = [p for kind in kinds for p in iris(graph.subjects(RDF.type, kind))]
    foreign = [str(p) for p in foreign_labels() if (None, p, None) in graph]
    classes = [str(c) for c in iris(graph.subjects(RDF.type, OWL.Class)) if c.startswith(str(MTG))]
    settings = {
        "prefixes": {k: str(v) for k, v in (VOCABULARIES | ALIGNED | PREFIXES).items()},
        "properties": sorted({*map(str, own), *foreign}),
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
    return json_answer(settings)


@dataclass(frozen=True)
class WrittenQuery:
    """A query as it came, with the graphs that the request names beside it."""

    text: str
    graphs: tuple[tuple[str, str], ...] = ()

    def address(self, path: str, **parameters: str) -> str | None:
        """Return the address of its answer, None where it is too long for one."""
        fields = [("query", self.text), *self.graphs, *parameters.items()]
        encoded = urlencode(fields, errors="surrogatepass")
        return f"{path}?{encoded}" if len(encoded) <= LONGEST_ADDRESS else None


def result_page(query: WrittenQuery, form: str, answer: AnswerRows) -> str:
    """Return the page of an answer to a form of query; one over the row limit has no files."""
    context = page_context()
    path = f"{context.root}/sparql"
    formats = () if answer.more else TABLES if form in _TABLE else GRAPHS
    return editor(
        query.text,
        graphs=query.graphs,
        answer=answer,
        headings=_headings(query.text, context.lang),
        link_of=lambda iri: _link(iri, context),
        permalink=query.address(f"{context.state.base_url()}/sparql"),
        downloads=[(name, text, query.address(path, format=name)) for name, text in formats],
    )


def fault_page(query: WrittenQuery, error: MontagesError) -> str:
    """Return the page of a query that was not answered: what is wrong, where, and what to do."""
    context = page_context()
    problem = error.problem(context.lang)
    line, column = problem.get("line"), problem.get("column")
    return editor(
        query.text,
        graphs=query.graphs,
        problem=problem,
        place=_place(query.text, line, column) if line and column else None,
        about=context.page_of(PROBLEM + error.slug),
    )


def _place(text: str, line: int, column: int) -> str | None:
    """Return the line of a fault with a sign under its place."""
    lines = text.split("\n")
    if line > len(lines):
        return None
    start = max(0, column - 1 - _CONTEXT)
    part = lines[line - 1].rstrip("\r").replace("\t", " ")[start : column - 1 + _CONTEXT]
    head = f"{line} | " + ("…" if start else "")
    return f"{head}{part}\n{' ' * (len(head) + column - 1 - start)}^"


def _headings(text: str, lang: str) -> dict[str, str]:
    """Return the headings to read of the columns of a published question, none for another query."""
    asked = next((q for q in queries("questions") if runnable(q).split() == text.split()), None)
    columns = asked.header.get("columns", ()) if asked else ()
    return {name: asked.heading(name, lang) for name in columns} if asked else {}


def _link(iri: str, context: PageContext) -> Link:
    """Return an IRI of an answer as its name and its page; without a page, as what is open to all."""
    # Names are looked up, and remembered, of what has one: a query may make up any number of IRIs.
    things, ours = context.state.things, iri.startswith(BASE)
    if iri in things or iri.partition("#")[0] in things or URIRef(iri) in foreign_labels():
        link = context.link(iri)
        return Link(link.text, link.href, iri, external=not ours)
    open_to_all = not ours and iri.startswith(("http://", "https://"))
    return Link(short(iri), iri if open_to_all else None, iri, external=not ours)
