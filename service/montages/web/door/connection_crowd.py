"""The connections that wait for their clients: whose request comes in, or whose answer is being taken."""

from __future__ import annotations

import time
from collections import Counter
from typing import Protocol

from montages import settings
from montages.web.door import refusals
from montages.web.door.refusals import Refusal

# Connections of a process, and bytes held for them: requests that come in, answers that go out.
_MOST_CONNECTIONS, _MOST_HELD = 1000, 128_000_000
# Seconds that a client has to take an answer, from the last byte it took.
_ANSWER_SECONDS = 30.0


class Waiting(Protocol):
    """A connection as it is waited for: until when, whose it is, and what its client is still to take."""

    deadline: float
    address: str
    untaken: int

    def refuse(self, refusal: Refusal) -> None:
        """Say why its request is not answered, and end it."""
        ...

    def drop(self) -> None:
        """End it at once."""
        ...

    def bytes_to_take(self) -> int:
        """Return how many bytes of its answer wait to be taken."""
        ...


class ConnectionCrowd:
    """Those of a process, each kind the oldest first; where there is no room, the oldest leaves."""

    def __init__(self) -> None:
        # Behind proxies of ours all connections come from the same few addresses.
        trusted = settings.number("trusted_proxies")
        self._share = 0 if trusted else settings.number("client_connections")
        self._coming: dict[Waiting, None] = {}
        self._taking: dict[Waiting, None] = {}
        self._clients: Counter[str] = Counter()
        self.held = 0

    def await_request(self, connection: Waiting, seconds: float) -> None:
        """Wait so long for a head, or a body; the oldest of too many of one client leaves."""
        connection.deadline = time.monotonic() + seconds
        if connection in self._coming:
            return
        self._coming[connection] = None
        self._clients[connection.address] += 1
        if 0 < self._share < self._clients[connection.address]:
            own = (one for one in self._coming if one.address == connection.address)
            next(own).refuse(refusals.CROWDED)

    def awaits(self, connection: Waiting) -> bool:
        """Tell whether a request is waited for."""
        return connection in self._coming

    def has_come(self, connection: Waiting) -> None:
        """Wait no more for a request."""
        if connection in self._coming:
            del self._coming[connection]
            self._clients[connection.address] -= 1
            if not self._clients[connection.address]:
                del self._clients[connection.address]

    def await_client(self, connection: Waiting) -> None:
        """Wait for a client that has an answer to take."""
        connection.untaken = connection.bytes_to_take()
        connection.deadline = time.monotonic() + _ANSWER_SECONDS
        self._taking[connection] = None

    def has_taken(self, connection: Waiting) -> None:
        """Wait no more for a client to take an answer."""
        self._taking.pop(connection, None)

    def make_room(self, connections: int) -> None:
        """End the oldest where so many connections, or the bytes held for them, are too many."""
        if connections > _MOST_CONNECTIONS or self.held > _MOST_HELD:
            if self._coming:
                next(iter(self._coming)).refuse(refusals.CROWDED)
            elif self._taking:
                next(iter(self._taking)).drop()

    def end_late(self) -> None:
        """End what came too slowly, and what was taken too slowly."""
        now = time.monotonic()
        for connection in [one for one in self._coming if one.deadline < now]:
            connection.refuse(refusals.SLOW)
        for connection in list(self._taking):
            if (untaken := connection.bytes_to_take()) != connection.untaken:
                connection.untaken, connection.deadline = untaken, now + _ANSWER_SECONDS
            elif connection.deadline < now:
                connection.drop()
