"""What holds for every test: the knowledge is read once before, and none is slow that does not say so."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from typing import NamedTuple

import pytest

import montages
from montages.knowledge.files import library


class Seconds(NamedTuple):
    """What a test has taken so far: of the processor, and on the clock."""

    processor: float
    clock: float


# A test without the mark `slow` may take so much, its own fixtures included. The processor is what
# counts, as a busy machine does not change it much; the clock only finds a test that waits.
LIMIT = Seconds(5.0, 30.0)
# What `_loop` takes of the processor of a quiet machine: a busy or slower one gets more time in proportion.
_LOOP = 0.054
_TAKEN = pytest.StashKey[Seconds]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Fill the disk cache, here before xdist starts its workers, and the memory of each process."""
    if not session.config.option.collectonly:
        montages.load().assess(library.projects()["dijon"])


def pytest_collection_finish(session: pytest.Session) -> None:
    """Make the service once in each process whose tests use it, as what it publishes takes seconds."""
    if session.items and "montages.web" in sys.modules and not session.config.option.collectonly:
        from montages.web import create_app

        create_app({"REQUEST_LOG": "off"}).test_client().get("/")


def _loop() -> float:
    """Return the seconds of processor that a fixed piece of work takes just now."""
    start = time.process_time()
    for number in range(2_000_000):
        number % 7  # the work itself
    return time.process_time() - start


def _seconds() -> Seconds:
    used = os.times()
    return Seconds(used[0] + used[1] + used[2] + used[3], time.monotonic())


def _add(item: pytest.Item, before: Seconds) -> Seconds:
    taken, now = item.stash.get(_TAKEN, Seconds(0, 0)), _seconds()
    total = Seconds(*(t + n - b for t, n, b in zip(taken, now, before, strict=True)))
    item.stash[_TAKEN] = total
    return total


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[object], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Count the fixtures that are made for one test only."""
    before = _seconds()
    value = yield
    if fixturedef.scope == "function":
        _add(request.node, before)
    return value


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Fail a test that took too long without the mark `slow`."""
    before = _seconds()
    result = yield
    taken = _add(item, before)
    if not item.get_closest_marker("slow") and not item.get_closest_marker("soak"):
        for took, limit, of in zip(taken, LIMIT, ("of processor", "on the clock"), strict=True):
            if took > limit and took > limit * _loop() / _LOOP:
                pytest.fail(
                    f"It took {took:.1f} s {of}, and {limit:.0f} s are the limit in `make test`: "
                    "make it cheaper, or mark it `slow`, which moves it to `make prove`.",
                    pytrace=False,
                )
    return result
