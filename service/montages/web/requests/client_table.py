"""How much each client has asked for, counted once for all processes of the service.

Each client has one number: the time at which all it asked for will be paid off, at `limit` requests a minute
(the generic cell rate algorithm, which is a bucket of tokens told by its end). The numbers stand in memory
that processes share since they were forked; who was longest away is forgotten where there is no room.
"""

from __future__ import annotations

import fcntl
import mmap
import os
import struct
import tempfile
import weakref
from hashlib import blake2b
from pathlib import Path
from threading import Lock

# Clients remembered at most, and places where one may stand.
_SETS, _WAYS = 8_192, 4
_ENTRY = struct.Struct("<Qd")
_SET_BYTES = _ENTRY.size * _WAYS


class ClientTable:
    """A table of clients, each allowed `limit` requests at once and as many a minute."""

    def __init__(self, limit: int) -> None:
        self._step, self._burst = 60 / limit, 60.0
        self._table = mmap.mmap(-1, _SETS * _SET_BYTES)
        self._key = os.urandom(16)  # nobody knows who shares a place with whom
        # The lock of a file goes with the process that has it, however it ends.
        self._file, name = tempfile.mkstemp()
        Path(name).unlink()
        weakref.finalize(self, os.close, self._file)
        self._lock = Lock()

    def wait(self, client: str, now: float) -> float:
        """Count a request and return 0; where it is one too many, return the seconds to wait."""
        digest = blake2b(client.encode(), key=self._key, digest_size=8).digest()
        name = int.from_bytes(digest, "little") or 1
        start = name % _SETS * _SET_BYTES
        with self._lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                return self._count(name, start, now)
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)

    def _count(self, name: int, start: int, now: float) -> float:
        entries = [
            _ENTRY.unpack_from(self._table, start + way * _ENTRY.size) for way in range(_WAYS)
        ]
        way = next(
            (way for way, (other, _) in enumerate(entries) if other == name),
            min(range(_WAYS), key=lambda way: entries[way][1]),
        )
        paid_off = entries[way][1] if entries[way][0] == name else 0.0
        paid_off = max(paid_off, now) + self._step
        missing = paid_off - now - self._burst
        if missing > 1e-9:
            return missing
        _ENTRY.pack_into(self._table, start + way * _ENTRY.size, name, paid_off)
        return 0.0
