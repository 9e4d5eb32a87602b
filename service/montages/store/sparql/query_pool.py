"""Queries run in processes apart, each killed by the system at its deadline (S4).

Each process of the service has its own few, forked on demand by one `fork_server` that all of them share
and that holds the store. A query that is killed takes its process with it and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
import weakref
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from threading import Condition, Lock
from typing import IO, Any

from montages import settings
from montages.store import nquads
from montages.store.dataset import Dataset
from montages.store.sparql.fork_server import ANSWER, REQUEST
from montages.store.sparql.query_errors import (
    QueryBusy,
    QueryFailed,
    QueryTimeout,
    QueryTooLarge,
    too_many_rows,
)
from montages.store.sparql.query_worker import Limits

_PATIENCE = 0.3  # seconds beyond the deadline
_AT_ONCE = 65536  # most answers are read in one go


@dataclass(frozen=True)
class SerialisedAnswer:
    """The bytes of an answer, and whether it was cut at the row limit."""

    body: bytes
    cut: bool


class Malformed(Exception):
    """The engine does not read the query; the text is what it says of it."""


class WrongForm(Exception):
    """The answer cannot be written in the format asked: it is of the other kind."""


def limits() -> Limits:
    """Return the limits of a query that the settings name."""
    return Limits(
        seconds=float(settings.get("query_seconds")),
        rows=settings.number("query_rows"),
        bytes=settings.number("query_bytes"),
        megabytes=settings.number("query_megabytes"),
        network=bool(settings.get("service_allow").split()),
    )


@lru_cache(maxsize=2)
def pool(dataset: Dataset, limits: Limits, workers: int, queue: int) -> Pool:
    """Return the pool of a dataset, started: applications of one process share it."""
    return Pool(nquads.quads(dataset), limits, workers, queue)


class Pool:
    """Processes that answer queries over one dataset, `workers` at once and `queue` more waiting."""

    def __init__(self, quads: bytes, limits: Limits, workers: int, queue: int) -> None:
        self.limits = limits
        self.digest = hashlib.sha256(quads).hexdigest()
        self._workers, self._queue = workers, queue
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  # read again if the server dies
        self._file.write(quads)
        self._file.flush()
        self._starting = Lock()
        self._server = _Server(self._file, limits)
        self._own_children = [_Children()]
        self._end = weakref.finalize(self, _ended, self._own_children, self._file)

    def ask(self, request: dict[str, Any]) -> SerialisedAnswer:
        """Return the answer to a query: what `answering` reads, without its deadline.

        Raises Malformed, WrongForm, QueryTimeout, QueryBusy, QueryTooLarge or QueryFailed.
        """
        deadline = time.monotonic() + self.limits.seconds
        with self._turn(deadline) as children:
            connection = self._connection(children)
            request = request | {"deadline": deadline}
            try:
                head, body = _exchange(connection, request)
            except (OSError, EOFError) as error:
                connection.close()
                raise self._killed(deadline) from error
            except BaseException:
                connection.close()
                raise
            if head["last"]:
                connection.close()
            else:
                children.idle.append(connection)
        if head["refusal"]:
            raise self._refused(head["refusal"], head["detail"])
        return SerialisedAnswer(body, head["cut"])

    def close(self) -> None:
        """Stop the fork server and its children."""
        self._end()
        self._server.close()

    @contextmanager
    def _turn(self, deadline: float) -> Iterator[_Children]:
        """Wait for one's turn in this process; raises QueryBusy."""
        children = self._children_of_this_process()
        with children.changed:
            if children.running >= self._workers:
                if children.waiting >= self._queue:
                    raise self._busy()
                children.waiting += 1
                try:
                    left = deadline - time.monotonic()
                    if not children.changed.wait_for(
                        lambda: children.running < self._workers, left
                    ):
                        raise self._busy()
                finally:
                    children.waiting -= 1
            children.running += 1
        try:
            yield children
        finally:
            with children.changed:
                children.running -= 1
                children.changed.notify()

    def _children_of_this_process(self) -> _Children:
        if self._own_children[0].process != os.getpid():
            with self._starting:
                if self._own_children[0].process != os.getpid():
                    self._own_children[0].drop()
                    self._own_children[0] = _Children()
        return self._own_children[0]

    def _connection(self, children: _Children) -> socket.socket:
        """Return a connection to a process that waits for a query: an idle one, else a new one."""
        with suppress(IndexError):
            while True:
                idle = children.idle.pop()
                if _waits(idle):
                    return idle
                idle.close()
        ours, theirs = socket.socketpair()
        # The system kills in time; should it not, the answer is not waited for much longer.
        ours.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(self.limits.seconds + _PATIENCE)
        )
        with theirs:
            server = self._server
            try:
                server.fork(theirs)
            except OSError:
                with self._starting:
                    if self._server is server:
                        self._server = _Server(self._file, self.limits)
                self._server.fork(theirs)
        return ours

    def _killed(self, deadline: float) -> Exception:
        if time.monotonic() > deadline - 0.05:
            seconds = f"{self.limits.seconds:g}"
            return QueryTimeout(
                f"La requête a été arrêtée au bout de {seconds} s. Restreignez-la : moins de motifs, une "
                "condition plus précise ou un LIMIT ; ou téléchargez les données (/dump).",
                f"The query was stopped after {seconds} s. Narrow it down: fewer patterns, a more precise "
                "condition or a LIMIT; or download the data (/dump).",
                seconds=self.limits.seconds,
            )
        return self._refused("memory", "")

    def _refused(self, kind: str, detail: str) -> Exception:
        if kind == "syntax":
            return Malformed(detail)
        if kind == "format":
            return WrongForm(detail)
        if kind == "failed":
            return QueryFailed(
                f"Le moteur n'a pas pu répondre : {detail}",
                f"The engine could not answer: {detail}",
            )
        if kind == "rows":
            return too_many_rows(self.limits.rows)
        most = f"{self.limits.bytes // 1_000_000} Mo"
        room = f"{self.limits.megabytes} Mo"
        if kind == "bytes":
            return QueryTooLarge(
                f"La réponse dépasse {most}. Demandez moins de colonnes, ou un LIMIT.",
                f"The answer is over {most[:-1]}B. Ask for fewer columns, or a LIMIT.",
            )
        return QueryTooLarge(
            f"La requête a besoin de plus de {room} de mémoire, ou est trop imbriquée. Triez et groupez "
            "moins de lignes à la fois.",
            f"The query needs more than {room[:-1]}B of memory, or is nested too deep. Sort and group "
            "fewer rows at a time.",
        )

    def _busy(self) -> QueryBusy:
        wait = math.ceil(self.limits.seconds)
        return QueryBusy(
            f"Trop de requêtes à la fois. Réessayez dans {wait} s.",
            f"Too many queries at once. Try again in {wait} s.",
            retry_after=wait,
        )


class _Children:
    """What one process of the service knows of its own children: connections cannot be shared."""

    def __init__(self) -> None:
        self.process = os.getpid()
        self.idle: deque[socket.socket] = deque()
        self.running = self.waiting = 0
        self.changed = Condition()

    def drop(self) -> None:
        """Close the connections that wait."""
        while self.idle:
            self.idle.pop().close()


class _Server:
    """A fork server at work, and the socket to it."""

    def __init__(self, file: IO[bytes], limits: Limits) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            command = [
                sys.executable,
                "-m",
                "montages.store.sparql.fork_server",
                str(theirs.fileno()),
            ]
            process = subprocess.Popen(  # noqa: S603  # our own interpreter, and no shell
                [*command, json.dumps(asdict(limits))],
                stdin=file,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )
        self.close = weakref.finalize(self, _stopped, self._control, process, os.getpid())

    def fork(self, theirs: socket.socket) -> None:
        """Have a child serve a connection; raises OSError if the server has ended."""
        socket.send_fds(self._control, [b"+"], [theirs.fileno()])


def _ended(here: list[_Children], file: IO[bytes]) -> None:
    here[0].drop()
    file.close()


def _stopped(control: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    control.close()  # the end of the socket is the end of the server
    if owner != os.getpid():
        return
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _timeval(seconds: float) -> bytes:
    whole = int(seconds)
    return struct.pack("@ll", whole, int((seconds - whole) * 1e6))


def _waits(idle: socket.socket) -> bool:
    """Tell whether the process at the other end is still there: it says nothing, rather than goodbye."""
    try:
        idle.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _exchange(connection: socket.socket, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what a process answers: the head and the body. Raises EOFError if it ends before, or OSError."""
    text = json.dumps(request).encode()
    connection.sendall(REQUEST.pack(len(text)) + text)
    buffer = bytearray(connection.recv(_AT_ONCE))
    _receive(buffer, ANSWER.size, connection)
    head_size, body_size = ANSWER.unpack_from(buffer)
    start = ANSWER.size + head_size
    _receive(buffer, start + body_size, connection)
    return json.loads(buffer[ANSWER.size : start]), bytes(memoryview(buffer)[start:])


def _receive(buffer: bytearray, size: int, connection: socket.socket) -> None:
    at = len(buffer)
    if at >= size:
        return
    buffer.extend(bytes(size - at))
    with memoryview(buffer) as view:
        while at < size:
            count = connection.recv_into(view[at:])
            if not count:
                raise EOFError
            at += count
