"""What each question about a project costs at its door, each project asked about once (R19, R21 to R24).

In process it is the processor time of the request; over HTTP, that of all processes of the service, to 10 ms,
and beside it how long one client waits who asks alone. What one door has worked out of a project, the doors
after it may find again: the first figures are those of projects never seen.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter, process_time
from urllib.parse import urlsplit

import pytest

import servers
from every_project import Tree, every_project, other_projects, page_address
from figures import Figures, at_most, duration
from montages.web import create_app
from processes import processor_of_family

PART = "doors"
DAY = "as_of=2026-06-01"
LIMITS = (("p50", 0.5, 0.05), ("p99", 0.99, 0.2))
# Name → path of a description that is sent, or what is added to the address of the officer's page.
POSTED = {
    "POST /questions": f"/questions?{DAY}&anyway=1",
    "POST /what-if": f"/what-if?{DAY}&anyway=1",
    "POST /compose": f"/compose?{DAY}&anyway=1",
    "POST /similar": f"/similar?{DAY}&anyway=1",
    "POST /compare": f"/compare?{DAY}&anyway=1",
}
PAGES = {"GET /projet": "", "GET /projet, result": "&view=result"}
SETTINGS = {"MONTAGES_REQUEST_LOG": "off", "MONTAGES_RATE_LIMIT": "0"}

# Method, path and body of a request → status, address it is sent on to, body.
Ask = Callable[[str, str, bytes], tuple[int, str, bytes]]


def _request(door: str, tree: Tree) -> tuple[str, str, bytes]:
    if door in POSTED:
        return "POST", POSTED[door], json.dumps(tree, default=str).encode()
    return "GET", f"/projet?{page_address(tree)}{PAGES[door]}", b""


def _asked(ask: Ask, request: tuple[str, str, bytes]) -> int:
    """Return the status of the answer to a request, sent on once where its address has another form."""
    status, location, _ = ask(*request)
    if status == 302:
        parts = urlsplit(location)
        status, _, _ = ask("GET", f"{parts.path}?{parts.query}", b"")
    return status


def _measure(figures: Figures, ask: Ask, clock: Callable[[], float], where: str) -> None:
    for door in (*POSTED, *PAGES):
        for _, tree in other_projects():
            _asked(ask, _request(door, tree))
        seconds, waited = [], []
        for name, tree in every_project():
            request = _request(door, tree)
            start, began = clock(), perf_counter()
            status = _asked(ask, request)
            waited.append(perf_counter() - began)
            seconds.append((clock() - start, name))
            assert status == 200, (door, name, status)
        seconds.sort()
        waited.sort()
        for rank, at, limit in LIMITS:
            place = int(at * len(seconds))
            value, bound = seconds[place][0], at_most(seconds[place][0], limit, duration)
            told = f"{duration(value)} (waited {duration(waited[place])})"
            figures.add(PART, f"{door}, {where}, processor, {rank}", told, bound=bound)
        worst, name = seconds[-1]
        figures.add(PART, f"{door}, {where}, processor, worst: {name}", duration(worst))


def test_what_each_door_costs_in_process(figures: Figures) -> None:
    client = create_app({"REQUEST_LOG": "off", "RATE_LIMIT": 0}).test_client()

    def ask(method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
        answer = client.open(path, method=method, data=body, content_type="application/json")
        return answer.status_code, answer.headers.get("Location", ""), answer.data

    for door in (*POSTED, *PAGES):
        _asked(ask, _request(door, other_projects()[0][1]))
    often = gc.get_threshold()
    gc.set_threshold(50_000)  # as every command does
    gc.collect()
    gc.freeze()  # as the service does: what stays is looked at no more
    try:
        _measure(figures, ask, process_time, "in process")
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)


@contextmanager
def _connection(env: Mapping[str, str]) -> Iterator[tuple[HTTPConnection, int]]:
    with servers.montages_process({**env, **SETTINGS}) as (base, process):
        parts = urlsplit(base)
        connection = HTTPConnection(parts.hostname or "", parts.port, timeout=600)
        try:
            yield connection, process
        finally:
            connection.close()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processor time is read in /proc")
def test_what_each_door_costs_over_http(figures: Figures, env: Mapping[str, str]) -> None:
    with _connection(env) as (connection, process):

        def sent(method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
            headers = {"Content-Type": "application/json"} if body else {}
            connection.request(method, path, body or None, headers)
            with connection.getresponse() as answer:
                return answer.status, answer.headers.get("Location", ""), answer.read()

        def ask(method: str, path: str, body: bytes) -> tuple[int, str, bytes]:
            try:
                return sent(method, path, body)
            except (BrokenPipeError, ConnectionResetError):  # closed while projects were drawn
                connection.close()
                return sent(method, path, body)

        _measure(figures, ask, partial(processor_of_family, process), "over HTTP")
