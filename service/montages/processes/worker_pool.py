"""Work put to processes apart, each killed by the system at its deadline (S4, V4).

Each process of the service has its own few, forked on demand by one that holds what they need: a process of
`fork_loop`, or a program of its own. Work that is killed takes its process with it and nothing else.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import weakref
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock
from typing import IO, Any, Generic, Protocol, TypeVar

from montages.processes.turns import PAUSED, ClientWatch, Turns
from montages.processes.worker_connection import SlowDown, WorkerConnection, WorkerEnd, packed

# Work that may take so many seconds of a processor may take so many times more by the clock.
WALL = 3
# A program that has not said by then that it has loaded what it needs is taken for one that has ended.
STARTING_SECONDS = 60.0


@dataclass(frozen=True)
class PoolSize:
    """So much runs at once in each process of the service, so much more waits, for so many seconds.

    One may take so many megabytes, all that is paused together `PAUSED` times as many; 0: any number.
    """

    workers: int
    queue: int
    wait: float
    megabytes: int = 0


class ForkServer(Protocol):
    """A process of `fork_loop`, as those see it who have it fork."""

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection, once it can; raises OSError if the server has ended."""
        ...


S = TypeVar("S", bound=ForkServer)


class WorkerPool(Generic[S]):
    """Processes that answer; those of one process of the service are no other's."""

    def __init__(
        self, start: Callable[[], S], size: PoolSize, generation: Callable[[], int] = lambda: 0
    ) -> None:
        """`generation` numbers the states of what the server holds: those of a former one are replaced."""
        self._start, self._size, self._generation = start, size, generation
        self.server = start()
        self._starting = Lock()
        self._own_children = [_Children(size)]
        self.close = weakref.finalize(self, _dropped, self._own_children)

    def exchange(
        self,
        request: dict[str, Any],
        body: bytes,
        client: ClientWatch,
        wait: float | None = None,
        beyond: int = 0,
        apart: Turns | None = None,
    ) -> tuple[dict[str, Any], bytes]:
        """Return the answer to a request when its turn comes.

        Its `seconds` are those it may take a processor, its `wall` those it may take by the clock.

        It may wait for other seconds than the rest, in so many places beyond their queue, or for its turn
        among those that are `apart`. Raises NoTurn; NobodyWaits, where the client has left and the work is
        stopped; WorkerEnd.
        """
        children = self._children_of_this_process()
        turns = apart or children.turns
        seconds = self._size.wait if wait is None else wait
        with turns.turn(seconds, client, beyond) as place:

            def slow_down(worker: WorkerConnection, most: float) -> None:
                """Go on where there is a place for what is slow, else once there is one."""
                if not turns.goes_on_slowly(place):
                    # Where nobody waits for its answer any more, it ends with the connection.
                    worker.send_signal(signal.SIGSTOP)
                    turns.wait_slowly(place, most, client, worker.memory())
                    worker.send_signal(signal.SIGCONT)

            try:
                return self._put(request, body, children, client, slow_down)
            except WorkerEnd as end:
                if not end.from_outside:
                    raise
                children.drop_ended()
                return self._put(request, body, children, client, slow_down)

    def _put(
        self,
        request: dict[str, Any],
        body: bytes,
        children: _Children,
        client: ClientWatch,
        slow_down: SlowDown,
    ) -> tuple[dict[str, Any], bytes]:
        """Put a request to a process, which waits for another after it; charge the client for its work.

        What is killed is charged whole: the seconds it might have taken a processor.
        """
        worker, before = self._worker(children), time.monotonic()
        try:
            head, answer = worker.exchange(request, body, client, slow_down)
        except BaseException:
            worker.close()
            client.charge(min(request["seconds"], time.monotonic() - before))
            raise
        client.charge(head.pop("processor"))
        if head.pop("last"):
            worker.close()
        else:
            children.idle.append(worker)
        return head, answer

    def _children_of_this_process(self) -> _Children:
        if self._own_children[0].process != os.getpid():
            with self._starting:
                if self._own_children[0].process != os.getpid():
                    self._own_children[0].drop()
                    self._own_children[0] = _Children(self._size)
        return self._own_children[0]

    def _worker(self, children: _Children) -> WorkerConnection:
        """Return a connection to a process that waits for work: an idle one, else a new one.

        Whether an idle one is still there is not asked, which costs a call each time: what ended is noticed.
        """
        generation = self._generation()
        with suppress(IndexError):
            while True:
                idle = children.idle.pop()
                if idle.generation == generation:
                    return idle
                idle.close()
        worker = WorkerConnection()
        worker.generation = generation
        try:
            server = self.server
            try:
                server.fork(worker)
            except OSError:
                with self._starting:
                    if self.server is server:
                        self.server = self._start()
                self.server.fork(worker)
        except OSError as error:
            worker.close()
            raise WorkerEnd(0, "") from error
        finally:
            worker.close_theirs()
        return worker


class _Children:
    """What one process of the service knows of its own children: connections cannot be shared."""

    def __init__(self, size: PoolSize) -> None:
        self.process = os.getpid()
        self.idle: deque[WorkerConnection] = deque()
        self.turns = Turns(size.workers, size.queue, PAUSED * size.megabytes << 20)

    def drop_ended(self) -> None:
        """Close the connections that wait for work whose process has ended."""
        for _ in range(len(self.idle)):
            with suppress(IndexError):  # others take them meanwhile
                idle = self.idle.popleft()
                if idle.waits():
                    self.idle.append(idle)
                else:
                    idle.close()

    def drop(self) -> None:
        """Close the connections that wait."""
        while self.idle:
            self.idle.pop().close()


def _dropped(children: list[_Children]) -> None:
    children[0].drop()


class ServerProgram:
    """A fork server that is a program of its own, a module of ours, and the socket to it.

    It is called with the descriptor of its socket, on which first come its options; it says one byte there
    once it is ready: `said`, empty before. Its standard input is `file`, nothing without one.
    """

    def __init__(self, module: str, options: dict[str, Any], file: IO[bytes] | None = None) -> None:
        self._control, theirs = socket.socketpair()
        self._control.settimeout(STARTING_SECONDS)
        self.said = b""
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603  # our own interpreter, and no shell
                [sys.executable, "-m", module, str(theirs.fileno())],
                stdin=file or subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # Should the engine break down, why is enough: where it was takes memory, and may never end.
                env={**os.environ, "RUST_BACKTRACE": "0"},
                start_new_session=True,
            )
        self._control.sendall(packed(options, b""))
        self.close = weakref.finalize(self, _stopped, self._control, self.process, os.getpid())

    def fork(self, worker: WorkerConnection) -> None:
        """Have a child serve a connection, once it is ready; raises OSError if the server ended."""
        # The byte is left where it is: the processes of the service share this end of the socket.
        if not self.said:
            self.said = self._control.recv(1, socket.MSG_PEEK)
            if not self.said:
                raise ConnectionResetError
        send(self._control, *worker.their_ends)


def _stopped(control: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    control.close()  # the end of the socket is the end of the server
    if owner != os.getpid():
        return
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def send(control: socket.socket, *descriptors: int) -> None:
    """Send a fork server the two ends that a child is to serve, or a file with an update; raises OSError."""
    socket.send_fds(control, [b"+"], descriptors)
