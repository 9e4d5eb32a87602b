"""Who waits for an answer, and whose turn it is at something that few may use at once.

There are so many places, a short queue, and no waiting beyond it. Nobody's many requests keep another's few
from their turn: who has nothing running comes first. Who has left waits no more: their connection says so.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Lock


class NobodyWaits(Exception):
    """Who asked has left."""


class ClientWatch:
    """Who asked: whether they have left, their name, and what is told the seconds that a processor worked.

    Without a name, nobody is told from another.
    """

    def __init__(
        self,
        has_left: Callable[[], bool] | None = None,
        name: str | None = None,
        charge: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self.has_left = has_left or (lambda: False)
        self.name, self.charge = name, charge


_LOOK = 0.05  # seconds between two looks at whether who waits has left


class NoTurn(Exception):
    """The queue is full, or one's turn did not come in time."""


@dataclass(eq=False)
class _Waiting:
    """Who waits: the client, None for one that cannot be told; `called` once its turn came or never will."""

    client: str | None
    called: Event = field(default_factory=Event)
    is_sent_away: bool = False


class Turns:
    """So many `places`, and a `queue` of so many more who wait.

    First those of whom nothing runs, then who had a turn longest ago, then who came first. A client may hold
    all places but the last, which is for one that holds none. Where the queue is full, who waits for most
    gives a place to who waits for fewer. Requests of clients that cannot be told share nothing.
    """

    def __init__(self, places: int, queue: int) -> None:
        self._free, self._queue = places, queue
        self._running: Counter[str] = Counter()
        # When those who wait had their last turn, in turns.
        self._last: dict[str | None, int] = {}
        self._turns = 0
        self._waiting: list[_Waiting] = []
        self._lock = Lock()

    @contextmanager
    def turn(self, seconds: float, client: ClientWatch, beyond: int = 0) -> Iterator[None]:
        """Wait for a place and hold it; raises NoTurn at once where the queue is full, else after `seconds`.

        `beyond` more than the queue may wait this time. Raises NobodyWaits once the client has left.
        """
        place = self._place(client.name, beyond)
        if place is not None:
            self._wait(place, seconds, client)
        try:
            yield
        finally:
            self._give_back(client.name)

    def _place(self, client: str | None, beyond: int) -> _Waiting | None:
        """Take a free place, else a place in the queue, which is returned."""
        with self._lock:
            if self._may_run(client):
                self._take(client)
                return None
            if len(self._waiting) >= self._queue + beyond:
                self._make_room(client)
            place = _Waiting(client)
            self._waiting.append(place)
            return place

    def _may_run(self, client: str | None) -> bool:
        return self._free > (0 if self._holds_none(client) else 1)

    def _holds_none(self, client: str | None) -> bool:
        return client is None or not self._running[client]

    def _take(self, client: str | None) -> None:
        self._free -= 1
        if client is not None:
            self._running[client] += 1
            self._turns += 1
            self._last[client] = self._turns

    def _make_room(self, client: str | None) -> None:
        """Send away the last request of who waits for most; raises NoTurn where nobody waits for more."""
        waits = Counter(place.client for place in self._waiting if place.client is not None)
        greediest, most = waits.most_common(1)[0] if waits else (None, 0)
        own = 0 if client is None else waits[client]
        if most <= own + 1:
            raise NoTurn
        last = next(place for place in reversed(self._waiting) if place.client == greediest)
        self._waiting.remove(last)
        last.is_sent_away = True
        last.called.set()

    def _wait(self, place: _Waiting, seconds: float, client: ClientWatch) -> None:
        end = time.monotonic() + seconds
        while not place.called.wait(min(_LOOK, max(0, end - time.monotonic()))):
            left = client.has_left()
            if left or time.monotonic() >= end:
                self._leave(place)
                raise NobodyWaits if left else NoTurn
        if place.is_sent_away:
            raise NoTurn

    def _leave(self, place: _Waiting) -> None:
        with self._lock:
            if not place.called.is_set():
                self._waiting.remove(place)
                return
        if not place.is_sent_away:
            self._give_back(place.client)  # the turn came at this very moment

    def _give_back(self, client: str | None) -> None:
        with self._lock:
            self._free += 1
            if client is not None:
                self._running[client] -= 1
                if not self._running[client]:
                    del self._running[client]
            while (following := self._following()) is not None:
                self._waiting.remove(following)
                self._take(following.client)
                following.called.set()
            there = {*self._running, *(place.client for place in self._waiting)}
            self._last = {name: turn for name, turn in self._last.items() if name in there}

    def _following(self) -> _Waiting | None:
        """Return whose turn it is, None where none who waits may run."""
        able = (place for place in self._waiting if self._may_run(place.client))
        return min(
            able,
            key=lambda p: (not self._holds_none(p.client), self._last.get(p.client, 0)),
            default=None,
        )
