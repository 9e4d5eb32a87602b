"""The connections of a process: those it waits for, the bytes it holds for them, and its share of all."""

from __future__ import annotations

import mmap
import time
from collections import defaultdict

from montages.web.connections.connection import Connection

# Bytes held for all clients of a process: requests that come in, answers that go out.
_MOST_HELD = 128_000_000


class ConnectionCrowd:
    """Those whose request comes in, all and by client, and those that are written to.

    `most_of_client` come in at once from one client; 0: as many as there are.
    """

    def __init__(self, most_of_client: int) -> None:
        self._most_of_client = most_of_client
        self._reading: dict[Connection, None] = {}
        self._by_client: defaultdict[str, dict[Connection, None]] = defaultdict(dict)
        self._writing: dict[Connection, None] = {}
        self._held = 0

    def await_request(self, conn: Connection) -> Connection | None:
        """Add one whose request comes in; return the oldest of its client where it has too many."""
        self._reading[conn] = None
        own = self._by_client[conn.address]
        own[conn] = None
        return next(iter(own)) if 0 < self._most_of_client < len(own) else None

    def await_client(self, conn: Connection) -> None:
        """Add one whose client has an answer to take, or a refusal to read."""
        self._writing[conn] = None

    def is_written_to(self, conn: Connection) -> bool:
        """Tell whether a connection is written to."""
        return conn in self._writing

    def forget(self, conn: Connection) -> None:
        """Count a connection among none."""
        self._reading.pop(conn, None)
        self._writing.pop(conn, None)
        own = self._by_client.get(conn.address)
        if own is not None:
            own.pop(conn, None)
            if not own:
                del self._by_client[conn.address]

    def oldest(self) -> Connection | None:
        """Return who leaves where there is no room: the oldest that comes in, else that is written to."""
        return next(iter(self._reading), None) or next(iter(self._writing), None)

    def count(self, conn: Connection) -> None:
        """Count the bytes that are held for a connection now."""
        held = conn.held()
        self._held += held - conn.counted
        conn.counted = held

    def discount(self, conn: Connection) -> None:
        """Count no bytes any more for a connection that ends."""
        self._held -= conn.counted
        conn.counted = 0

    @property
    def holds_too_much(self) -> bool:
        """Tell whether more bytes are held than may be."""
        return self._held > _MOST_HELD

    def late_to_send(self, now: float) -> list[Connection]:
        """Return those whose request has not come in time."""
        return [conn for conn in self._reading if conn.timeout < now]

    def late_to_take(self, now: float) -> list[Connection]:
        """Return those whose client has not taken the answer in time."""
        return [conn for conn in self._writing if conn.timeout < now]

    def silent(self) -> list[Connection]:
        """Return those of which nothing has come yet."""
        return [conn for conn in self._reading if not conn.scan.data]


# Processes that are counted apart: far more than live at once.
_PLACES = 256
# Seconds left to the others to take a connection.
_PAUSE_SECONDS = 0.0002


class ConnectionShares:
    """How many connections each process holds, in memory that processes forked later share; 0: no process.

    They accept on one socket, and whoever wakes first could take all that come at once, while the others have
    nothing to do.
    """

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
