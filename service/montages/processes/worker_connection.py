"""A connection to one process that answers: a request goes out, its answer or its end comes back."""

from __future__ import annotations

import json
import os
import re
import select
import signal
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from montages.processes.turns import ClientWatch, NobodyWaits

# Both begin with the sizes of their head, which is JSON, and of their body.
REQUEST = ANSWER = struct.Struct("!II")
# What the fork server writes of a process: first its number, and after its last words the status it ended
# with. In between, this signal is written once a request has proved slow.
BORN, STATUS = "\1{}\n", "\0{}\n"
_BORN, _STATUS = re.compile(rb"\x01([0-9]+)\n"), re.compile(rb"\0([0-9]+)\n")
_SLOW = bytes([signal.SIGVTALRM])
SlowDown = Callable[["WorkerConnection", float], None]
_AT_ONCE = 65536  # most answers are read in one go
_SOON = (
    0.05  # seconds in which most answers come, and between two looks at whether the client waits
)
# What has not used a processor for long, but has been at it for so many seconds, is slow too.
_QUICK_WALL = 2.0
# What an engine says when it breaks down: where in its code, which is nobody's business, then why.
PANIC = re.compile(r"panicked at [^\n]*\n(?P<reason>[^\n]*)")
_NO_MEMORY = re.compile(r"memory allocation|MemoryError")
_TOO_DEEP = re.compile(r"overflowed its stack|RecursionError")
_OBITUARY = 0.5  # seconds in which the fork server tells how a process ended


def packed(head: dict[str, Any], body: bytes) -> bytes:
    """Return a request or an answer as it is sent."""
    text = json.dumps(head).encode()
    return b"".join((REQUEST.pack(len(text), len(body)), text, body))


def is_silent(connection: socket.socket) -> bool:
    """Tell whether the other end is there: it says nothing, rather than goodbye."""
    try:
        connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


# The signals by which the system ends what has computed, or been at it, for too long.
_DEADLINES: dict[int, str] = {signal.SIGPROF: "processor", signal.SIGALRM: "clock"}


class WorkerEnd(Exception):
    """The process ended before it answered: by a signal (0 for none), with its last words."""

    def __init__(self, signal_number: int, words: str) -> None:
        super().__init__(signal_number, words)
        self.signal, self.words = signal_number, words

    @property
    def from_outside(self) -> bool:
        """Tell whether somebody else ended it: the same query may be put to another process.

        Where this end is open, SIGIO is the kernel's word of the request itself, come once it was read.
        """
        outside = (0, signal.SIGKILL, signal.SIGTERM, signal.SIGIO)
        return self.signal in outside and not self.words

    @property
    def cause(self) -> str:
        """Return why it ended: `processor`, `clock`, `memory`, `depth`, `outside`, or `fault`."""
        if self.signal in _DEADLINES:
            return _DEADLINES[self.signal]
        # Where an engine broke down, a lack of memory to say so in is no reason.
        fault, lack = PANIC.search(self.words), _NO_MEMORY.search(self.words)
        if lack and not (fault and fault.start() < lack.start()):
            return "memory"
        # The engine is memory-safe: only where its stack ends can it meet an address that is not its own.
        if self.signal == signal.SIGSEGV or _TOO_DEEP.search(self.words):
            return "depth"
        return "outside" if self.from_outside else "fault"


class WorkerConnection:
    """Our end of the connection to a process, and of the pipe on which its end is told."""

    def __init__(self) -> None:
        self._socket, self._theirs = socket.socketpair()
        self._words, self._their_words = os.pipe()
        _soon = struct.pack("@ll", 0, int(_SOON * 1e6))
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _soon)
        # Its number, and what else is said of the process.
        self._process, self._text = 0, b""
        self._end_at = 0.0
        # Which state of what it holds the process was forked from.
        self.generation = 0

    @property
    def their_ends(self) -> tuple[int, int]:
        """Return the descriptors that the process is to have."""
        return self._theirs.fileno(), self._their_words

    def close_theirs(self) -> None:
        """Close the ends that the process has by now."""
        self._theirs.close()
        os.close(self._their_words)

    def close(self) -> None:
        """Close the connection: a process that is answering is killed by it, one that waits ends."""
        self._socket.close()
        with suppress(OSError):
            os.close(self._words)

    def waits(self) -> bool:
        """Tell whether the process at the other end is still there."""
        return is_silent(self._socket)

    def send_signal(self, number: int) -> None:
        """Send the process a signal, unless it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self._process, number)

    def memory(self) -> int:
        """Return how many bytes the process holds by itself; 0 where the system does not tell."""
        with suppress(OSError, ValueError):
            _, resident, shared, *_ = Path(f"/proc/{self._process}/statm").read_text().split()
            return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
        return 0

    def exchange(
        self, request: dict[str, Any], body: bytes, client: ClientWatch, slow_down: SlowDown
    ) -> tuple[dict[str, Any], bytes]:
        """Return what the process answers to a request and its body: the head and the body.

        `slow_down` is called once the request has proved slow, with the seconds that it may pause. Raises
        WorkerEnd, or NobodyWaits where the client has left; the connection is then of no more use.
        """
        self._end_at = time.monotonic() + request["wall"]
        wait = partial(self._wait, request["wall"], client, slow_down)
        self._has_heard = self._is_slow = False
        try:
            self._socket.sendall(packed(request, body))
            buffer = bytearray()
            self._fill(buffer, ANSWER.size, wait)
            head_size, body_size = ANSWER.unpack_from(buffer)
            start = ANSWER.size + head_size
            self._fill(buffer, start + body_size, wait)
        except TimeoutError as error:
            raise WorkerEnd(signal.SIGALRM, "") from error
        except (OSError, EOFError) as error:
            raise self._end() from error
        head = json.loads(str(buffer[ANSWER.size : start], "ascii"))
        return head, bytes(memoryview(buffer)[start:])

    def _fill(self, buffer: bytearray, size: int, wait: Callable[[], None]) -> None:
        """Read until there are so many bytes: one answer is all that comes."""
        while len(buffer) < size:
            try:
                data = self._socket.recv(_AT_ONCE)
            except BlockingIOError:  # every `_SOON`
                wait()
                continue
            if not data:
                raise EOFError
            buffer += data

    def _wait(self, wall: float, client: ClientWatch, slow_down: SlowDown) -> None:
        """Go on waiting for an answer; raises NobodyWaits, TimeoutError, and as `slow_down` does."""
        if client.has_left():
            raise NobodyWaits
        if (now := time.monotonic()) > self._end_at:
            raise TimeoutError
        self._hear(0)
        # What is heard first may be of the request before.
        is_slow = (
            _SLOW in self._text and self._has_heard
        ) or self._end_at - now < wall - _QUICK_WALL
        self._text, self._has_heard = self._text.replace(_SLOW, b""), True
        if is_slow and not self._is_slow and self._process:
            self._is_slow = True
            slow_down(self, wall)
            self._end_at += time.monotonic() - now

    def _hear(self, seconds: float) -> bool:
        """Read what is said of the process, or by it; tell whether there was something."""
        poll = select.poll()
        poll.register(self._words, select.POLLIN)
        more = os.read(self._words, _AT_ONCE) if poll.poll(seconds * 1000) else b""
        self._text += more
        if born := _BORN.search(self._text):
            self._process = int(born[1])
            self._text = _BORN.sub(b"", self._text)
        return bool(more)

    def _end(self) -> WorkerEnd:
        """Return how the process ended, as the fork server tells it."""
        until = time.monotonic() + _OBITUARY
        while not (status := _STATUS.search(self._text)):
            if not self._hear(max(0, until - time.monotonic())):
                break
        number = os.WTERMSIG(int(status[1])) if status else 0
        words = _STATUS.sub(b"", self._text).replace(_SLOW, b"")
        return WorkerEnd(number, words.decode(errors="replace"))
