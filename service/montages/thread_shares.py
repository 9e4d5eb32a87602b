"""How the threads of a process of the service are shared out, so that no kind of request takes them all."""

from __future__ import annotations

from montages import settings
from montages.errors import UnusableInput

# For what is asked besides: pages, documents, health.
_RESERVED = 8
# How many threads each setting takes away from the others: what runs, what waits; batches of descriptions run
# as many as there are workers, and as many wait.
_TAKEN = {"query_workers": 1, "query_queue": 1, "run_workers": 3, "run_queue": 1}


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
            f"{variables} = {taken} : il resterait {max(0, count - taken)} des {count} fils de chaque "
            f"processus (MONTAGES_THREADS) pour les pages, et il en faut {_RESERVED}. Diminuez les "
            f"premiers, ou passez MONTAGES_THREADS à {taken + _RESERVED}.",
            f"{variables} = {taken}: this would leave {max(0, count - taken)} of the {count} threads of "
            f"each process (MONTAGES_THREADS) to pages, which need {_RESERVED}. Lower the former, or set "
            f"MONTAGES_THREADS to {taken + _RESERVED}.",
        )
    return count
