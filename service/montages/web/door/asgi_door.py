"""The door between uvicorn and the application: a request is read whole, answered in a thread, and sent."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import unquote_to_bytes

from montages import thread_shares
from montages.web.door.http_connection import HttpConnection
from montages.web.requests.metrics import PORT
from montages.web.requests.rate_limit import HAS_LEFT

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
# What an application of ASGI is called with.
Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[Any], Awaitable[None]]

_PIECE = 65_536  # bytes sent at once
_HEALTH = "/healthz"
# Not of the request but of its way to us: it has come whole.
_WAY = (b"transfer-encoding", b"connection")
_FIXED = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}


class AsgiDoor:
    """Has requests answered by an application of WSGI, in threads; `/healthz` has one of its own."""

    def __init__(self, app: Wsgi) -> None:
        self._app = app
        self._threads = ThreadPoolExecutor(thread_shares.threads(), "request")
        self._health = ThreadPoolExecutor(1, "health")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        body = await _whole_body(receive)
        if body is None:
            return
        connection: HttpConnection = scope["state"]["connection"]
        environ = wsgi_environ(scope, body)
        environ[HAS_LEFT] = lambda: connection.has_left
        answer = WsgiAnswer(self._app, environ, may_be_pieces=scope["http_version"] != "1.0")
        threads = self._health if scope["path"] == _HEALTH else self._threads
        await asyncio.get_running_loop().run_in_executor(threads, answer.begin)
        start = {"type": "http.response.start", "status": answer.status, "headers": answer.headers}
        await send(start)
        if not answer.is_whole:
            await self._stream(answer, connection, send)
            return
        rest = memoryview(answer.body)
        connection.hold(len(rest))
        while len(rest) > _PIECE:
            await _send_body(send, rest[:_PIECE], is_last=False)
            rest = rest[_PIECE:]
        await _send_body(send, rest, is_last=True)

    async def _stream(self, answer: WsgiAnswer, connection: HttpConnection, send: Send) -> None:
        """Send pieces as they are made; the thread that makes them never waits for the client."""
        loop, pieces = asyncio.get_running_loop(), asyncio.Queue[bytes | None]()

        def put(piece: bytes | None) -> None:
            connection.hold(len(piece or b""))
            connection.crowd.make_room(0)
            pieces.put_nowait(piece)

        def make() -> None:
            try:
                for piece in answer.pieces(connection.transport.is_closing):
                    loop.call_soon_threadsafe(put, piece)
            finally:
                loop.call_soon_threadsafe(put, None)

        made = loop.run_in_executor(self._threads, make)
        while (piece := await pieces.get()) is not None:
            await _send_body(send, piece, is_last=False)
        await made  # raises what went wrong
        await _send_body(send, b"", is_last=True)


async def _whole_body(receive: Receive) -> bytes | None:
    """Return the body of a request; None where it was refused, or its client has left."""
    pieces = []
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return None
        pieces.append(message["body"])
        if not message["more_body"]:
            return b"".join(pieces)


async def _send_body(send: Send, body: bytes | memoryview, *, is_last: bool) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": not is_last})


def wsgi_environ(scope: Scope, body: bytes) -> dict[str, Any]:
    """Return a request as WSGI has it, without headers that an underscore could make others."""
    host, port = scope["server"] or ("", 0)
    environ = {
        **_FIXED,
        "REQUEST_METHOD": scope["method"],
        "PATH_INFO": unquote_to_bytes(scope["raw_path"]).decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": host,
        "SERVER_PORT": str(port),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": scope["client"][0] if scope["client"] else "",
        "wsgi.url_scheme": scope["scheme"],
        "wsgi.input": io.BytesIO(body),
        PORT: port,
    }
    for name, value in scope["headers"]:
        if name in _WAY or b"_" in name:
            continue
        key = name.decode("latin-1").upper().replace("-", "_")
        if key not in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            key = f"HTTP_{key}"
        text = value.decode("latin-1")
        if key in environ:
            text = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}"
        environ[key] = text
    if body:
        environ["CONTENT_LENGTH"] = str(len(body))
    return environ


class WsgiAnswer:
    """What an application of WSGI answers: whole where its length is known, else in pieces, if it may be."""

    def __init__(self, app: Wsgi, environ: dict[str, Any], *, may_be_pieces: bool) -> None:
        self._app, self._environ, self._may_be_pieces = app, environ, may_be_pieces
        self.status, self.headers, self.body, self.is_whole = (
            500,
            list[tuple[bytes, bytes]](),
            b"",
            True,
        )
        self._result: Iterable[bytes] = ()

    def begin(self) -> None:
        """Have the application answer, in a thread."""
        self._result = self._app(self._environ, self._start)
        has_length = any(name.lower() == b"content-length" for name, _ in self.headers)
        self.is_whole = has_length or not self._may_be_pieces
        if self.is_whole:
            self.body = b"".join(self.pieces())
        if self.is_whole and not has_length:
            self.headers.append((b"content-length", str(len(self.body)).encode()))

    def _start(self, status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> None:
        self.status = int(status[:3])
        self.headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]

    def pieces(self, is_gone: Callable[[], bool] = lambda: False) -> Iterator[bytes]:
        """Yield the body until the client is gone, and tell the application that it is over."""
        try:
            for piece in self._result:
                if is_gone():
                    return
                if piece:
                    yield piece
        finally:
            close = getattr(self._result, "close", None)
            if close is not None:
                close()
