"""The published questions: listed, and asked by name, with parameters bound as terms, never pasted as text.

One is answered in this process, or put to processes that answer queries, as any other query may be.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from rdflib import RDFS, SKOS, Graph, URIRef
from rdflib.query import ResultRow

from montages.bilingual import Text, message
from montages.knowledge.did_you_mean import unknown_name
from montages.knowledge.files.published_queries import Query, queries
from montages.knowledge.graphs import text
from montages.store.dataset import Dataset
from montages.store.published_graph import published_graph
from montages.store.questions.query_parameters import bind, declared_parameters, query_text
from montages.store.questions.query_result import Cell, Result

if TYPE_CHECKING:
    # A question answered in this process needs no others.
    from montages.store.sparql.query_pool import Pool, SerialisedAnswer

# Their subjects, by the tags of their headers, in the order of the lists.
QUESTION_TAGS = {
    "sheet": message("The InfraNum sheet"),
    "rulebook": message("The rules"),
    "contracts": message("The contracts"),
    "actors": message("The actors"),
    "layers": message("The layers"),
    "attention": message("The points of attention"),
    "projects": message("The real projects"),
    "assessments": message("The projects assessed"),
    "sources": message("The sources"),
}


def listing() -> tuple[Query, ...]:
    """Return the published questions in the order of their numbers; each has key, title, header."""
    return queries("questions")


def find(name: str) -> Query:
    """Return a question by its name, with or without its number; raises UnknownName."""
    by_key = {query.key: query for query in listing()}
    by_file = {query.name: query for query in listing()}
    if name not in by_key and name not in by_file:
        raise unknown_name(message("question name"), name, by_key)
    return by_key.get(name) or by_file[name]


def question_tag(query: Query) -> str:
    """Return the tag of the subject of a question."""
    return next((tag for tag in query.header.get("tags") or () if tag in QUESTION_TAGS), "rulebook")


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


def ask_processes(
    pool: Pool, dataset: Dataset, name: str, parameters: Mapping[str, str], as_of: date | None
) -> Result:
    """Return what processes over a dataset answer to a question.

    Raises what `run` raises, and what the pool raises.
    """
    query = find(name)
    text = query_text(query, bind(query, on_day(query, parameters, as_of), dataset.default))
    answer = put_query(pool, dataset, text, ("json",), as_of)
    return with_labels(Result.read(answer.body), dataset)


def put_query(
    pool: Pool, dataset: Dataset, text: str, formats: tuple[str, ...], as_of: date | None
) -> SerialisedAnswer:
    """Return the answer to the text of a query under the law of a day; raises what the pool raises."""
    default = graphs_on(dataset, as_of)
    return pool.ask(text, formats, (default, None if default is None else ()))


def with_labels(result: Result, dataset: Dataset) -> Result:
    """Return an answer with the names of the things of ours that it holds."""
    return replace(result, labels=labels_of(dataset.default, result.rows))


def graphs_on(dataset: Dataset, as_of: date | None) -> tuple[str, ...] | None:
    """Return the graphs in force on a day; None where they are those asked without naming any."""
    graphs = tuple(dataset.default_graphs(as_of))
    return None if graphs == tuple(dataset.default_graphs()) else graphs
