"""An answer over the row limit is refused, in whatever format: cut short it would pass for whole (S4)."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest

from montages.errors import QueryTooLarge
from montages.store.sparql.query_pool import Pool
from query_pools import ask, opened_pool

pool = pytest.fixture(opened_pool, scope="module")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_a_table_over_the_limit_is_refused_in_every_format(pool: Pool, form: str) -> None:
    query = "SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY ?o LIMIT {}"
    assert len(table(ask(pool, query.format(100), form).body, form)) == 100
    with pytest.raises(QueryTooLarge, match="LIMIT 100, then OFFSET 100") as refused:
        ask(pool, query.format(101), form)
    assert refused.value.extra == {"rows": 100}
    assert "LIMIT 100" in refused.value.message("fr")


def table(body: bytes, form: str) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode(), newline="")))[1:]
    name = {"json": "JSON", "xml": "XML", "tsv": "TSV"}[form]
    solutions = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, name))
    assert isinstance(solutions, ox.QuerySolutions)
    return [[row["s"].value, row["o"].value] for row in solutions]


@pytest.mark.parametrize("form", ["turtle", "rdf", "nt", "jsonld", "trig", "nq"])
def test_a_graph_over_the_limit_is_refused_in_every_format(pool: Pool, form: str) -> None:
    with pytest.raises(QueryTooLarge, match="over 100 rows"):
        ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", form)
    assert b"http://x/s1" in ask(pool, "CONSTRUCT WHERE { <http://x/s1> ?p ?o }", form).body


def test_a_statement_built_twice_counts_once(pool: Pool) -> None:
    answer = ask(pool, "CONSTRUCT { <http://x/a> ?p 1 } WHERE { ?s ?p ?o }", "nt")
    assert answer.body.count(b"\n") == 1
