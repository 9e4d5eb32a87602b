"""A worker of gunicorn that holds connections: each waits for its turn, is answered, or is dropped."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from gunicorn.http.body import Body, ChunkedReader
from gunicorn.http.parser import RequestParser
from gunicorn.workers.gthread import ThreadWorker

from montages import settings
from montages.web.connections import refusals
from montages.web.connections.connection import Connection
from montages.web.connections.connection_crowd import SHARES, ConnectionCrowd
from montages.web.connections.refusals import Refusal, refusal_of


class ConnectionWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Calls what a connection waits for once the poller says so; answers whole requests."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Behind proxies of ours all connections come from the same few addresses.
        trusted = settings.number("trusted_proxies")
        self._crowd = ConnectionCrowd(0 if trusted else settings.number("client_connections"))

    def _when_ready(
        self, conn: Connection, event: int, action: Callable[[Connection], None]
    ) -> None:
        conn.ready = action
        if conn.events == event:
            return
        if conn.events:
            self.poller.modify(conn.sock, event, partial(self._act, conn))
        else:
            self.poller.register(conn.sock, event, partial(self._act, conn))
        conn.events = event

    def _act(self, conn: Connection, _: Any) -> None:
        if conn.ready is not None:
            try:
                conn.ready(conn)
            except Exception:  # the loop goes on, whatever one connection does
                self.log.exception("A connection was ended")
                self._drop(conn)
        else:  # more comes while a thread answers, or the client has left: seen to when it has answered
            self._stop_waiting(conn)

    def _stop_waiting(self, conn: Connection) -> None:
        if conn.events:
            conn.events = 0
            with suppress(OSError, KeyError, ValueError):
                self.poller.unregister(conn.sock)

    def _forget(self, conn: Connection) -> None:
        """Count a connection among none.

        It stays with the poller, which costs two calls less a request: few clients send while they wait.
        """
        self._crowd.forget(conn)
        conn.ready = None

    def _drop(self, conn: Connection) -> None:
        if conn.ended:
            return
        conn.ended = True
        self._forget(conn)
        self._stop_waiting(conn)
        self._crowd.discount(conn)
        self.nr_conns -= 1
        SHARES.note(self.age, self.nr_conns)
        conn.close()

    def murder_keepalived(self, force: bool = False) -> None:
        """Close kept connections that were not used in time, or all of them."""
        now = time.monotonic()
        while self.keepalived_conns and (force or self.keepalived_conns[0].timeout <= now):
            self._drop(self.keepalived_conns.popleft())

    # In a thread.

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
