"""Bounds in seconds of a quiet machine: a slower or busier one gets more in proportion, and a few tries.

Time is given, not taken. What a test waits for by the clock may take `MARGIN` times what a quiet machine
takes, and what the service may take is long unless a test is about it (`DEADLINES`).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

import pytest

# How many times longer something may take by the clock than on a quiet machine.
MARGIN = 10
# Nothing is awaited for longer, in seconds: what takes so long does not come.
PATIENCE = 600
# The deadlines of the service, in seconds, where a test names none: no machine is so slow that one strikes.
DEADLINES = {
    "MONTAGES_COMMAND_SECONDS": str(PATIENCE),
    "MONTAGES_QUERY_SECONDS": "120",
    "MONTAGES_QUERY_WAIT": "60",
    "MONTAGES_RUN_SECONDS": "120",
    "MONTAGES_RUN_WAIT": "60",
}
# What `_loop` takes of the processor of a quiet machine.
_QUIET = 0.054
_TRIES = 3

T = TypeVar("T")


def slowness() -> float:
    """Return how many times slower than a quiet machine this one is just now, 1 at least."""
    return max(1.0, _loop() / _QUIET)


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what some work gives, and fail if no try takes so little of the processor of a quiet machine."""
    for _ in range(_TRIES):
        start = time.process_time()
        result = work()
        taken = time.process_time() - start
        if taken <= seconds or taken <= seconds * slowness():
            return result
    pytest.fail(
        f"It took {taken:.2f} s of processor; {seconds} s of a quiet machine are the limit."
    )


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds; fail if it does not come."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            pytest.fail(f"It has not come about in {PATIENCE} s.")
        time.sleep(0.05)


def grows_with_its_size(work: Callable[[int], object], size: int) -> None:
    """Fail if some work of a size takes far longer than four times what a quarter of it takes."""
    for _ in range(_TRIES):
        quarter, whole = _seconds(work, size // 4), _seconds(work, size)
        if whole <= 8 * quarter + 0.1:
            return
    pytest.fail(f"A quarter took {quarter:.2f} s of processor, and the whole {whole:.2f} s.")


def _seconds(work: Callable[[int], object], size: int) -> float:
    start = time.process_time()
    work(size)
    return time.process_time() - start


def _loop() -> float:
    """Return the seconds of processor that a fixed piece of work takes just now."""
    start = time.process_time()
    for number in range(2_000_000):
        number % 7  # the work itself
    return time.process_time() - start
