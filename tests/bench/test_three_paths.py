"""R11: the reference engine, the fast engine and the plain Kleene function agree, on more than in the tests.

Named to run last: the reference engine takes most of the time of all the benchmarks.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import pairwise
from multiprocessing import get_context
from typing import Any, TypeVar

import pytest

from agreement import agreed, exhausted
from exhaustive import Compared
from figures import Bound, Figures, duration
from sampling import RULES

T = TypeVar("T")

PART = "three paths"
pytestmark = pytest.mark.soak
CHUNKS = 10


def shared_out(do: Callable[..., T], given: Iterable[tuple[Any, ...]]) -> Iterator[T]:
    """Do something for each of the things given, on all cores; yield the results as they come."""
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        running = [pool.submit(do, *each) for each in given]
        for n, done in enumerate(as_completed(running), 1):
            yield done.result()
            if n % (len(running) // CHUNKS) == 0:
                print(f"{do.__name__}: {n} of {len(running)}", flush=True)


def test_every_profile_of_what_an_arrangement_reads(
    pytestconfig: pytest.Config, figures: Figures
) -> None:
    limit, start = pytestconfig.getoption("every"), time.perf_counter()
    found = list(shared_out(exhausted, ((slug, limit) for slug in RULES.arrangements)))
    seconds = duration(time.perf_counter() - start)
    assert len(found) == len(RULES.arrangements)
    by_way: dict[str, list[Compared]] = {}
    for compared in found:
        by_way.setdefault(compared.how, []).append(compared)
    for how, some in sorted(by_way.items()):
        statuses = sum((Counter(compared.statuses) for compared in some), Counter[str]())
        profiles, all_of_them = sum(c.profiles for c in some), sum(c.stands_for for c in some)
        assert statuses.total() == profiles
        told = ", ".join(f"{count:,} {status}" for status, count in statuses.most_common())
        figures.add(
            PART,
            f"fast = Kleene, {how}, {len(some)} arrangements: {told}",
            f"{profiles:,} compared, standing for {all_of_them:,}",
        )
    figures.add(PART, f"fast = Kleene, {len(found)} arrangements in all", seconds)


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_an_engine_agrees_with_kleene_on_sampled_profiles(
    engine: str, pytestconfig: pytest.Config, figures: Figures
) -> None:
    profiles, start = pytestconfig.getoption("profiles"), time.perf_counter()
    cuts = [profiles * n // CHUNKS for n in range(CHUNKS + 1)]
    compared = sum(shared_out(agreed, ((engine, *cut) for cut in pairwise(cuts))))
    expected = profiles * (len(RULES.requirements) + len(RULES.arrangements))
    figures.add(
        PART,
        f"{engine} = Kleene on {profiles:,} profiles, outcomes and statuses",
        f"{compared:,} agree, in {duration(time.perf_counter() - start)}",
        bound=Bound(f"all {expected:,}", compared == expected),
    )
