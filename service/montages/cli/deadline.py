"""The time that a command may take: it is stopped between two steps of Python, or by the system."""

from __future__ import annotations

import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn

from montages import settings
from montages.errors import TookTooLong

# Seconds of computing after which the system ends what no longer listens, beyond the deadline.
_GRACE = 5


@contextmanager
def deadline(count: int = 1) -> Iterator[None]:
    """Stop what takes longer than the setting allows for so many descriptions; raises TookTooLong."""
    seconds = settings.number("command_seconds") * max(1, count)
    if not seconds or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> NoReturn:
        raise TookTooLong(
            f"Arrêté au bout de {seconds} s (réglage MONTAGES_COMMAND_SECONDS ; 0 : sans limite).",
            f"Stopped after {seconds} s (setting MONTAGES_COMMAND_SECONDS; 0: no limit).",
            setting="command_seconds",
        )

    before, limits = signal.signal(signal.SIGALRM, stop), resource.getrlimit(resource.RLIMIT_CPU)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    most = int(usage.ru_utime + usage.ru_stime) + seconds + _GRACE
    if limits[1] == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (most, limits[1]))
    # It strikes again each second: where Python tells of no error (a finaliser), the first one is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        resource.setrlimit(resource.RLIMIT_CPU, limits)
