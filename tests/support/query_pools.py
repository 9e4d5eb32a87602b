"""Pools of processes for queries, over a small graph, with narrow limits; and queries that reach them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import psutil
from rdflib import Graph, Literal, URIRef

from montages.processes.worker_pool import PoolSize
from montages.store.graph_tables import packed_tables
from montages.store.sparql import query_pool
from montages.store.sparql.query_errors import Limits
from montages.store.sparql.query_pool import Pool, SerialisedAnswer
from pace import MARGIN

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o . ?p ?q ?r }"
)
GREEDY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a ?d ?g ?j LIMIT 3"
SECONDS = 0.7
_SLACK = 0.5  # seconds that S4 allows beyond the deadline
NAMES = 400


def tables() -> bytes:
    graph = Graph()
    for n in range(NAMES):
        text = Literal(f'line {n}\nwith, a "quote" and }},{{ and <result>')
        graph.add((URIRef(f"http://x/s{n}"), URIRef("http://x/p"), text))
    return packed_tables({"http://x/g": graph}, ["http://x/g"])


def new_pool(**changed: Any) -> Pool:
    options = {"seconds": SECONDS, "rows": 100, "bytes": 200_000, "megabytes": 128, **changed}
    size = PoolSize(
        options.pop("workers", 3), options.pop("queue", 60), options.pop("wait", SECONDS)
    )
    query_pool.WALL = 60  # beside other tests, a processor's time may be long by the clock
    return Pool(tables(), Limits(**options), size)


def ask(pool: Pool, query: str, form: str = "json") -> SerialisedAnswer:
    return pool.ask(query, (form,))


def timed(pool: Pool, query: str) -> tuple[float, BaseException | SerialisedAnswer]:
    start = time.monotonic()
    try:
        outcome: BaseException | SerialisedAnswer = ask(pool, query)
    except Exception as error:  # noqa: BLE001  # which one is what the test looks at
        outcome = error
    return time.monotonic() - start, outcome


def in_time(took: float, seconds: float = SECONDS) -> bool:
    """Tell whether a query that took so long was ended at its deadline."""
    return took <= seconds + MARGIN * _SLACK


def fork_server(pool: Pool) -> psutil.Process:
    return psutil.Process(pool.workers.server.process.pid)


def opened_pool() -> Iterator[Pool]:
    """Yield a pool whose processes have started; it is closed after."""
    pool = new_pool()
    ask(pool, "ASK {}")
    yield pool
    pool.close()
