"""The process that holds the store and forks one that answers queries, for whoever asks.

It is started by `pool`, imports the engine and nothing else, and has one thread: forking it is quick and
safe, and its children share the store's memory. Its standard input is the N-Quads file; on the
socket each byte comes with the connection that a new child is to serve. It ends, as they do, when
the other end closes: whatever way the service stops, nothing stays behind.
"""

from __future__ import annotations

import gc
import json
import os
import resource
import signal
import socket
import struct
import sys
import time
from contextlib import suppress
from typing import Any

from montages.store.sparql.query_worker import Limits, QueryWorker, Refusal, loaded_store

REQUEST = struct.Struct("!I")
ANSWER = struct.Struct("!II")
# A process that has grown by this much is replaced after its answer, so that memory comes back.
_GROWN = 64 << 20


def main(control: int, limits: Limits) -> None:
    """Load the store, then fork at each demand until the socket closes."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system buries the children
    store = loaded_store(_whole(0))
    gc.collect()
    gc.freeze()
    with socket.socket(fileno=control) as demands:
        while True:
            byte, descriptors, _, _ = socket.recv_fds(demands, 1, 1)
            if not byte:
                return
            for descriptor in descriptors:
                if os.fork() == 0:
                    demands.close()
                    with suppress(OSError):
                        _serve(socket.socket(fileno=descriptor), QueryWorker(store, limits), limits)
                    os._exit(0)
                os.close(descriptor)


def _whole(descriptor: int) -> bytes:
    """Return the content of a file, wherever others who share it have read to."""
    size, parts, at = os.fstat(descriptor).st_size, [], 0
    while at < size:
        parts.append(os.pread(descriptor, size - at, at))
        at += len(parts[-1])
    return b"".join(parts)


def _serve(connection: socket.socket, answering: QueryWorker, limits: Limits) -> None:
    """Answer queries one after the other, until the connection closes."""
    _confine(limits)
    before = _peak()
    while (request := _request(connection)) is not None:
        # The system kills this process at the deadline, whatever the engine is doing.
        signal.setitimer(signal.ITIMER_REAL, max(0.001, request["deadline"] - time.monotonic()))
        head: dict[str, Any] = {"refusal": None, "last": False}
        body = b""
        try:
            head["cut"], body = answering.answer(request)
        except Refusal as refusal:
            head |= {"refusal": refusal.kind, "detail": refusal.detail}
        head["last"] = _peak() - before > _GROWN
        text = json.dumps(head).encode()
        # In one piece: whoever waits is woken once.
        connection.sendall(b"".join((ANSWER.pack(len(text), len(body)), text, body)))
        signal.setitimer(signal.ITIMER_REAL, 0)
        if head["last"]:
            return


def _confine(limits: Limits) -> None:
    """Take from this process what no query needs: memory over the limit, and new files or connections."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # the engine's last words when memory runs out
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
    main(int(sys.argv[1]), Limits(**json.loads(sys.argv[2])))
