"""A worker of gunicorn that gives a thread to a request only once it is whole, and takes it back at once.

gunicorn's own `gthread` reads a request, and writes an answer, in the thread that handles it, without a
deadline: as many slow clients as there are threads, and nobody else is served. Here one loop reads and writes
for all clients, and never waits for one; threads only compute. `/healthz` has a thread of its own.
"""

from __future__ import annotations

import selectors
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from socket import SHUT_WR
from typing import Any

from gunicorn.workers.gthread import STOP_KEEPALIVE_LINGER

from montages import settings
from montages.web.connections import refusals
from montages.web.connections.connection import Connection
from montages.web.connections.connection_crowd import SHARES
from montages.web.connections.connection_worker import ConnectionWorker
from montages.web.connections.refusals import Refusal
from montages.web.connections.request_scan import Stage

_PIECE = 262_144  # bytes read at once
# Seconds that a client has to take an answer, from the last byte it took; to read why it was refused.
_ANSWER_SECONDS, _LINGER_SECONDS = 30.0, 2.0
_SWEEP_SECONDS, _TELL_SECONDS = 0.25, 1.0
_ACCEPTED_AT_ONCE = 32
_HEALTH = (b"GET /healthz ", b"HEAD /healthz ")
_REFUSED = {
    Stage.HEAD_TOO_LARGE: refusals.HEAD_TOO_LARGE,
    Stage.BODY_TOO_LARGE: refusals.BODY_TOO_LARGE,
}


class BufferedWorker(ConnectionWorker):
    """Reads requests and writes answers in its loop, and computes answers in threads."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._limit = settings.number("max_bytes")
        self._head_seconds = settings.number("head_seconds")
        self._body_seconds = settings.number("body_seconds")
        self._swept = self._told = 0.0

    @classmethod
    def check_config(cls, cfg: Any, log: Any) -> None:
        """Refuse TLS, which is for the proxy in front: a handshake would wait for its client."""
        if cfg.is_ssl:
            raise ValueError("TLS is for the proxy in front of the service, not for gunicorn.")
        super().check_config(cfg, log)

    def init_process(self) -> None:
        """Make the thread of health, then start as gunicorn does."""
        self._health = ThreadPoolExecutor(1, "health")
        # gunicorn looks up its settings dozens of times a request, by a function each time.
        self.cfg.__dict__.update(
            {name: setting.get() for name, setting in self.cfg.settings.items()}
        )
        SHARES.note(self.age, 0)
        super().init_process()

    def notify(self) -> None:
        """Tell the process above that this one is alive: not at each turn of the loop, as gunicorn does."""
        now = time.monotonic()
        if now - self._told >= _TELL_SECONDS:
            self._told = now
            super().notify()

    # Coming in.

    def accept(self, listener: Any) -> None:
        """Take the connections that have come, the oldest unfinished one leaving where there is no room."""
        for _ in range(_ACCEPTED_AT_ONCE):
            SHARES.give_way(self.age)
            try:
                sock, client = listener.accept()
            except BlockingIOError:
                return
            except OSError as error:  # no descriptor left, or the client has gone
                self.log.debug("Not accepted: %s", error)
                if not self._make_room():
                    return
                continue
            self.nr_conns += 1
            SHARES.note(self.age, self.nr_conns)
            # gunicorn stops to accept where all are taken.
            if self.nr_conns >= self.worker_connections:
                self._make_room()
            self._start(Connection(sock, client, listener.getsockname(), self._limit))

    def _make_room(self) -> bool:
        if (oldest := self._crowd.oldest()) is not None:
            self._refuse(oldest, refusals.CROWDED)
            return True
        if self.keepalived_conns:
            conn = self.keepalived_conns.popleft()
            self._drop(conn)
            return True
        return False

    def _start(self, conn: Connection) -> None:
        """Wait for a request, or go on with what has already come of it."""
        conn.timeout = time.monotonic() + self._head_seconds
        if (oldest := self._crowd.await_request(conn)) is not None:
            self._refuse(oldest, refusals.CROWDED)
        self._read(conn)

    def _read(self, conn: Connection) -> None:
        """Take what has come of a request; called again when more comes."""
        before = conn.scan.stage
        try:
            while conn.scan.stage in (Stage.HEAD, Stage.BODY):
                data = conn.sock.recv(_PIECE)
                if not data:
                    self._drop(conn)
                    return
                conn.scan.feed(data)
                if len(data) < _PIECE:
                    break
        except BlockingIOError:
            pass
        except OSError:
            self._drop(conn)
            return
        self._crowd.count(conn)
        stage = conn.scan.stage
        if stage in _REFUSED:
            self._refuse(conn, _REFUSED[stage])
        elif stage in (Stage.WHOLE, Stage.CUT):
            self._hand_over(conn)
        else:
            if stage is Stage.BODY and before is Stage.HEAD:
                conn.timeout = time.monotonic() + self._body_seconds
                if conn.scan.awaits_continue:
                    with suppress(OSError):
                        conn.response.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
            self._when_ready(conn, selectors.EVENT_READ, self._read)
            if self._crowd.holds_too_much:
                self._make_room()

    def _hand_over(self, conn: Connection) -> None:
        """Give a whole request to a thread."""
        self._forget(conn)
        conn.take_request()
        pool = self._health if conn.request.startswith(_HEALTH) else self.tpool
        future = pool.submit(self.handle, conn)
        future.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    # Going out.

    def finish_request(self, conn: Connection, done: Future[bool]) -> None:
        """Go on with a connection whose request is answered."""
        try:
            self._go_on(conn, done)
        except Exception:
            self.log.exception("A connection was ended")
            self._drop(conn)

    def _go_on(self, conn: Connection, done: Future[bool]) -> None:
        conn.timeout = time.monotonic() + _ANSWER_SECONDS
        conn.keep_alive = not done.cancelled() and not done.exception() and done.result()
        conn.request = b""
        self._crowd.count(conn)
        if conn.response.rest:
            self._crowd.await_client(conn)
            self._write(conn)
            if self._crowd.holds_too_much:
                self._make_room()
        else:
            self._answered(conn)

    def _write(self, conn: Connection) -> None:
        """Send what the client takes of an answer; called again when it takes more."""
        rest = conn.response.rest
        try:
            del rest[: conn.sock.send(memoryview(rest)[:_PIECE])]
        except BlockingIOError:
            pass
        except (OSError, BufferError):
            self._drop(conn)
            return
        else:
            conn.timeout = time.monotonic() + _ANSWER_SECONDS
        self._crowd.count(conn)
        if rest:
            self._when_ready(conn, selectors.EVENT_WRITE, self._write)
        else:
            self._forget(conn)
            self._answered(conn)

    def _answered(self, conn: Connection) -> None:
        if not conn.keep_alive:
            self._linger(conn, unread=not conn.is_whole)
        elif conn.scan.data:  # the next request came with this one
            self._start(conn)
        else:
            conn.timeout = time.monotonic() + (
                self.cfg.keepalive if self.alive else min(self.cfg.keepalive, STOP_KEEPALIVE_LINGER)
            )
            self.keepalived_conns.append(conn)
            self._when_ready(conn, selectors.EVENT_READ, self._wake)

    def _wake(self, conn: Connection) -> None:
        """Read the next request of a connection that was kept."""
        self.keepalived_conns.remove(conn)
        self._start(conn)

    def _refuse(self, conn: Connection, refusal: Refusal) -> None:
        """Say why a request is not answered, and end its connection."""
        silent = not conn.scan.data
        answering = self._crowd.is_written_to(conn)
        self._forget(conn)
        if silent or answering:
            self._drop(conn)
            return
        self.say(conn, refusal)
        conn.response.rest.clear()
        conn.take_request()
        conn.request = b""
        self._linger(conn, unread=True)

    def _linger(self, conn: Connection, unread: bool) -> None:
        """End a connection so that the client reads the answer, even while it still sends (RFC 9112, 9.6)."""
        try:
            conn.sock.shutdown(SHUT_WR)
        except OSError:
            unread = False
        if not unread:
            self._drop(conn)
            return
        conn.timeout = time.monotonic() + _LINGER_SECONDS
        self._crowd.count(conn)
        self._crowd.await_client(conn)
        self._when_ready(conn, selectors.EVENT_READ, self._discard)

    def _discard(self, conn: Connection) -> None:
        try:
            if conn.sock.recv(_PIECE):
                return
        except BlockingIOError:
            return
        except OSError:
            pass
        self._drop(conn)

    # Too slow.

    def murder_pending(self) -> None:
        """End what came too slowly, and what was taken too slowly; gunicorn's loop calls this each turn."""
        now = time.monotonic()
        if now - self._swept < _SWEEP_SECONDS:
            return
        self._swept = now
        for conn in self._crowd.late_to_send(now):
            self._refuse(conn, refusals.SLOW)
        if not self.alive:  # who has said nothing is not waited for
            for conn in self._crowd.silent():
                self._drop(conn)
        for conn in self._crowd.late_to_take(now):
            self._drop(conn)
