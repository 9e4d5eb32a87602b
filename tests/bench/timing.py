"""Times of several things taken in turn, so that what else the machine does weighs on all of them alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass
class Times:
    """Seconds that one thing took, run after run; `processor` leaves out those spent waiting for a core."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)

    @property
    def best(self) -> float:
        return min(self.seconds)

    @property
    def median(self) -> float:
        return median(self.seconds)


def timed(do: Callable[..., Any], *args: Any) -> float:
    start = time.perf_counter()
    do(*args)
    return time.perf_counter() - start


def in_turn(
    jobs: Mapping[str, Callable[[int], Any]], rounds: int, often: Mapping[str, int] | None = None
) -> dict[str, Times]:
    """Run each job once a round, or as `often` says, each time with a number it never had."""
    found, fresh = {name: Times() for name in jobs}, count(1)
    for _ in range(rounds):
        for name, do in jobs.items():
            for _ in range((often or {}).get(name, 1)):
                busy = time.process_time()
                found[name].seconds.append(timed(do, next(fresh)))
                found[name].processor.append(time.process_time() - busy)
    return found


@dataclass
class Laps:
    """The steps of one run: what each took, by name."""

    seconds: dict[str, float] = field(default_factory=dict)

    def __call__(self, name: str, do: Callable[..., T], *args: Any) -> T:
        """Do a step, and return what it returns."""
        start = time.perf_counter()
        result = do(*args)
        self.seconds[name] = time.perf_counter() - start
        return result
