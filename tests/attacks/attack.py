"""One attack: what is sent, how often at once, and what must be true of the answers and beside them."""

from __future__ import annotations

import http.client
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.message import Message
from typing import NamedTuple
from urllib.parse import urlsplit

from pace import PATIENCE

_DRIP = 0.25  # seconds between two pieces of what comes slowly


class Reply(NamedTuple):
    """The status of an answer (0 for none), its headers and body, and the seconds it took."""

    status: int
    headers: Message
    body: bytes
    seconds: float


@dataclass(frozen=True)
class Attack:
    """A request, and how the service must bear it.

    Each answer has one of `statuses`, comes within `seconds` of a quiet machine and holds `says`. `at_once` of them are sent
    together; with `leaves_after`, each client closes its connection after so many seconds without reading.
    Meanwhile each path of `beside` is asked again and again, and answers within its seconds; afterwards a
    query is answered within `next_seconds`. With `raw`, these bytes are sent as they are instead; with `drip`,
    such a piece again and again afterwards, for `drip_seconds`.
    """

    path: str = "/"
    body: Callable[[int], str | bytes] | None = None
    media: str = "application/octet-stream"
    method: str = "POST"
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[int], bytes] | None = None
    drip: Callable[[int], bytes] | None = None
    drip_seconds: float = 0.0
    statuses: tuple[int, ...] = (400, 413)
    says: str = ""
    seconds: float = 1.0
    at_once: int = 1
    leaves_after: float | None = None
    beside: Mapping[str, float] = field(default_factory=lambda: {"/healthz": 0.5})
    next_seconds: float = 0.5

    def send(self, base: str, number: int = 0) -> Reply:
        """Send the request, the `number`-th of those sent together."""
        headers = {"Accept-Language": "en", **self.headers}
        body = None
        if self.body is not None:
            text = self.body(number)
            body = text.encode() if isinstance(text, str) else text
            headers["Content-Type"] = self.media
        start = time.monotonic()
        if self.raw is not None or self.leaves_after is not None:
            return self._send_raw(base, number, headers, body or b"", start)
        return ask(base, self.path, self.method, body, headers)

    def _send_raw(
        self, base: str, number: int, headers: Mapping[str, str], body: bytes, start: float
    ) -> Reply:
        lines = [f"{self.method} {self.path} HTTP/1.1", "Host: localhost"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        lines += [f"Content-Length: {len(body)}", "", ""]
        data = self.raw(number) if self.raw else "\r\n".join(lines).encode() + body
        address = urlsplit(base)
        assert address.hostname
        assert address.port
        with socket.create_connection((address.hostname, address.port), PATIENCE) as connection:
            with suppress(OSError):
                connection.sendall(data)
            if self.drip is not None:
                self._send_drops(connection, self.drip(number))
            if self.leaves_after is not None:
                time.sleep(self.leaves_after)
                return Reply(0, Message(), b"", time.monotonic() - start)
            answer = http.client.HTTPResponse(connection)
            try:
                answer.begin()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                return Reply(0, Message(), b"", time.monotonic() - start)
            return Reply(answer.status, answer.headers, content, time.monotonic() - start)

    def _send_drops(self, connection: socket.socket, drop: bytes) -> None:
        end = time.monotonic() + self.drip_seconds
        while time.monotonic() < end:
            time.sleep(_DRIP)
            try:
                connection.sendall(drop)
            except OSError:  # it was ended
                return


def ask(
    base: str,
    path: str,
    method: str = "GET",
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """Send one request over a connection of its own."""
    address = urlsplit(base)
    assert address.hostname
    start = time.monotonic()
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=PATIENCE)
    with closing(connection):
        with suppress(BrokenPipeError, ConnectionResetError):  # refused before it is all sent
            connection.request(method, path, body, dict(headers or {}))
        try:
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException):
            return Reply(0, Message(), b"", time.monotonic() - start)
    return Reply(answer.status, answer.headers, content, time.monotonic() - start)


class Probe:
    """A path asked again and again while something else goes on; `worst` is the longest it took."""

    def __init__(self, base: str, path: str) -> None:
        self._base, self.path = base, path
        self.worst, self.failures = 0.0, 0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Probe:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            reply = ask(self._base, self.path)
            self.worst = max(self.worst, reply.seconds)
            self.failures += reply.status != 200
            if self._over.wait(0.05):
                return
