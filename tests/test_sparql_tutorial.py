"""The ten steps of docs/sparql.md answer what the page shows."""

import csv
import io
import re
from datetime import date
from pathlib import Path

import pytest

from montages.processes.worker_pool import PoolSize
from montages.publish.linked_data.documents import served_dataset
from montages.store.questions.ask import put_query
from montages.store.sparql.query_pool import limits, started_pool

PAGE = (Path(__file__).parents[1] / "docs" / "sparql.md").read_text(encoding="utf-8")
STEPS = re.findall(
    r"^## (\d+)\. .*?```sparql\n(.*?)```\n\n```csv\n(.*?)```", PAGE, re.DOTALL | re.MULTILINE
)
DAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def answered():
    dataset = served_dataset(DAY)
    pool = started_pool(dataset, limits(), PoolSize(workers=1, queue=0, wait=0.0))
    yield lambda query: put_query(pool, dataset, query, ("csv",), DAY).body.decode()
    pool.close()


def test_there_are_ten_steps():
    assert [step for step, _, _ in STEPS] == [str(n) for n in range(1, 11)]


@pytest.mark.parametrize(("step", "query", "answer"), STEPS, ids=[step for step, _, _ in STEPS])
def test_each_step_gives_the_rows_that_are_shown(answered, step, query, answer):
    rows, shown = (list(csv.reader(io.StringIO(text))) for text in (answered(query), answer))
    assert rows == shown
    assert len(query.splitlines()) <= 40
