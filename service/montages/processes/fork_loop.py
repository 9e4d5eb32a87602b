"""A process with one thread that forks one that answers, for whoever asks.

Forking it is quick and safe, and its children share the memory of all that it has loaded. On its socket
comes with each byte the connection that a new child is to serve, and the pipe on which its end is to be told.
It ends, as they do, when the other end closes: whatever way the service stops, nothing stays behind.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from montages.processes.system_calls import refuse_system_calls
from montages.processes.worker_connection import BORN, REQUEST, STATUS, is_silent, packed
from montages.word_catalogue import french_catalogue

# What answers: the head and the body of a request give those of its answer.
Answerer = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]

# Once a request has used so many seconds of a processor, its process says so: it is slow.
QUICK_SECONDS = 0.5
# A process that has grown by this much, or answered so often, is replaced; one that nobody asks for so many
# seconds ends: its memory comes back.
_GROWN, _OFTEN, _UNASKED = 64 << 20, 2000, 15.0


# What a program says once it has loaded: that the kernel refuses its children what they do not need, or not.
CONFINED, LOADED = b"+", b"-"


@dataclass(frozen=True)
class Confinement:
    """What a process that answers may take: so many megabytes more, and so many descriptors; None: any."""

    megabytes: int
    descriptors: int | None


@dataclass(frozen=True)
class Loaded:
    """What a program has loaded: what answers, within what, and what brings it to date, if anything does."""

    answerer: Answerer
    confinement: Confinement
    connections: bool = False
    update: Callable[[int], None] | None = None


def run_fork_server(control: int, load: Callable[[dict[str, Any]], Loaded]) -> None:
    """Load what the options that come first on a socket say, then fork at each demand until it closes.

    Said there once it is loaded: CONFINED, or LOADED where the kernel refuses nothing.
    """
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    # The service may stop before all is loaded: nobody is left to be answered.
    with suppress(ConnectionError), socket.socket(fileno=control) as demands:
        if (request := receive(demands)) is None:
            return
        gc.disable()  # all that is loaded stays
        loaded = load(request[0])
        gc.freeze()
        gc.enable()
        is_confined = refuse_system_calls(connections=loaded.connections)
        demands.sendall(CONFINED if is_confined else LOADED)
        fork_at_each_demand(demands, loaded.answerer, loaded.confinement, loaded.update)


def fork_at_each_demand(
    demands: socket.socket,
    answerer: Answerer,
    confinement: Confinement,
    update: Callable[[int], None] | None = None,
) -> None:
    """Fork a process that answers at each demand, until the socket closes.

    What comes with one descriptor is no demand: `update` is called with it, for those forked afterwards.
    """
    french_catalogue()  # who may open no file says French all the same
    pipes: dict[int, int] = {}
    signal.signal(signal.SIGCHLD, lambda *_: _bury(pipes))
    while True:
        try:
            byte, descriptors, _, _ = socket.recv_fds(demands, 1, 2)
        except ConnectionResetError:  # closed by who has not read all that was said there
            return
        if not byte:
            return
        if len(descriptors) == 2 and _fork(pipes, *descriptors) == 0:
            demands.close()
            os._exit(_ends(socket.socket(fileno=descriptors[0]), answerer, confinement))
        if len(descriptors) == 1:
            if update is not None:
                update(descriptors[0])
            os.close(descriptors[0])


def receive(connection: socket.socket) -> tuple[dict[str, Any], bytes] | None:
    """Return the head and the body of the next request; None once the connection is closed."""
    sizes = connection.recv(REQUEST.size, socket.MSG_WAITALL)
    if len(sizes) < REQUEST.size:
        return None
    head, body = REQUEST.unpack(sizes)
    text = connection.recv(head + body, socket.MSG_WAITALL)
    return json.loads(str(text[:head], "ascii")), text[head:]


def _fork(pipes: dict[int, int], connection: int, words: int) -> int:
    """Fork a process that speaks on a connection, and leaves its last words on a pipe; 0 in the child."""
    # Not before its pipe is noted may the end of a child be noticed.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    os.set_blocking(words, False)
    child = os.fork()
    if child:
        pipes[child] = words
        os.close(connection)
        with suppress(OSError):
            os.write(words, BORN.format(child).encode())
    else:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(words, 2)
        for pipe in (words, *pipes.values()):
            os.close(pipe)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    return child


def _ends(connection: socket.socket, answerer: Answerer, confinement: Confinement) -> int:
    """Answer until the connection closes, and return the exit status; what no one foresaw is told."""
    try:
        with suppress(OSError):
            _serve(connection, answerer, confinement)
    except BaseException:  # noqa: BLE001  # the panics of an engine are no exceptions
        traceback.print_exc()
        return 1
    return 0


def _bury(pipes: dict[int, int]) -> None:
    """Tell on the pipe of each child that has ended how it did."""
    with suppress(ChildProcessError):
        while True:
            child, status = os.waitpid(-1, os.WNOHANG)
            if not child:
                return
            pipe = pipes.pop(child)
            with suppress(OSError):
                os.write(pipe, STATUS.format(status).encode())
            os.close(pipe)


def _serve(connection: socket.socket, answerer: Answerer, confinement: Confinement) -> None:
    """Answer requests one after the other, until the connection closes or nobody asks any more."""
    confine(confinement)
    flags = fcntl.fcntl(connection, fcntl.F_GETFL)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    if hasattr(fcntl, "F_SETSIG"):  # it ends a process that is paused too
        fcntl.fcntl(connection, fcntl.F_SETSIG, signal.SIGKILL)
    # The signal is written down there at once, whatever the engine is doing.
    signal.signal(signal.SIGVTALRM, lambda *_: None)
    signal.set_wakeup_fd(2, warn_on_full_buffer=False)
    before, count = _peak(), 0
    while select.select([connection], [], [], _UNASKED)[0]:
        if (request := receive(connection)) is None:
            return
        head, body = request
        # The system kills this process once it has computed for so long, or been at it for longer beside
        # others, or been paused, and at once if the other end closes, whatever the engine is doing.
        started = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, QUICK_SECONDS)
        signal.setitimer(signal.ITIMER_PROF, head["seconds"])
        signal.setitimer(signal.ITIMER_REAL, 2 * head["wall"])
        fcntl.fcntl(connection, fcntl.F_SETFL, flags | os.O_ASYNC)
        if not is_silent(connection):  # closed before the system was asked to say so
            return
        answer, body = answerer(head, body)
        count += 1
        answer["processor"] = time.process_time() - started
        answer["last"] = head.get("last") or count >= _OFTEN or _peak() - before > _GROWN
        fcntl.fcntl(connection, fcntl.F_SETFL, flags)
        # In one piece: whoever waits is woken once.
        connection.sendall(packed(answer, body))
        for timer in (signal.ITIMER_VIRTUAL, signal.ITIMER_PROF, signal.ITIMER_REAL):
            signal.setitimer(timer, 0)
        if answer["last"]:
            return


def confine(confinement: Confinement) -> None:
    """Take from this process what no answer needs: memory over the limit, files or connections."""
    for name in (signal.SIGPROF, signal.SIGALRM, signal.SIGIO):
        signal.signal(name, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError), open("/proc/self/statm") as file:  # noqa: PTH123  # Linux alone
        size = int(file.read().split()[0]) * resource.getpagesize()
        most = size + (confinement.megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if confinement.descriptors is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (confinement.descriptors,) * 2)


def _peak() -> int:
    """Return the most memory this process has held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
