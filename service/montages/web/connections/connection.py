"""One connection of a client: the request that comes in on it, and what its answer is written to.

The client takes at once what it can of an answer, the rest is held for it. A short answer whose length is
known is held whole: the loop sends it, in one go. The client cannot send its next request before the loop is
done with this one, and threads do not change places at each piece.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from montages.web.connections.request_scan import RequestScan, Stage


class Connection:
    """What a worker holds of a connection; `timeout` is a time of `time.monotonic`, as gunicorn names it."""

    def __init__(self, sock: socket.socket, client: Any, server: Any, limit: int) -> None:
        sock.setblocking(False)
        self.sock, self.client, self.server, self._limit = sock, client, server, limit
        # Who the connection counts for; that of a local socket has no address.
        self.address = str(client[0]) if isinstance(client, tuple) and client else ""
        self.scan = RequestScan(limit)
        self.request = b""
        self.is_whole = True
        self.response = ResponseSocket(sock)
        self.timeout = 0.0
        self.keep_alive = False
        # What the worker does when it is ready, what it counted of it, and what it has the poller look for.
        self.ready: Callable[[Connection], None] | None = None
        self.counted = 0
        self.events = 0
        self.ended = False

    def take_request(self) -> None:
        """Hold the request that has come in, and make ready for the next."""
        self.is_whole = self.scan.stage is Stage.WHOLE
        self.request, rest = self.scan.take()
        self.scan = RequestScan(self._limit)
        if self.is_whole and rest:
            self.scan.feed(rest)

    def held(self) -> int:
        """Return how many bytes are held for it."""
        return len(self.scan.data) + len(self.request) + len(self.response.rest)

    def close(self, graceful: bool = False) -> None:
        """Close it, whatever is still to come."""
        with suppress(OSError):
            self.sock.close()


_PIECE = 262_144  # bytes sent at once of what is held
_LENGTH = b"\r\ncontent-length:"


class ResponseSocket:
    """The connection of a client as gunicorn writes to it, which never waits."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.rest = bytearray()
        self._is_head_next = self._is_held = False

    def expect_answer(self) -> None:
        """Take the next piece for the head of an answer."""
        self._is_head_next = True

    def sendall(self, data: bytes) -> None:
        """Send what can be sent now, hold the rest; raises OSError where the client has left."""
        if self._is_head_next:
            self._is_head_next, self._is_held = False, _LENGTH in data.lower()
        if self._is_held:
            self._is_held = len(self.rest) + len(data) <= _PIECE
        if self._is_held:
            self.rest += data
        elif self.rest:  # of an answer that comes in pieces
            self.rest += data
            sent = self._sent(bytes(self.rest[:_PIECE]))
            del self.rest[:sent]
        else:
            sent = self._sent(data)
            if sent < len(data):
                self.rest += data[sent:]

    def _sent(self, data: bytes) -> int:
        """Return how many bytes the client takes now."""
        try:
            return self._connection.send(data)
        except BlockingIOError:
            return 0

    def send(self, data: bytes) -> int:
        """Send as `sendall` does; return that all is taken care of."""
        self.sendall(data)
        return len(data)

    def close(self) -> None:
        """Leave the end of the connection to the loop, which knows what it still waits for."""

    def shutdown(self, how: int) -> None:
        """Refuse to end one direction, so that gunicorn lets be; raises OSError."""
        raise OSError(errno.ENOTSUP, "the loop ends connections")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)
