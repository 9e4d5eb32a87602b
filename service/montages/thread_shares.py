"""How threads and memory are shared out, so that no kind of request takes them all."""

from __future__ import annotations

import os

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput
from montages.processes.turns import PAUSED
from montages.processes.worker_pool import PoolSize

# For what is asked besides: pages, documents, health.
_RESERVED = 8
# The kinds of work that processes apart do, as their settings begin: how many threads each of their workers
# takes away from the others, for what runs and is paused; of descriptions, for as many batches that run too,
# and as many that wait. One is taken by each place of a queue.
_KINDS = {"query": 1 + PAUSED, "run": 3 + PAUSED}


def pool_size(kind: str) -> PoolSize:
    """Return the size of the pool of a kind of work that the settings name: `query` or `run`."""
    return PoolSize(
        settings.number(f"{kind}_workers"),
        settings.number(f"{kind}_queue"),
        float(settings.get(f"{kind}_wait")),
        settings.number(f"{kind}_megabytes"),
    )


def threads() -> int:
    """Return how many threads each process has; raises UnusableInput where some kinds could take them all."""
    count = settings.number("threads")
    shares = {f"{kind}_workers": times for kind, times in _KINDS.items()}
    shares |= {f"{kind}_queue": 1 for kind in _KINDS}
    taken = sum(times * settings.number(name) for name, times in shares.items())
    if taken > count - _RESERVED:
        variables = " + ".join(
            f"{times} × MONTAGES_{name.upper()}" if times > 1 else f"MONTAGES_{name.upper()}"
            for name, times in shares.items()
        )
        raise UnusableInput(
            message(
                "{variables} = {taken}: this would leave {value} of the {count} threads of "
                "each process (MONTAGES_THREADS) to pages, which need {reserved}. Lower the "
                "former, or set MONTAGES_THREADS to {taken_2}.",
                variables=variables,
                taken=taken,
                value=max(0, count - taken),
                count=count,
                reserved=_RESERVED,
                taken_2=taken + _RESERVED,
            )
        )
    return count


# What a process holds for its connections, in megabytes.
_CONNECTIONS = 128


def most_megabytes() -> int:
    """Return the memory that the service takes at most, beside what its processes share, in megabytes.

    Of each kind, what runs may take its share, and all that is paused as much as two.
    """
    caches = settings.number("query_remembered") + settings.number("documents_remembered")
    sizes = [pool_size(kind) for kind in _KINDS]
    work = sum((size.workers + PAUSED) * size.megabytes for size in sizes)
    of_process = _CONNECTIONS + caches // 1_000_000 + work
    return len(os.sched_getaffinity(0)) * of_process
