"""How many connections each process of the service holds, which all of them see.

The processes accept on one socket, and whoever wakes first could take all that come at once, while the
others have nothing to do.
"""

from __future__ import annotations

import mmap
import time

# Processes that are counted apart: far more than live at once.
_PLACES = 256
# Seconds left to the others to take a connection.
_PAUSE_SECONDS = 0.0002


class ConnectionShares:
    """One number a process, in memory that processes forked later share: 0 where there is none."""

    def __init__(self) -> None:
        self._counts = memoryview(mmap.mmap(-1, _PLACES * 4)).cast("i")

    def note(self, process: int, connections: int) -> None:
        """Write how many connections a process holds."""
        self._counts[process % _PLACES] = connections + 1

    def forget(self, process: int) -> None:
        """Count a process no more."""
        self._counts[process % _PLACES] = 0

    def give_way(self, process: int) -> None:
        """Leave a moment to the others where one of them holds two connections less, or fewer still."""
        mine = self._counts[process % _PLACES]
        if mine > 2 and any(0 < other < mine - 1 for other in self._counts):
            time.sleep(_PAUSE_SECONDS)


# Made before the processes are: they inherit it.
SHARES = ConnectionShares()
