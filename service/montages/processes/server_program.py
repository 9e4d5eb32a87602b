"""A fork server that is a program of its own: started, told what to hold, asked to fork (`fork_loop`)."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import weakref
from typing import IO, Any

from montages.processes.worker_connection import WorkerConnection, packed
from montages.processes.worker_pool import send_demand

# One that has not said by then that it has loaded what it needs is taken for one that has ended.
STARTING_SECONDS = 60.0


class ServerProgram:
    """A module of ours at work as a fork server, and the socket to it.

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
        send_demand(self._control, worker)


def _stopped(control: socket.socket, process: subprocess.Popen[bytes], owner: int) -> None:
    control.close()  # the end of the socket is the end of the server
    if owner != os.getpid():
        return
    try:
        process.wait(2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
