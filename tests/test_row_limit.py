"""An answer over the row limit is cut and says so, or is refused where it could not say it (S4)."""

from __future__ import annotations

import csv
import io

import pyoxigraph as ox
import pytest

from montages.store.sparql.answer_forms import TRUNCATED
from montages.store.sparql.query_errors import QueryTooLarge
from montages.store.sparql.query_pool import Pool
from query_pools import ask, opened_pool

pool = pytest.fixture(opened_pool, scope="module")


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_table_that_cannot_say_that_it_is_cut_is_refused_when_it_would_be(
    pool: Pool, form: str
) -> None:
    query = "SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY ?o LIMIT {}"
    whole = ask(pool, query.format(100), form)
    assert (whole.cut, len(table(whole.body, form))) == (0, 100)
    with pytest.raises(QueryTooLarge, match="LIMIT 100, then OFFSET 100") as refused:
        ask(pool, query.format(101), form)
    assert refused.value.extra == {"rows": 100}
    assert "LIMIT 100" in refused.value.message("fr")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_table_is_cut_at_the_row_limit_and_says_so(pool: Pool, form: str) -> None:
    query = "SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY ?o LIMIT {}"
    exact, over = ask(pool, query.format(100), form), ask(pool, query.format(101), form)
    assert (exact.cut, over.cut) == (0, 100)
    assert table(exact.body, form) == table(over.body, form)
    assert len(table(exact.body, form)) == 100
    link = {"json": f'"link":["{TRUNCATED}"]', "xml": f'<link href="{TRUNCATED}"/>'}[form]
    assert link in over.body.decode()
    assert TRUNCATED not in exact.body.decode()


def table(body: bytes, form: str) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(body.decode(), newline="")))[1:]
    if form == "xml":
        assert body.rstrip().endswith(b"</sparql>")
    name = {"json": "JSON", "xml": "XML", "tsv": "TSV"}[form]
    solutions = ox.parse_query_results(body, format=getattr(ox.QueryResultsFormat, name))
    assert isinstance(solutions, ox.QuerySolutions)
    return [[row["s"].value, row["o"].value] for row in solutions]


@pytest.mark.parametrize("form", ["turtle", "rdf", "nt", "jsonld", "trig", "nq"])
def test_a_graph_is_cut_at_the_limit_and_says_so(pool: Pool, form: str) -> None:
    answer = ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", form)
    assert answer.cut
    kind = {"turtle": "TURTLE", "rdf": "RDF_XML", "nt": "N_TRIPLES", "jsonld": "JSON_LD", "trig": "TRIG",
            "nq": "N_QUADS"}[form]  # fmt: skip
    assert len(list(ox.parse(answer.body, format=getattr(ox.RdfFormat, kind)))) == 100
    assert TRUNCATED in answer.body.decode().splitlines()[-1]
    few = ask(pool, "CONSTRUCT WHERE { <http://x/s1> ?p ?o }", form)
    assert not few.cut


def test_a_statement_built_twice_counts_once(pool: Pool) -> None:
    answer = ask(pool, "CONSTRUCT { <http://x/a> ?p 1 } WHERE { ?s ?p ?o }", "nt")
    assert (answer.cut, answer.body.count(b"\n")) == (False, 1)
