"""The calls of the tools that query the graph, and what is shown of an answer: as much as fits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rdflib import URIRef

from montages.assessment.json_pieces import compact
from montages.bilingual import message
from montages.description.dates import read_day
from montages.errors import Overlong
from montages.knowledge.files.published_queries import Query
from montages.processes.turns import ClientWatch
from montages.store.questions import ask
from montages.store.questions.ask import graphs_on
from montages.store.questions.query_parameters import bind, declared_parameters, query_text
from montages.store.sparql.query_errors import text_too_long
from montages.store.sparql.query_pool import SerialisedAnswer, limits
from montages_assistants.answers.assistant_form import assistant_form
from montages_assistants.graph_queries import GraphQueries

T = TypeVar("T")
Arguments = Mapping[str, Any]


def sparql(queries: GraphQueries, arguments: Arguments, caller: ClientWatch | None) -> bytes:
    """Return the answer to a query; raises QueryTooLong, and as the pool does."""
    size, limit = len(arguments["query"].encode(errors="surrogatepass")), limits().length
    if size > limit:
        raise text_too_long(size, limit)
    answer = queries.ask(arguments["query"], caller=caller)
    return assistant_form(
        shown_answer(answer, _window(arguments), arguments["lang"]), "sparql", brief=False
    )


def query(queries: GraphQueries, arguments: Arguments, caller: ClientWatch | None) -> bytes:
    """Return the answer to a published question, or the list; raises UnknownName, and as the pool does."""
    lang = arguments["lang"]
    if arguments["name"] is None:
        return compact({"queries": [_listed(question, lang) for question in ask.listing()]})
    question = ask.find(arguments["name"])
    day = read_day(arguments["as_of"]) if arguments["as_of"] else None
    values = dict(arguments["parameters"] or {})
    if "lang" in declared_parameters(question):
        values.setdefault("lang", lang)
    dataset = queries.dataset
    text = query_text(question, bind(question, ask.on_day(question, values, day), dataset.default))
    answer = queries.ask(text, graphs_on(dataset, day), caller)
    excerpt = shown_answer(answer, _window(arguments), lang)
    things = {URIRef(iri) for iri in things_of(excerpt.get("rows", ()))}
    labels = ask.labels_of(dataset.default, (tuple(sorted(things)),))
    headings = {name: question.heading(name, lang) for name in excerpt.get("columns", ())}
    head = {"query": question.key, "title": question.title[lang]}
    named = {str(thing): text[lang] for thing, text in sorted(labels.items())}
    tree = {**head, **excerpt, "headings": headings, "labels": named}
    return assistant_form(tree, "query", brief=False)


def _listed(query: Query, lang: str) -> dict[str, Any]:
    return {
        "name": query.key,
        "title": query.title[lang],
        "parameters": {
            parameter.name: parameter.default
            for parameter in declared_parameters(query).values()
            if parameter.name != "lang"
        },
    }


def _window(arguments: Arguments) -> RowWindow:
    return RowWindow(arguments["offset"], arguments["limit"], arguments["characters"])


QUERY_CALLS = {"sparql": sparql, "query": query}

_WHOLE = message("This is the whole answer.")
_NOTHING = message("Nothing answers this query.")
_BEYOND = message("The answer has {} rows only: offset is beyond.")
_MORE = message("Cut: rows {} to {} of {}. For the rest, call again with offset={}.")


@dataclass(frozen=True)
class RowWindow:
    """Which rows are wanted: so many from one on, in so many characters."""

    offset: int
    limit: int
    characters: int


def shown_answer(answer: SerialisedAnswer, window: RowWindow, lang: str) -> dict[str, Any]:
    """Return the form of an answer, its first rows or triples, and where to go on; raises Overlong."""
    head: dict[str, Any] = {"form": answer.form}
    if answer.format == "nt":
        lines = [line for line in answer.body.decode().splitlines() if line]
        triples = _fitting(lines, window, len)
        return {**head, "triples": triples, **_extent(len(lines), len(triples), window, lang)}
    tree = json.loads(answer.body)
    if "boolean" in tree:
        extent = {"offset": 0, "shown": 1, "next_offset": None, "note": _WHOLE[lang]}
        return {**head, "boolean": tree["boolean"], **extent}
    columns, bindings = tree["head"].get("vars", []), tree["results"]["bindings"]
    rows = [[row.get(name, {}).get("value") for name in columns] for row in bindings]
    shown_rows = _fitting(rows, window, lambda row: len(json.dumps(row, ensure_ascii=False)))
    return {
        **head,
        "columns": columns,
        "rows": shown_rows,
        **_extent(len(rows), len(shown_rows), window, lang),
    }


def _fitting(rows: Sequence[T], window: RowWindow, size: Callable[[T], int]) -> list[T]:
    """Return the rows of a window that fit in its characters."""
    left, window_rows = window.characters, list[T]()
    for row in rows[window.offset : window.offset + window.limit]:
        left -= size(row) + 2
        if left < 0:
            break
        window_rows.append(row)
    if not window_rows and rows[window.offset :]:
        raise Overlong(
            message(
                "Row {row} alone is over {characters} characters. Ask for fewer columns, cut texts "
                "(SUBSTR(STR(?x), 1, 500)), or raise characters.",
                row=window.offset + 1,
                characters=window.characters,
            )
        )
    return window_rows


def _extent(count: int, length: int, window: RowWindow, lang: str) -> dict[str, Any]:
    """Return which rows are shown of how many, where to go on, and that in words."""
    end = window.offset + length
    following = end if end < count else None
    if following is not None:
        note = _MORE[lang].format(window.offset + 1, end, count, following)
    elif not count:
        note = _NOTHING[lang]
    else:
        note = _WHOLE[lang] if length else _BEYOND[lang].format(count)
    return {"offset": window.offset, "shown": length, "next_offset": following, "note": note}


def things_of(rows: Iterable[Sequence[str | None]]) -> set[str]:
    """Return the cells of rows that may be names of ours."""
    return {cell for row in rows for cell in row if cell and cell.startswith("https://")}
