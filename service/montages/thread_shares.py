"""How threads and memory are shared out, so that no kind of request takes them all."""

from __future__ import annotations

import os

from montages import settings
from montages.bilingual import message
from montages.errors import UnusableInput
from montages.processes.turns import PAUSED

# For what is asked besides: pages, documents, health.
_RESERVED = 8
# How many threads each setting takes away from the others: what runs, what is paused, what waits; batches of
# descriptions run as many as there are workers, and as many wait.
_TAKEN = {"query_workers": 1 + PAUSED, "query_queue": 1, "run_workers": 3 + PAUSED, "run_queue": 1}


def threads() -> int:
    """Return how many threads each process has; raises UnusableInput where some kinds could take them all."""
    count = settings.number("threads")
    taken = sum(times * settings.number(name) for name, times in _TAKEN.items())
    if taken > count - _RESERVED:
        variables = " + ".join(
            f"{times} × MONTAGES_{name.upper()}" if times > 1 else f"MONTAGES_{name.upper()}"
            for name, times in _TAKEN.items()
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
    queries = (settings.number("query_workers") + PAUSED) * settings.number("query_megabytes")
    descriptions = (settings.number("run_workers") + PAUSED) * settings.number("run_megabytes")
    of_process = _CONNECTIONS + caches // 1_000_000 + queries + descriptions
    return len(os.sched_getaffinity(0)) * of_process
