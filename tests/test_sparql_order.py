"""ORDER BY over terms of any kind: the engine never dies of it, and the order is that of the standard."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import combinations

import pyoxigraph as ox
import pytest

from montages.errors import EngineFault
from montages.processes.worker_connection import WorkerEnd
from montages.processes.worker_pool import PoolSize
from montages.store.sparql.order_key import literal_key
from montages.store.sparql.query_errors import Limits, process_ended
from montages.store.sparql.query_guard import query_plan
from montages.store.sparql.query_pool import Pool
from montages.store.sparql.query_rewriting import ORDER_FUNCTIONS, rewritten, total_order
from pace import PATIENCE
from sort_samples import TERMS, mixed_tables, parts, sorts
from sparql_order import XSD, compare, faults

LIMITS = Limits(seconds=20, rows=20_000, bytes=20_000_000, megabytes=512)
# The smallest data found on which the engine ends the process that sorts it.
SMALLEST = '10 "5" "5" 9 "5" 10 10 10 10 9 9 10 "5" 9 10 "5" "5" "5" "5" 9 10'
QUERY = f"SELECT ?x {{ VALUES ?x {{ {SMALLEST} }} }} ORDER BY ?x"


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    own_pool = Pool(mixed_tables(), LIMITS, PoolSize(1, 9, 9))
    yield own_pool
    own_pool.close()


def ask(pool: Pool, query: str) -> bytes:
    return pool.ask(query, ("json",)).body


def unlike_the_standard(pool: Pool, asked: list[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the sorts that are not in the order of the standard, each with where."""
    everything = {query: ask(pool, query) for query, _ in asked}
    found = {
        f"{query} {ending}": faults(ask(pool, f"{query} {ending}"), everything[query], ending)
        for query, ending in asked
    }
    return {query: wrong for query, wrong in found.items() if wrong}


def test_the_smallest_case_that_ends_the_engine_is_answered_in_order(pool: Pool) -> None:
    rows = json.loads(ask(pool, QUERY))["results"]["bindings"]
    assert [row["x"]["value"] for row in rows] == [*["9"] * 5, *["10"] * 8, *["5"] * 8]


@pytest.mark.parametrize("seed", [1, *(pytest.param(n, marks=pytest.mark.slow) for n in (2, 3, 4))])
def test_mixed_terms_in_any_order_are_sorted_as_the_standard_says(seed: int) -> None:
    pool = Pool(mixed_tables(seed), LIMITS, PoolSize(1, 9, 9))
    assert unlike_the_standard(pool, sorts()[seed::9]) == {}
    pool.close()


@pytest.mark.slow
@pytest.mark.parametrize("seeds", [4, pytest.param(20, marks=pytest.mark.soak)])
def test_a_hundred_sorts_under_several_seeds_end_no_process_and_keep_the_standard_s_order(
    monkeypatch: pytest.MonkeyPatch, seeds: int
) -> None:
    asked, first = sorts(), dict[str, bytes]()
    assert len(asked) >= 100
    for seed in range(seeds):
        monkeypatch.setenv("PYTHONHASHSEED", str(seed))
        pool = Pool(mixed_tables(), LIMITS, PoolSize(1, 9, 9))
        answers = {f"{query} {ending}": ask(pool, f"{query} {ending}") for query, ending in asked}
        if not first:
            assert unlike_the_standard(pool, asked) == {}
            first = answers
        assert answers == first
        pool.close()


def test_keys_keep_the_order_of_the_standard_on_each_pair_of_literals() -> None:
    literals = [(term, parts(term)) for term in TERMS if term.startswith('"')]
    assert len(literals) > 40
    for (one, first), (other, second) in combinations(literals, 2):
        before = compare(as_json(*first), as_json(*second))
        keys = literal_key(*first), literal_key(*second)
        if before:
            assert (keys[0] < keys[1]) == (before < 0), (one, other)


@pytest.mark.parametrize(
    ("datatype", "ascending"),
    [
        (
            "decimal",
            "-100.5 -100 -99.99 -1 -0.5 -0.05 0 0.05 0.5 0.51 1 1.5 9 10 99.99 100 100.5 1000",
        ),
        ("double", "-INF -1e300 -1e2 -1e-300 0 1e-300 1e-2 1 1e2 1e300 INF NaN"),
        (
            "dateTime",
            "-0001-01-01T00:00:00Z 0000-12-31T24:00:00Z 1969-12-31T23:59:59.9Z 12020-01-01T00:00:00Z",
        ),
        ("date", "2019-12-31 2020-02-28 2020-02-29 2020-03-01 2021-01-01"),
    ],
)
def test_values_of_one_kind_are_in_their_own_order(datatype: str, ascending: str) -> None:
    keys = [literal_key(text, XSD + datatype) for text in ascending.split()]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    "equal",
    [
        [("10", "integer"), ("10.0", "decimal"), ("1e1", "double"), ("+10", "int")],
        [("10", "integer"), ("10", "float")],
        [("0.1", "decimal"), ("0.1", "double"), ("1e-1", "double")],
        [("0", "integer"), ("-0.0", "double"), ("-0", "decimal")],
        [("1", "boolean"), ("true", "boolean")],
        [("2020-01-01T00:00:00Z", "dateTime"), ("2019-12-31T24:00:00+00:00", "dateTime")],
        [("2020-01-01T00:00:00", "dateTime"), ("2020-01-01T02:00:00+02:00", "dateTime")],
    ],
)
def test_what_is_equal_by_value_has_one_key(equal: list[tuple[str, str]]) -> None:
    assert len({literal_key(text, XSD + datatype) for text, datatype in equal}) == 1


@pytest.mark.parametrize(
    ("text", "datatype"),
    [("ten", "integer"), ("2020-02-30", "date"), ("2020-13-01", "date"), ("P1D", "duration")],
)
def test_what_its_datatype_does_not_allow_is_sorted_as_of_no_known_kind(
    text: str, datatype: str
) -> None:
    assert literal_key(text, XSD + datatype).startswith("6")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x { ?x ?p 'ORDER BY ?x' } # ORDER BY ?x",
        "SELECT ?order ?by { ?order ?by ?x }",
        "SELECT ?x { ?x ?p ?o } ORDER BY (",
    ],
)
def test_a_query_without_keys_is_left_as_it_is(query: str) -> None:
    assert total_order(query_plan(query, ())) == []


def test_every_key_of_every_order_by_is_one_of_a_total_order(pool: Pool) -> None:
    for keys in (
        "?o",
        "DESC ( ?o )",
        "(?o)",
        "MAX(?o)",
        "EXISTS { ?o ?p ?s } ?o",
        "(EXISTS { ?o ?p ?s } && ?o)",
        "(?o)(?o)",
        "(IF(true,?o,1))(IF(true,?o,2))?o",
        " ".join(["?o"] * 60),
        "DESC(COUNT(*)) STR(?o) (LCASE(?o))",
        "RAND()",
    ):
        inner = "SELECT ?o { ?s ?p ?o } ORDER BY ?o LIMIT 9"
        query = f"SELECT ?o {{ {{ {inner} }} }} GROUP BY ?o ORDER BY {keys}"
        plan = query_plan(f"{query} LIMIT 3", ())
        text = rewritten(plan.text, total_order(plan))
        assert text.count("urn:montages:order-key") >= 2
        ox.Store().query(text, custom_functions=ORDER_FUNCTIONS)
        ask(pool, query)


@pytest.mark.parametrize("piece", ["ORDER BY (", "ORDER BY ?x ", "?x", "(?x+1)", "((?x))", "STR("])
def test_finding_keys_takes_time_that_grows_with_the_text_and_no_faster(piece: str) -> None:
    seconds = []
    for size in (20_000, 80_000):
        plan = query_plan("SELECT * {} ORDER BY " + piece * (size // len(piece)), ())
        start = time.process_time()
        total_order(plan)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 12 * seconds[0] + 0.5


def test_an_error_in_a_query_that_sorts_is_placed_in_the_text_as_it_was_written(pool: Pool) -> None:
    with pytest.raises(Exception, match="Line 2, column 2"):
        ask(pool, "SELECT ?x { ?x ?p ?o } ORDER BY ?x DESC(?o)\n )")


def test_the_engine_needs_it_and_its_end_is_told_as_what_it_is() -> None:
    program = "import sys, pyoxigraph as ox; list(ox.Store().query(sys.argv[1]))"
    end = subprocess.run(
        [sys.executable, "-c", program, QUERY],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
        env={**os.environ, "RUST_BACKTRACE": "0"},
    )
    assert end.returncode < 0, "The engine sorts mixed terms by itself: total_order may go"
    # Where it then had no memory to say where it was, still no lack of memory ended it.
    for words in (end.stderr, f"{end.stderr}memory allocation of 9 bytes failed"):
        error = process_ended(WorkerEnd(-end.returncode, words), LIMITS)
        assert isinstance(error, EngineFault)
        assert error.status == 500
        assert "total order" in error.extra["reason"]
        assert "rustc" not in error.text["en"]


def as_json(text: str, datatype: str, language: str) -> dict[str, str]:
    extra = {"xml:lang": language} if language else {"datatype": datatype}
    return {"type": "literal", "value": text, **extra}
