"""Queries answered for the command line as the service answers them: in processes, under the same limits.

That is what a store on disk or another engine is asked by, and what answers any query that is no published
question.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from montages.bilingual import message
from montages.cli.output import show, write
from montages.errors import UnusableInput
from montages.processes.worker_pool import PoolSize
from montages.publish.linked_data.documents import served_dataset
from montages.publish.text import query_text
from montages.store.dataset import Dataset
from montages.store.disk.store_folder import served_store
from montages.store.questions.ask import ask_processes, put_query, with_labels
from montages.store.questions.query_result import Result
from montages.store.sparql.query_pool import Pool, limits, started_pool
from montages.store.sparql.query_worker import NoFormat
from montages.store.sparql.remote.remote_engine import remote_engine

# What is asked for by the name of a form of output: of a table of rows, and of a graph.
_FORMATS = {
    "table": ("json", "turtle"),
    "csv": ("csv",),
    "json": ("json", "jsonld"),
    "turtle": ("turtle", "json"),
}
_ONE_QUERY = PoolSize(workers=1, queue=0, wait=0.0)


def answer_free_query(
    text: str, form: str, as_of: date | None, folder: str, endpoint: str, lang: str
) -> None:
    """Write the answer to a query of one's own.

    It is put to a store, to another engine, or to what is published. Raises what the pool raises, and
    UnusableInput for a form that its answer has not.
    """
    with _query_pool(folder, endpoint) as (pool, dataset):
        try:
            answer = put_query(pool, dataset, text, _FORMATS[form], as_of)
        except NoFormat as error:
            raise UnusableInput(
                message(
                    "The answer to {error} is a graph, which {form} does not write: --format "
                    "turtle or json.",
                    error=error,
                    form=form,
                )
            ) from error
    if answer.format != "json" or form == "json":
        write(answer.body.decode().rstrip("\n") + "\n")
    else:
        result = with_labels(Result.read(answer.body), dataset)
        if form == "turtle":
            write(query_text.turtle(result))
        else:
            show(query_text.AnswerTable("", result.columns, result, lang))


def answer_of_store(
    name: str, parameters: Mapping[str, str], as_of: date | None, folder: str, endpoint: str
) -> Result:
    """Return what a store, or another engine, answers to a published question.

    Raises what `ask_processes` raises, and what a store raises that cannot be read.
    """
    with _query_pool(folder, endpoint) as (pool, dataset):
        return ask_processes(pool, dataset, name, parameters, as_of)


@contextmanager
def _query_pool(folder: str, endpoint: str) -> Iterator[tuple[Pool, Dataset]]:
    """Give processes over what is asked, for as long as a query takes, and the published graphs."""
    dataset = served_dataset(date.today())
    store = served_store(Path(folder), dataset.day) if folder else None
    engine = remote_engine(endpoint) if endpoint else None
    pool = started_pool(dataset, limits(), _ONE_QUERY, store, engine)
    try:
        yield pool, dataset
    finally:
        pool.close()
