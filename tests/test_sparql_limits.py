"""Every query has a deadline and limits, and one that is stopped disturbs nobody (S4)."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Event

import psutil
import pytest

from montages.errors import (
    ClientLeft,
    QueryBusy,
    QueryRefused,
    QuerySyntax,
    QueryTimeout,
    QueryTooDeep,
    QueryTooLarge,
)
from montages.processes.turns import ClientWatch
from montages.store.sparql.query_pool import Pool, SerialisedAnswer
from pace import PATIENCE, until
from query_pools import (
    ENDLESS,
    GREEDY,
    SECONDS,
    ask,
    fork_server,
    in_time,
    new_pool,
    opened_pool,
    timed,
)

pool = pytest.fixture(opened_pool, scope="module")


def test_an_endless_query_is_stopped_at_its_deadline(pool: Pool) -> None:
    took, outcome = timed(pool, ENDLESS)
    assert isinstance(outcome, QueryTimeout)
    assert outcome.status == 503
    assert took >= SECONDS
    assert in_time(took)


def test_fifty_others_are_answered_while_it_runs() -> None:
    pool = new_pool(seconds=PATIENCE, wait=PATIENCE)
    ask(pool, "ASK {}")
    left = Event()
    with ThreadPoolExecutor(60) as clients:
        endless = clients.submit(pool.ask, ENDLESS, ("json",), client=ClientWatch(left.is_set))
        time.sleep(0.05)
        others = [
            clients.submit(ask, pool, f"SELECT ?o {{ <http://x/s{n}> ?p ?o }}") for n in range(50)
        ]
        for n, other in enumerate(others):
            rows = json.loads(other.result().body)["results"]["bindings"]
            assert rows[0]["o"]["value"].startswith(f"line {n}\n")
        assert not endless.done()
        left.set()
        with pytest.raises(ClientLeft):
            endless.result()
    pool.close()


def test_a_query_that_takes_too_much_memory_is_reported_and_the_next_is_answered(
    pool: Pool,
) -> None:
    took, outcome = timed(pool, GREEDY)
    assert isinstance(outcome, QueryTooLarge | QueryTimeout)
    assert in_time(took)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


def test_memory_runs_out_before_the_machine_s() -> None:
    pool = new_pool(seconds=PATIENCE, megabytes=64)
    _, outcome = timed(pool, GREEDY)
    assert isinstance(outcome, QueryTooLarge)
    assert outcome.status == 507
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()


def test_a_text_too_deep_for_the_engine_takes_no_one_else_down(pool: Pool) -> None:
    assert isinstance(timed(pool, "ASK { FILTER" + "(" * 50_000)[1], QueryTooDeep)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


def test_an_answer_that_is_too_long_is_reported(pool: Pool) -> None:
    big = (
        "SELECT (CONCAT(" + ",".join(["?x"] * 50) + ') AS ?y) { BIND("' + "a" * 5000 + '" AS ?x) }'
    )
    _, outcome = timed(pool, big)
    assert isinstance(outcome, QueryTooLarge)


def test_what_the_engine_does_not_read_is_reported(pool: Pool) -> None:
    assert isinstance(timed(pool, "SELECT * {")[1], QuerySyntax)


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_another_service_is_refused_rather_than_answered_by_an_empty_row(
    pool: Pool, silent: str
) -> None:
    query = f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:18999/> {{ ?s ?p ?o }} }}"
    assert isinstance(timed(pool, query)[1], QueryRefused)


@pytest.mark.slow
def test_a_full_queue_says_when_to_come_back() -> None:
    pool = new_pool(workers=1, queue=1, seconds=3, wait=3)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(3) as clients:
        first = clients.submit(timed, pool, ENDLESS)
        time.sleep(0.1)
        second = clients.submit(timed, pool, "ASK {}")
        time.sleep(0.1)
        took, third = timed(pool, "ASK {}")
        assert isinstance(third, QueryBusy)
        assert third.extra["retry_after"] >= 1
        assert took < 2  # it does not wait for its turn
        assert isinstance(first.result()[1], QueryTimeout)
        # The deadline counts from when a query is accepted, not from when its turn comes.
        took, waited = second.result()
        assert in_time(took, 3)
        assert isinstance(waited, SerialisedAnswer | QueryBusy | QueryTimeout)
    pool.close()


def paused(pool: Pool) -> list[psutil.Process]:
    children = fork_server(pool).children()
    return [child for child in children if child.status() == psutil.STATUS_STOPPED]


@pytest.mark.slow
def test_slow_queries_leave_a_place_to_a_quick_one() -> None:
    pool = new_pool(seconds=PATIENCE, workers=2, wait=PATIENCE)
    left = Event()
    with ThreadPoolExecutor(4) as clients, ExitStack() as stack:
        stack.callback(left.set)
        slow = [
            clients.submit(pool.ask, f"{ENDLESS} #{n}", ("json",), client=ClientWatch(left.is_set))
            for n in range(4)
        ]
        for n in range(4):
            time.sleep(0.5)
            assert json.loads(ask(pool, f"ASK {{}} #{n}").body)["boolean"] is True
        assert len(paused(pool)) == 3
        left.set()
        for query in slow:
            with pytest.raises(ClientLeft):
                query.result()
    until(lambda: not paused(pool))
    pool.close()


@pytest.mark.slow
def test_a_query_whose_client_has_left_is_stopped_and_its_place_is_free() -> None:
    pool = new_pool(seconds=PATIENCE, workers=1, queue=1, wait=PATIENCE)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(2) as clients:
        left = [Event() for _ in "12"]
        asked = [
            clients.submit(pool.ask, ENDLESS, ("json",), client=ClientWatch(one.is_set))
            for one in left
        ]
        time.sleep(0.3)
        for one in reversed(left):  # the one that waits for its turn, then the one that runs
            one.set()
        for query in asked:  # long before the deadline
            with pytest.raises(ClientLeft):
                query.result()
        assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()
