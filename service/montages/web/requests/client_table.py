"""How much each client has asked for, counted once for all processes of the service.

Each client has two numbers: the time at which all it asked for will be paid off, at so many requests a minute
(the generic cell rate algorithm, which is a bucket of tokens told by its end), and the same of the seconds
that it took processors. The numbers stand in memory that processes share since they were forked; who was
longest away is forgotten where there is no room.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from threading import Lock

# Clients remembered at most, and places where one may stand.
_SETS, _WAYS = 8_192, 4
_ENTRY = struct.Struct("<Qdd")
_SET_BYTES = _ENTRY.size * _WAYS
_MINUTE = 60.0
_LEAST = 1e-9  # seconds that are none


class ClientTable:
    """A table of clients, each allowed so many requests at once and as many a minute, and so many seconds.

    0 of either is any number.
    """

    def __init__(self, requests: int, seconds: float) -> None:
        self._request = _MINUTE / requests if requests else 0.0
        self._second = _MINUTE / seconds if seconds else 0.0
        self._table = mmap.mmap(-1, _SETS * _SET_BYTES)
        self._key = os.urandom(16)  # nobody knows who shares a place with whom
        # The lock of a file goes with the process that has it, however it ends.
        self._file, name = tempfile.mkstemp()
        Path(name).unlink()
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()

    def wait(self, client: str, now: float) -> tuple[float, float]:
        """Count a request; return the seconds to wait where it is one too many, and those for its computing.

        Where either is not 0, the request is not counted.
        """
        with self._entry(client) as entry:
            missing = max(0.0, max(entry.requests, now) + self._request - now - _MINUTE)
            debt = max(0.0, entry.seconds - now - _MINUTE)
            if missing <= _LEAST and debt <= _LEAST:
                entry.requests = max(entry.requests, now) + self._request
                return 0.0, 0.0
            return missing, debt

    def charge(self, client: str, seconds: float, now: float) -> None:
        """Note that the work for a client took a processor so many seconds."""
        with self._entry(client) as entry:
            entry.seconds = max(entry.seconds, now) + seconds * self._second

    @contextmanager
    def _entry(self, client: str) -> Iterator[_Entry]:
        """Give the entry of a client to be read and changed, nobody else meanwhile."""
        digest = blake2b(client.encode(), key=self._key, digest_size=8).digest()
        name = int.from_bytes(digest, "little") or 1
        start = name % _SETS * _SET_BYTES
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                place, entry = self._found(name, start)
                yield entry
                _ENTRY.pack_into(self._table, place, name, entry.requests, entry.seconds)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _found(self, name: int, start: int) -> tuple[int, _Entry]:
        places = range(start, start + _SET_BYTES, _ENTRY.size)
        entries = {place: _ENTRY.unpack_from(self._table, place) for place in places}
        for place, (other, requests, seconds) in entries.items():
            if other == name:
                return place, _Entry(requests, seconds)
        return min(entries, key=lambda place: max(entries[place][1:])), _Entry(0.0, 0.0)


@dataclass
class _Entry:
    """When what a client asked for will be paid off, in requests and in seconds of processors."""

    requests: float
    seconds: float
