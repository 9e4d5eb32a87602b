"""Whether who asked still waits for the answer: what its connection says."""

from __future__ import annotations

import select
import socket
from collections.abc import Callable

# The other end has closed, or writes no more: clients of HTTP do so when they leave.
_LEFT = getattr(select, "POLLRDHUP", 0) | select.POLLHUP | select.POLLERR


class NobodyWaits(Exception):
    """Who asked has left."""


class ClientWatch:
    """Who asked: their connection, their name, and what is told how many seconds the work took a processor.

    Without a connection, nobody is ever seen to leave; without a name, nobody is told from another.
    """

    def __init__(
        self,
        connection: socket.socket | None = None,
        name: str | None = None,
        charge: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        self._descriptor = connection.fileno() if connection else -1
        self.name, self.charge = name, charge

    def has_left(self) -> bool:
        """Tell whether the client has closed its connection."""
        if self._descriptor < 0:
            return False
        poll = select.poll()
        poll.register(self._descriptor, _LEFT)
        return bool(poll.poll(0))

    def wait(self, connection: socket.socket, seconds: float) -> bool:
        """Wait for something to read on a connection, and tell whether it came; raises NobodyWaits."""
        poll = select.poll()
        poll.register(connection, select.POLLIN)
        if self._descriptor >= 0:
            poll.register(self._descriptor, _LEFT)
        ready = [descriptor for descriptor, _ in poll.poll(max(0, seconds) * 1000)]
        if ready and connection.fileno() not in ready:
            raise NobodyWaits
        return bool(ready)
