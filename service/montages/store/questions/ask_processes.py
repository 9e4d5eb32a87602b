"""A question put to processes that answer queries: published, by its name, or any other, as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from montages.store.dataset import Dataset
from montages.store.questions.ask import find, labels_of, on_day
from montages.store.questions.graphs_on_day import graphs_on
from montages.store.questions.query_parameters import bind, query_text
from montages.store.questions.query_result import Result
from montages.store.sparql.query_guard import BASE_IRI
from montages.store.sparql.query_pool import Pool, SerialisedAnswer


def ask_processes(
    pool: Pool, dataset: Dataset, name: str, parameters: Mapping[str, str], as_of: date | None
) -> Result:
    """Return what processes over a dataset answer to a question.

    Raises what `ask.run` raises, and what the pool raises.
    """
    query = find(name)
    text = query_text(query, bind(query, on_day(query, parameters, as_of), dataset.default))
    answer = put(pool, dataset, text, ("json",), as_of)
    return named(Result.read(answer.body), dataset)


def put(
    pool: Pool, dataset: Dataset, text: str, formats: tuple[str, ...], as_of: date | None
) -> SerialisedAnswer:
    """Return the answer to the text of a query under the law of a day; raises what the pool raises."""
    default = graphs_on(dataset, as_of)
    return pool.ask(
        {
            "query": text,
            "base": BASE_IRI,
            "formats": formats,
            "default": default,
            "named": None if default is None else (),
        }
    )


def named(result: Result, dataset: Dataset) -> Result:
    """Return an answer with the names of the things of ours that it holds."""
    return replace(result, labels=labels_of(dataset.default, result.rows))
