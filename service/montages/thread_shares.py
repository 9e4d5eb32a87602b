"""How the threads of a process of the service are shared out, so that no kind of request takes them all."""

from __future__ import annotations

from montages import settings
from montages.errors import UnusableInput

# For what is asked besides: pages, documents, health.
_RESERVED = 8
# Of each kind that may make others wait, the settings of how many run at once and how many wait.
_SHARES = (("query_workers", "query_queue"),)


def threads() -> int:
    """Return how many threads each process has; raises UnusableInput where a kind could take them all."""
    count = settings.number("threads")
    for names in _SHARES:
        taken = sum(settings.number(name) for name in names)
        if taken > count - _RESERVED:
            variables = " + ".join(f"MONTAGES_{name.upper()}" for name in names)
            raise UnusableInput(
                f"{variables} = {taken} : il resterait {max(0, count - taken)} des {count} fils de chaque "
                f"processus (MONTAGES_THREADS) pour les pages, et il en faut {_RESERVED}. Diminuez les "
                f"premiers, ou passez MONTAGES_THREADS à {taken + _RESERVED}.",
                f"{variables} = {taken}: this would leave {max(0, count - taken)} of the {count} threads of "
                f"each process (MONTAGES_THREADS) to pages, which need {_RESERVED}. Lower the former, or set "
                f"MONTAGES_THREADS to {taken + _RESERVED}.",
            )
    return count
