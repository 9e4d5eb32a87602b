"""Ask a published question: by its name, with parameters bound as terms, never pasted as text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.query import ResultRow

from montages.bilingual import Text
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query, queries
from montages.knowledge.graphs import text
from montages.store.published_graph import published_graph
from montages.store.questions.query_parameters import bind, declared_parameters
from montages.store.questions.query_result import Cell, Result


def listing() -> tuple[Query, ...]:
    """Return the published questions in the order of their numbers; each has key, title, header."""
    return queries("questions")


def find(name: str) -> Query:
    """Return a question by its name, with or without its number; raises UnknownName."""
    by_key = {query.key: query for query in listing()}
    by_file = {query.name: query for query in listing()}
    if name not in by_key and name not in by_file:
        raise unknown_name("nom de question", "question name", name, by_key)
    return by_key.get(name) or by_file[name]


def run(
    name: str, parameters: Mapping[str, str] | None = None, as_of: date | None = None
) -> Result:
    """Return the answer to a question under the law of a day, today by default.

    `parameters` are texts by name, each read as the header of the question declares; one left out
    has its default. Raises UnknownName for a name, a parameter or a thing that does not exist, and
    UnreadableInput for a value that is not of its type.
    """
    query = find(name)
    graph = published_graph(as_of or date.today())
    terms = bind(query, on_day(query, parameters or {}, as_of), graph)
    answer = graph.query(query.text, initBindings=terms)
    columns = tuple(str(variable) for variable in answer.vars or ())
    rows = tuple(tuple(row) for row in answer if isinstance(row, ResultRow))
    return Result(columns, rows, labels_of(graph, rows))


def on_day(query: Query, parameters: Mapping[str, str], as_of: date | None) -> Mapping[str, str]:
    """Return the parameters with the day of the law, for a question that has a `day` and is not told it."""
    if as_of is None or "day" in parameters or "day" not in declared_parameters(query):
        return parameters
    return {**parameters, "day": as_of.isoformat()}


def labels_of(graph: Graph, rows: tuple[tuple[Cell, ...], ...]) -> dict[URIRef, Text]:
    """Return the names, in both languages, of the things that rows hold."""
    things = {cell for row in rows for cell in row if isinstance(cell, URIRef)}
    names = {thing: text(graph, thing, SKOS.prefLabel, RDFS.label) for thing in things}
    return {thing: name for thing, name in names.items() if name.fr}
