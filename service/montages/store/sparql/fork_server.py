"""The process that holds the store and forks one that answers queries, for whoever asks.

It is started by `pool`, imports what reads queries and the engine, and has one thread: forking it is quick
and safe, and its children share the store's memory. Its standard input is the N-Quads file; on the socket
comes first what `QueryScope` and `Limits` say, then with each byte the connection that a new child is to
serve and the pipe on which its end is to be told. It ends, as they do, when the other end closes: whatever
way the service stops, nothing stays behind.
"""

from __future__ import annotations

import fcntl
import gc
import json
import os
import resource
import signal
import socket
import sys
import time
import traceback
from contextlib import suppress
from typing import Any

from montages.errors import MontagesError
from montages.store.sparql.limit_errors import Limits
from montages.store.sparql.query_errors import error_to_json
from montages.store.sparql.query_worker import NoFormat, QueryScope, QueryWorker, loaded_store
from montages.store.sparql.worker_connection import ANSWER, REQUEST, STATUS

# A process that has grown by this much is replaced after its answer, so that memory comes back.
_GROWN = 64 << 20


def main(control: int) -> None:
    """Load the store, then fork at each demand until the socket closes."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    with socket.socket(fileno=control) as demands:
        if (told := _request(demands)) is None:
            return
        limits = Limits(**told["limits"])
        worker = QueryWorker(
            loaded_store(_whole(0)), limits, QueryScope(*map(tuple, told["scope"]))
        )
        gc.collect()
        gc.freeze()
        pipes: dict[int, int] = {}
        signal.signal(signal.SIGCHLD, lambda *_: _bury(pipes))
        while True:
            byte, descriptors, _, _ = socket.recv_fds(demands, 1, 2)
            if not byte:
                return
            if len(descriptors) == 2 and _fork(pipes, *descriptors) == 0:
                demands.close()
                os._exit(_ends(socket.socket(fileno=descriptors[0]), worker, limits))


def _fork(pipes: dict[int, int], connection: int, words: int) -> int:
    """Fork a process that speaks on a connection, and leaves its last words on a pipe; 0 in the child."""
    # Not before its pipe is noted may the end of a child be noticed.
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
    os.set_blocking(words, False)
    child = os.fork()
    if child:
        pipes[child] = words
        os.close(connection)
    else:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.dup2(words, 2)
        for pipe in (words, *pipes.values()):
            os.close(pipe)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    return child


def _ends(connection: socket.socket, worker: QueryWorker, limits: Limits) -> int:
    """Answer until the connection closes, and return the exit status; what no one foresaw is told."""
    try:
        with suppress(OSError):
            _serve(connection, worker, limits)
    except BaseException:  # noqa: BLE001  # the engine's panics are no exceptions
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


def _whole(descriptor: int) -> bytes:
    """Return the content of a file, wherever others who share it have read to."""
    size, parts, at = os.fstat(descriptor).st_size, [], 0
    while at < size:
        parts.append(os.pread(descriptor, size - at, at))
        at += len(parts[-1])
    return b"".join(parts)


def _serve(connection: socket.socket, worker: QueryWorker, limits: Limits) -> None:
    """Answer queries one after the other, until the connection closes."""
    _confine(limits)
    flags = fcntl.fcntl(connection, fcntl.F_GETFL)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    before = _peak()
    while (request := _request(connection)) is not None:
        # The system kills this process at the deadline, and at once if the other end closes, whatever the
        # engine is doing.
        signal.setitimer(signal.ITIMER_REAL, max(0.001, request["deadline"] - time.monotonic()))
        fcntl.fcntl(connection, fcntl.F_SETFL, flags | os.O_ASYNC)
        head: dict[str, Any] = {}
        body = b""
        try:
            head, body = worker.answer(request)
        except NoFormat as error:
            head = {"no_format": str(error)}
        except MontagesError as error:
            head = {"error": error_to_json(error)}
        head["last"] = _peak() - before > _GROWN
        text = json.dumps(head).encode()
        fcntl.fcntl(connection, fcntl.F_SETFL, flags)
        # In one piece: whoever waits is woken once.
        connection.sendall(b"".join((ANSWER.pack(len(text), len(body)), text, body)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        if head["last"]:
            return


def _confine(limits: Limits) -> None:
    """Take from this process what no query needs: memory over the limit, and new files or connections."""
    for name in (signal.SIGALRM, signal.SIGIO):
        signal.signal(name, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError), open("/proc/self/statm") as file:  # noqa: PTH123  # Linux alone
        size = int(file.read().split()[0]) * resource.getpagesize()
        most = size + (limits.megabytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    if not limits.network:
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _peak() -> int:
    """Return the most memory this process has held, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _request(connection: socket.socket) -> dict[str, Any] | None:
    size = connection.recv(REQUEST.size, socket.MSG_WAITALL)
    if len(size) < REQUEST.size:
        return None
    text = connection.recv(REQUEST.unpack(size)[0], socket.MSG_WAITALL)
    request: dict[str, Any] = json.loads(text)
    return request


if __name__ == "__main__":
    main(int(sys.argv[1]))
