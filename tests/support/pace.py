"""Times of a quiet machine: a longer one is told at the end of a run, and fails only where times are held.

Time is given, not taken: a slow or busy machine fails no test. What the service may take is long unless a
test is about it (`DEADLINES`). `make soak` holds the times, on a machine that does nothing else.
"""

from __future__ import annotations

import os
import time
import warnings
from collections.abc import Callable
from typing import TypeVar

import pytest

# How many times longer something may take by the clock than on a quiet machine.
MARGIN = 10
# Nothing is awaited for longer, in seconds: what takes so long does not come.
PATIENCE = 600
# Whether what takes too long fails.
HELD = "TESTS_HOLD_TIMES"
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


class TookLong(UserWarning):
    """Something took longer than a quiet machine takes: pytest tells it at the end."""


def tell_if_long(taken: float, seconds: float, what: str = "It") -> None:
    """Tell that something took longer than so many seconds, and fail where times are held."""
    if taken > seconds:
        told = f"{what} took {taken:.2f} s; {seconds} s are the limit on a quiet machine."
        if os.environ.get(HELD):
            pytest.fail(told)
        warnings.warn(told, TookLong, stacklevel=2)


def within(seconds: float, work: Callable[[], T]) -> T:
    """Return what some work gives, and tell if it takes more of the processor than on a quiet machine."""
    start = time.process_time()
    result = work()
    taken = time.process_time() - start
    if taken > seconds:
        tell_if_long(taken, seconds * slowness())
    return result


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
