"""Who waits for an answer, and whose turn it is at something that few may use at once.

There are so many places, a short queue, and no waiting beyond it. What has proved slow has half of the
places, and is paused where others have them, so that what is quick soon finds one. Nobody's many requests
keep another's few from their turn: who has nothing running comes first. Who has left waits no more.
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


# Those who are paused at most, for each place.
PAUSED = 2
_LOOK = 0.05  # seconds between two looks at whether who waits has left


class NoTurn(Exception):
    """The queue is full, or one's turn did not come in time."""


@dataclass(eq=False)
class Place:
    """Who runs or waits: the client, None for one that cannot be told.

    `called` is set once a turn came, or never will.
    """

    client: str | None
    called: Event = field(default_factory=Event)
    is_held: bool = False
    is_slow: bool = False
    is_sent_away: bool = False
    held: int = 0


class Turns:
    """So many `places`, half of them for what is slow, and a `queue` of so many more who wait.

    First those of whom nothing runs, then who had a turn longest ago, then who came first. A client may hold
    all places but the last, which is for one that holds none. Where the queue is full, who waits for most
    gives a place to who waits for fewer. Requests of clients that cannot be told share nothing.
    """

    def __init__(self, places: int, queue: int, most_held: int = 0) -> None:
        """`most_held` bytes may be held by all who are paused; 0: any number."""
        self._free, self._queue = places, queue
        self._free_slow, self._most_paused = max(1, places // 2), PAUSED * places
        self._most_held = most_held
        # Those who hold a place, and those who are paused.
        self._running: Counter[str] = Counter()
        # When those who wait had their last turn, in turns.
        self._last: dict[str | None, int] = {}
        self._turns = 0
        self._waiting: list[Place] = []
        self._paused: list[Place] = []
        self._lock = Lock()

    @contextmanager
    def turn(self, seconds: float, client: ClientWatch, beyond: int = 0) -> Iterator[Place]:
        """Wait for a place and hold it; raises NoTurn at once where the queue is full, else after `seconds`.

        `beyond` more than the queue may wait this time. Raises NobodyWaits once the client has left.
        """
        place = self._enter(client.name, beyond)
        try:
            if not place.is_held:
                self._wait(place, self._waiting, seconds, client)
            yield place
        finally:
            self._give_back(place)

    def goes_on_slowly(self, place: Place) -> bool:
        """Have what is done at a place be slow; tell whether it may go on, else it is to be paused."""
        with self._lock:
            if place.is_slow or not self._free_slow:
                return place.is_slow
            self._free_slow -= 1
            place.is_slow = True
            return True

    def wait_slowly(self, place: Place, seconds: float, client: ClientWatch, held: int = 0) -> None:
        """Leave a place to what may be quick until one for what is slow is free; raises as `turn` does.

        So many bytes are held meanwhile: NoTurn is raised where all would hold too many.
        """
        with self._lock:
            place.held = held
            if 0 < self._most_held < held + sum(other.held for other in self._paused):
                raise NoTurn
            if len(self._paused) >= self._most_paused:
                self._make_room(self._paused, place.client)
            place.called.clear()
            place.is_held, place.is_slow = False, True
            self._paused.append(place)
            self._free += 1
            self._call_following()
        try:
            self._wait(place, self._paused, seconds, client)
        finally:
            if not place.is_held:
                self._leave_running(place.client)

    def _enter(self, client: str | None, beyond: int) -> Place:
        """Take a free place, else one in the queue."""
        place = Place(client)
        with self._lock:
            if self._may_run(client):
                self._take(place)
                return place
            if len(self._waiting) >= self._queue + beyond:
                self._make_room(self._waiting, client)
            self._waiting.append(place)
            return place

    def _may_run(self, client: str | None) -> bool:
        return self._free > (0 if self._holds_none(client) else 1)

    def _holds_none(self, client: str | None) -> bool:
        return client is None or not self._running[client]

    def _take(self, place: Place) -> None:
        self._free -= 1
        place.is_held = True
        if place.client is not None:
            self._running[place.client] += 1
            self._turns += 1
            self._last[place.client] = self._turns

    @staticmethod
    def _make_room(queue: list[Place], client: str | None) -> None:
        """Send away the last request of who waits for most; raises NoTurn where nobody waits for more."""
        waits = Counter(place.client for place in queue if place.client is not None)
        greediest, most = waits.most_common(1)[0] if waits else (None, 0)
        own = 0 if client is None else waits[client]
        if most <= own + 1:
            raise NoTurn
        last = next(place for place in reversed(queue) if place.client == greediest)
        queue.remove(last)
        last.is_sent_away = True
        last.called.set()

    def _wait(self, place: Place, queue: list[Place], seconds: float, client: ClientWatch) -> None:
        end = time.monotonic() + seconds
        while not place.called.wait(min(_LOOK, max(0, end - time.monotonic()))):
            left = client.has_left()
            if left or time.monotonic() >= end:
                with self._lock:
                    if place in queue:
                        queue.remove(place)
                # Where the turn came at this very moment, it is given back.
                raise NobodyWaits if left else NoTurn
        if place.is_sent_away:
            raise NoTurn

    def _give_back(self, place: Place) -> None:
        with self._lock:
            if not place.is_held:
                return
            place.is_held = False
            if place.is_slow and self._paused:
                following = min(self._paused, key=lambda one: self._running[one.client or ""])
                self._paused.remove(following)
                following.is_held = True
                following.called.set()
            else:
                self._free += 1
                self._free_slow += place.is_slow
        self._leave_running(place.client)

    def _leave_running(self, client: str | None) -> None:
        with self._lock:
            if client is not None:
                self._running[client] -= 1
                if not self._running[client]:
                    del self._running[client]
            self._call_following()
            there = {*self._running, *(place.client for place in self._waiting)}
            self._last = {name: turn for name, turn in self._last.items() if name in there}

    def _call_following(self) -> None:
        while (following := self._following()) is not None:
            self._waiting.remove(following)
            self._take(following)
            following.called.set()

    def _following(self) -> Place | None:
        """Return whose turn it is, None where none who waits may run."""
        able = (place for place in self._waiting if self._may_run(place.client))
        return min(
            able,
            key=lambda p: (not self._holds_none(p.client), self._last.get(p.client, 0)),
            default=None,
        )
