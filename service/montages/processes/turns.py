"""Turns at something that few may use at once: so many places, a short queue, and no waiting beyond it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Lock

from montages.processes.client_watch import NobodyWaits

_LOOK = 0.05  # seconds between two looks at whether who waits has left


class NoTurn(Exception):
    """The queue is full, or one's turn did not come in time."""


class Turns:
    """So many `places`, and a `queue` of so many more who wait; first come, first served."""

    def __init__(self, places: int, queue: int) -> None:
        self._free, self._queue = places, queue
        self._waiting: deque[Event] = deque()
        self._lock = Lock()

    @contextmanager
    def turn(self, seconds: float, has_left: Callable[[], bool], beyond: int = 0) -> Iterator[None]:
        """Wait for a place and hold it; raises NoTurn at once where the queue is full, else after `seconds`.

        `beyond` more than the queue may wait this time. Raises NobodyWaits once `has_left` is true.
        """
        place = self._place(beyond)
        if place is not None:
            self._wait(place, seconds, has_left)
        try:
            yield
        finally:
            self._pass_on()

    def _place(self, beyond: int) -> Event | None:
        """Take a free place, else a place in the queue, which is returned."""
        with self._lock:
            if self._free:
                self._free -= 1
                return None
            if len(self._waiting) >= self._queue + beyond:
                raise NoTurn
            place = Event()
            self._waiting.append(place)
            return place

    def _wait(self, place: Event, seconds: float, has_left: Callable[[], bool]) -> None:
        end = time.monotonic() + seconds
        while not place.wait(min(_LOOK, max(0, end - time.monotonic()))):
            left = has_left()
            if left or time.monotonic() >= end:
                self._leave(place)
                raise NobodyWaits if left else NoTurn

    def _leave(self, place: Event) -> None:
        with self._lock:
            if not place.is_set():
                self._waiting.remove(place)
                return
        self._pass_on()  # the turn came at this very moment

    def _pass_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._free += 1
