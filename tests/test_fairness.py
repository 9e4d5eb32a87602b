"""One client that stays inside its limits keeps nobody else from being answered (V4)."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.error import HTTPError
from urllib.parse import quote

import pytest

from montages.guests import guests
from pace import PATIENCE

sys.path.append(str(Path(__file__).parent / "bench"))

import servers

GREEDY, OTHER = "203.0.113.7", "198.51.100.9"
# Requests that the first client has on their way at each moment, and what the second asks, one by one.
AT_ONCE, ASKED = 12, 8
SMALL = b"project: petit\nholder: Commune\nlayers: [objects]\n"
YAML, LINES = "application/yaml", "application/x-ndjson"
# None of it is remembered: the number makes each another.
HEAVY_QUERY = """SELECT (COUNT(*) AS ?n) {{
    {{ SELECT * {{ ?a ?p ?b . ?c ?q ?d FILTER(?b != ?d) }} LIMIT 900000 }}
}} #{}"""


@dataclass(frozen=True)
class Request:
    path: str
    body: bytes | None = None
    media: str = ""


def large(number: int) -> bytes:
    """A description of many units, which takes some tenths of a second."""
    areas = {f"a{n}": {"name": f"Zone {n}"} for n in range(40)}
    layers = [
        {"layer": name, "mode": "own", "perimeter": list(areas)} for name in ("objects", "storage")
    ]
    tree = {
        "project": f"grand {number}",
        "holder": "Commune",
        "perimeters": areas,
        "layers": layers,
    }
    return json.dumps(tree).encode()


def greedy(kind: str, number: int) -> Request:
    if kind == "descriptions":
        return Request("/assess?detail=full", large(number), "application/json")
    if kind == "batches":
        return Request("/validate", b"\n".join(large(number + n) for n in range(60)), LINES)
    if kind == "queries":
        return Request(f"/sparql?query={quote(HEAVY_QUERY.format(number))}")
    return Request(f"/projet/note.pdf?project=n{number}&holder=Commune&layers=objects")


def small(kind: str, number: int) -> Request:
    if kind == "queries":
        return Request(f"/sparql?query={quote(f'ASK {{}} #{number}')}")
    return Request(f"/assess?as_of=2026-06-{number % 28 + 1:02}", SMALL, YAML)


def ask(base: str, client: str, request: Request) -> tuple[int, float]:
    """Return the status of an answer, and the seconds that it took."""
    headers = {"X-Forwarded-For": client, "Content-Type": request.media}
    sent = urllib.request.Request(  # noqa: S310  # this machine
        base + request.path, request.body, headers
    )
    start = time.monotonic()
    try:
        with urllib.request.urlopen(sent, timeout=PATIENCE) as answer:  # noqa: S310
            answer.read()
            return answer.status, time.monotonic() - start
    except HTTPError as error:
        error.read()
        return error.code, time.monotonic() - start


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith("MONTAGES_")}
    env |= {"MONTAGES_REQUEST_LOG": "off", "MONTAGES_RATE_LIMIT": "0", "MONTAGES_RATE_SECONDS": "0"}
    with servers.montages(env) as address:
        yield address


class Crowd:
    """The requests of the first client, so many on their way until the end of the block."""

    def __init__(self, base: str, kind: str) -> None:
        self.base, self.kind, self.stopped = base, kind, threading.Event()
        self.ends: list[float] = []
        self.statuses: list[int] = []
        self.threads = ThreadPoolExecutor(AT_ONCE)

    def __enter__(self) -> Crowd:
        for number in range(AT_ONCE):
            self.threads.submit(self._ask, number * 100_000)
        end = time.monotonic() + PATIENCE
        while len(self.ends) < 2:
            assert time.monotonic() < end, self.statuses
            time.sleep(0.01)
        return self

    def _ask(self, number: int) -> None:
        while not self.stopped.is_set():
            status, _ = ask(self.base, GREEDY, greedy(self.kind, number))
            if status == 200:
                self.ends.append(time.monotonic())
            self.statuses.append(status)
            number += 100

    def __exit__(self, *_: Any) -> None:
        self.stopped.set()
        self.threads.shutdown()


def beside(base: str, kind: str, asked: int) -> tuple[list[int], list[float], list[int]]:
    """Return the second client's statuses and seconds, and how many of the first ended during each."""
    statuses, seconds, behind = [], [], []
    ask(base, OTHER, small(kind, 200))  # what answers it has begun before it is waited for
    with Crowd(base, kind) as crowd:
        for number in range(asked):
            before = time.monotonic()
            status, took = ask(base, OTHER, small(kind, number))
            after = time.monotonic()
            statuses.append(status)
            seconds.append(took)
            behind.append(sum(before < end < after for end in list(crowd.ends)))
    return statuses, seconds, behind


# Papers are a guest's, which may not be here.
KINDS = ("descriptions", "batches", "queries", *(["papers"] if guests().project_pages else []))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_requests_of_another_are_all_answered_soon(base: str, kind: str) -> None:
    statuses, _, behind = beside(base, kind, ASKED)
    assert statuses == [200] * ASKED
    # Several that end just as the other begins are counted too: which comes first, test_turns.py says.
    assert sum(behind) <= ASKED


@pytest.mark.soak
@pytest.mark.parametrize("kind", KINDS)
def test_how_long_the_requests_of_another_take(base: str, kind: str) -> None:
    alone = [ask(base, OTHER, small(kind, 100 + number))[1] for number in range(60)]
    statuses, seconds, behind = beside(base, kind, 60)
    print(
        f"\n{kind}: {statuses.count(200)} of 60 answered, behind {max(behind)} runs at most; p95 "
        f"{1000 * quantiles(seconds, n=20)[-1]:.0f} ms, alone {1000 * quantiles(alone, n=20)[-1]:.0f} ms"
    )
    assert statuses == [200] * 60
