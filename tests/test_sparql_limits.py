"""Every query has a deadline and limits, and one that is stopped disturbs nobody (S4)."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pyoxigraph as ox
import pytest

from montages.processes.worker_pool import PoolSize
from montages.store.sparql.answer_forms import TRUNCATED
from montages.store.sparql.limit_errors import Limits, process_ended
from montages.store.sparql.query_errors import (
    ClientLeft,
    EngineFault,
    QueryBusy,
    QueryFailed,
    QueryInterrupted,
    QuerySyntax,
    QueryTimeout,
    QueryTooDeep,
    QueryTooLarge,
)
from montages.store.sparql.query_pool import Pool, SerialisedAnswer
from montages.store.sparql.query_worker import QueryScope

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
)
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j LIMIT 3"
SECONDS = 0.7
SLACK = 0.5  # what S4 allows beyond the deadline
NAMES = 400


def quads() -> bytes:
    lines = [
        f'<http://x/s{n}> <http://x/p> "line {n}\\nwith, a \\"quote\\" and }},{{ and <result>" .\n'
        for n in range(NAMES)
    ]
    return "".join(lines).encode()


def new_pool(**changed: Any) -> Pool:
    options = {"seconds": SECONDS, "rows": 100, "bytes": 200_000, "megabytes": 128, **changed}
    size = PoolSize(
        options.pop("workers", 3), options.pop("queue", 60), options.pop("wait", SECONDS)
    )
    scope = QueryScope(allowed=options.pop("allowed", ()))
    return Pool(quads(), Limits(**options), size, scope)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    own_pool = new_pool()
    ask(own_pool, "ASK {}")
    yield own_pool
    own_pool.close()


def ask(pool: Pool, query: str, form: str = "json") -> SerialisedAnswer:
    return pool.ask({"query": query, "base": "http://x/", "formats": [form]})


def timed(pool: Pool, query: str) -> tuple[float, BaseException | SerialisedAnswer]:
    start = time.monotonic()
    try:
        outcome: BaseException | SerialisedAnswer = ask(pool, query)
    except Exception as error:  # noqa: BLE001  # which one is what the test looks at
        outcome = error
    return time.monotonic() - start, outcome


def test_an_endless_query_is_stopped_at_its_deadline(pool: Pool) -> None:
    took, outcome = timed(pool, ENDLESS)
    assert isinstance(outcome, QueryTimeout)
    assert outcome.status == 503
    assert SECONDS <= took <= SECONDS + SLACK


def test_fifty_others_are_answered_while_it_runs(pool: Pool) -> None:
    with ThreadPoolExecutor(60) as clients:
        endless = clients.submit(timed, pool, ENDLESS)
        time.sleep(0.05)
        start = time.monotonic()
        others = [
            clients.submit(ask, pool, f"SELECT ?o {{ <http://x/s{n}> ?p ?o }}") for n in range(50)
        ]
        for n, other in enumerate(others):
            rows = json.loads(other.result().body)["results"]["bindings"]
            assert rows[0]["o"]["value"].startswith(f"line {n}\n")
        assert time.monotonic() - start < SECONDS
        took, outcome = endless.result()
    assert isinstance(outcome, QueryTimeout)
    assert took <= SECONDS + SLACK


def test_memory_comes_back_and_no_process_stays_behind(pool: Pool) -> None:
    ask(pool, "ASK {}")
    server = fork_server(pool)
    before = held(server)
    for query in (ENDLESS, GREEDY, GREEDY):
        timed(pool, query)
    ask(pool, "ASK {}")
    after = held(server)
    assert len(server.children()) <= 3
    assert after - before < 20 << 20


def fork_server(pool: Pool) -> psutil.Process:
    return psutil.Process(pool.workers.server.process.pid)


def held(server: psutil.Process) -> int:
    """Return the bytes that the processes of a pool hold, each its own."""
    total = 0
    for process in [server, *server.children()]:
        try:
            total += process.memory_full_info().uss
        except psutil.NoSuchProcess:
            continue
    return total


def test_a_query_that_takes_too_much_memory_is_reported_and_the_next_is_answered(
    pool: Pool,
) -> None:
    took, outcome = timed(pool, GREEDY)
    assert isinstance(outcome, QueryTooLarge | QueryTimeout)
    assert took <= SECONDS + SLACK
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


def test_memory_runs_out_before_the_machine_s() -> None:
    pool = new_pool(seconds=20, megabytes=64)
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


def test_queries_cannot_open_a_connection() -> None:
    address = "http://127.0.0.1:18999/"
    pool = new_pool(allowed=(address,))
    _, outcome = timed(pool, f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
    assert isinstance(outcome, QueryFailed)
    assert "open files" in outcome.message("en")
    pool.close()


def test_a_full_queue_says_when_to_come_back() -> None:
    pool = new_pool(workers=1, queue=1)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(3) as clients:
        first = clients.submit(timed, pool, ENDLESS)
        time.sleep(0.1)
        second = clients.submit(timed, pool, "ASK {}")
        time.sleep(0.1)
        took, third = timed(pool, "ASK {}")
        assert isinstance(third, QueryBusy)
        assert third.extra["retry_after"] >= 1
        assert took < 0.2
        assert isinstance(first.result()[1], QueryTimeout)
        # The deadline counts from when a query is accepted, not from when its turn comes.
        took, waited = second.result()
        assert took <= SECONDS + SLACK
        assert isinstance(waited, SerialisedAnswer | QueryBusy)
    pool.close()


def test_a_query_whose_client_has_left_is_stopped_and_its_place_is_free() -> None:
    pool = new_pool(seconds=9.75, workers=1, queue=1, wait=9)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(2) as clients:
        ends = [socket.socketpair() for _ in "12"]
        asked = [clients.submit(pool.ask, {"query": ENDLESS, "base": "http://x/", "formats": ["json"]}, ours)
                 for ours, _ in ends]  # fmt: skip
        time.sleep(0.3)
        for _, theirs in reversed(ends):  # the one that waits for its turn, then the one that runs
            theirs.close()
        start = time.monotonic()
        for one in asked:
            with pytest.raises(ClientLeft):
                one.result()
        assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
        assert time.monotonic() - start < 2
    for ours, _ in ends:
        ours.close()
    pool.close()


def test_why_a_process_ended_is_told() -> None:
    pool = new_pool(seconds=9.5)
    ask(pool, "ASK {}")
    for number, kind in ((signal.SIGABRT, EngineFault), (signal.SIGSEGV, QueryTooDeep)):
        with ThreadPoolExecutor(1) as clients:
            running = clients.submit(timed, pool, ENDLESS)
            time.sleep(0.3)
            for child in fork_server(pool).children():
                child.send_signal(number)
            assert isinstance(running.result()[1], kind)
        assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        (signal.SIGALRM, "", QueryTimeout),
        (signal.SIGABRT, "memory allocation of 9 bytes failed", QueryTooLarge),
        (signal.SIGABRT, "", EngineFault),
        (signal.SIGSEGV, "", QueryTooDeep),
        (0, "Traceback", EngineFault),
        (signal.SIGKILL, "", QueryInterrupted),
    ],
)
def test_a_signal_is_no_proof_of_memory(number: int, words: str, kind: type[Exception]) -> None:
    assert type(process_ended(number, words, Limits(1, 1, 1, 1))) is kind


def test_a_query_that_another_killed_is_tried_once_more() -> None:
    pool = new_pool(seconds=3.5)
    ask(pool, "ASK {}")
    with ThreadPoolExecutor(1) as clients:
        running = clients.submit(timed, pool, ENDLESS)
        time.sleep(0.3)
        for child in fork_server(pool).children():
            child.kill()
        assert isinstance(running.result()[1], QueryTimeout)
    pool.close()


def test_a_process_that_dies_idle_is_replaced_unseen(pool: Pool) -> None:
    ask(pool, "ASK {}")
    for child in fork_server(pool).children():
        child.kill()
    time.sleep(0.05)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True


def test_a_fork_server_that_dies_is_replaced_unseen() -> None:
    pool = new_pool(seconds=5.25)
    ask(pool, "ASK {}")
    server = fork_server(pool)
    for process in [*server.children(), server]:
        process.kill()
    server.wait(5)
    assert json.loads(ask(pool, "ASK {}").body)["boolean"] is True
    pool.close()


def test_closing_leaves_no_process() -> None:
    pool = new_pool(seconds=3.125)
    ask(pool, "ASK {}")
    server = fork_server(pool)
    everyone = [server, *server.children()]
    assert len(everyone) == 2
    pool.close()
    assert psutil.wait_procs(everyone, timeout=3)[1] == []


OWNER = """
import sys, threading, time
sys.path.insert(0, {tests!r})
from test_sparql_limits import ENDLESS, ask, fork_server, new_pool, timed
pool = new_pool(seconds=1.5)
ask(pool, "ASK {{}}")
threading.Thread(target=timed, args=(pool, ENDLESS), daemon=True).start()
time.sleep(0.2)
server = fork_server(pool)
print(server.pid, *[child.pid for child in server.children()], flush=True)
time.sleep(60)
"""


@pytest.mark.slow
def test_nothing_outlives_a_service_that_is_killed() -> None:
    code = OWNER.format(tests=str(Path(__file__).parent))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        everyone = [psutil.Process(int(pid)) for pid in owner.stdout.readline().split()]
        assert len(everyone) >= 2
        os.kill(owner.pid, signal.SIGKILL)
        owner.wait()
    assert psutil.wait_procs(everyone, timeout=4)[1] == []


@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_a_table_that_cannot_say_that_it_is_cut_is_refused_when_it_would_be(
    pool: Pool, form: str
) -> None:
    query = "SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY ?o LIMIT {}"
    whole = ask(pool, query.format(100), form)
    assert (whole.cut, len(table(whole.body, form))) == (False, 100)
    with pytest.raises(QueryTooLarge, match="LIMIT 100, then OFFSET 100") as refused:
        ask(pool, query.format(101), form)
    assert refused.value.extra == {"rows": 100}
    assert "LIMIT 100" in refused.value.message("fr")


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_table_is_cut_at_the_row_limit_and_says_so(pool: Pool, form: str) -> None:
    query = "SELECT ?s ?o {{ ?s ?p ?o }} ORDER BY ?o LIMIT {}"
    exact, over = ask(pool, query.format(100), form), ask(pool, query.format(101), form)
    assert (exact.cut, over.cut) == (False, True)
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


def test_the_answer_is_the_same_from_every_process_and_after_a_restart() -> None:
    bodies = set()
    for seconds in (4.25, 4.5):
        pool = new_pool(seconds=seconds)
        bodies |= {ask(pool, "SELECT * { ?s ?p ?o }").body for _ in range(3)}
        pool.close()
    assert len(bodies) == 1
