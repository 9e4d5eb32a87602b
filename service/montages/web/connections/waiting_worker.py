"""A worker of gunicorn that holds connections: each waits for its next turn, until it is dropped."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from montages import settings
from montages.web.connections.answering_worker import AnsweringWorker
from montages.web.connections.connection import Connection
from montages.web.connections.connection_crowd import SHARES, ConnectionCrowd


class WaitingWorker(AnsweringWorker):
    """Calls what a connection waits for once the poller says so, and counts all that it holds."""

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
