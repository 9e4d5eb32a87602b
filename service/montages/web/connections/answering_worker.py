"""A worker of gunicorn whose threads answer whole requests, as gunicorn parses them."""

from __future__ import annotations

import io
from contextlib import suppress
from typing import Any

from gunicorn.http.body import Body, ChunkedReader
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

from montages.web.connections import refusals
from montages.web.connections.connection import Connection
from montages.web.connections.refusals import Refusal, refusal_of


class AnsweringWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Answers in a thread the request that a connection holds."""

    def handle(self, conn: Connection) -> bool:
        """Answer a whole request; tell whether another may follow on its connection."""
        request = None
        try:
            request = next(RequestParser(self.cfg, iter([conn.request]), conn.client))
            # The loop has answered it.
            request._expected_100_continue = False
            if not conn.is_whole:
                request.force_close()
            if request.version >= (1, 1) and not any(n == "HOST" for n, _ in request.headers):
                return self.say(conn, refusals.NO_HOST)
            if isinstance(request.body.reader, ChunkedReader):
                # Read here, where what is wrong with it is still the fault of the request.
                request.body = Body(io.BytesIO(request.body.read()))
            elif not self._is_framed_alike(conn, request):
                return self.say(conn, refusals.MALFORMED)
            conn.response.expect_answer()
            return bool(self.handle_request(request, _Exchange(conn)))
        except StopIteration:
            return False
        except Exception as error:  # noqa: BLE001  # as gunicorn does: the worker goes on
            refusal = refusal_of(error)
            if refusal is not None:
                return self.say(conn, refusal)
            if not isinstance(error, OSError):
                self.handle_error(request, conn.response, conn.client, error)
            return False

    @staticmethod
    def _is_framed_alike(conn: Connection, request: Any) -> bool:
        """Tell whether gunicorn sees a body end where the loop did."""
        head = conn.request.find(b"\r\n\r\n") + 4
        return not conn.is_whole or request.body.reader.length == len(conn.request) - head

    @staticmethod
    def say(conn: Connection, refusal: Refusal) -> bool:
        """Write why a request is not answered; the connection ends with it."""
        with suppress(OSError):
            conn.response.sendall(refusal.encoded(conn.request or bytes(conn.scan.data)))
        return False


class _Exchange:
    """What gunicorn looks at of a connection while it answers a request."""

    def __init__(self, conn: Connection) -> None:
        self.sock, self.client, self.server = conn.response, conn.client, conn.server
