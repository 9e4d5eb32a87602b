"""What an answer is written to: the client takes at once what it can, the rest is held for it.

A short answer whose length is known is held whole: the loop sends it, in one go. The client cannot send its
next request before the loop is done with this one, and threads do not change places at each piece.
"""

from __future__ import annotations

import errno
import socket
from typing import Any

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
