"""Which names have been met, in 16 bytes a name or so: a set of 8-byte hashes."""

from __future__ import annotations

from array import array
from hashlib import blake2b


class Seen:
    """A set of names kept as hashes; two of a million names are confused once in 30 million runs."""

    def __init__(self) -> None:
        self._table, self._count = array("Q", bytes(8 << 10)), 0

    def add(self, name: bytes) -> bool:
        """Add a name; tell whether it is new."""
        # 0 marks an empty place.
        key = int.from_bytes(blake2b(name, digest_size=8).digest(), "big") or 1
        if not self._put(key):
            return False
        self._count += 1
        if 2 * self._count > len(self._table):
            kept, self._table = self._table, array("Q", bytes(16 * len(self._table)))
            for other in kept:
                if other:
                    self._put(other)
        return True

    def _put(self, key: int) -> bool:
        table, mask = self._table, len(self._table) - 1
        at = key & mask
        while table[at]:
            if table[at] == key:
                return False
            at = (at + 1) & mask
        table[at] = key
        return True
