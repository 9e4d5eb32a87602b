"""A file that one holds at a time, among all threads and processes of the machine."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Who waits gives up after so many seconds, and looks so often.
_PATIENCE, _PAUSE = 120.0, 0.02


@contextmanager
def one_at_a_time(path: Path) -> Iterator[bool]:
    """Hold a file, which is there meanwhile; tell whether another held it, whose end was waited for.

    Where it cannot be, or the other is at it for too long, nothing is held and all goes on.
    """
    try:
        lock = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        yield False
        return
    end, waited = time.monotonic() + _PATIENCE, False
    while not (held := _held(lock)) and time.monotonic() < end:
        waited = True
        time.sleep(_PAUSE)
    try:
        yield waited
    finally:
        if held:
            with suppress(OSError):
                path.unlink()
        os.close(lock)


def _held(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a folder without locks
        pass
    return True
