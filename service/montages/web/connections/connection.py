"""One connection of a client: the request that comes in on it, and the answer that goes out."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from montages.web.connections.request_scan import RequestScan, Stage
from montages.web.connections.response_socket import ResponseSocket


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
