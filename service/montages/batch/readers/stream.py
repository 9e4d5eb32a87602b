"""A file of many descriptions read line by line, with its name and what each line weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from montages import settings
from montages.batch.pieces import Fault
from montages.errors import TooLarge


@dataclass(frozen=True)
class Stream:
    """An input open for reading, and what messages call it."""

    name: str
    file: BinaryIO

    def lines(self) -> Iterator[tuple[int, bytes, int]]:
        """Return number from 1, text and weight in bytes of each line; a byte-order mark is dropped.

        A line over the size limit is cut just above it, so that it cannot fill the memory.
        """
        most, number = settings.number("max_bytes"), 0
        while line := self.file.readline(most + 2):
            number += 1
            size = len(line)
            while not line.endswith(b"\n") and (rest := self.file.readline(1 << 20)):
                size += len(rest)
                if rest.endswith(b"\n"):
                    break
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            yield number, line, size


def too_large() -> Fault:
    """Return the fault of a piece over the size limit."""
    limit = settings.get("max_bytes")
    return Fault(
        TooLarge,
        f"Description trop volumineuse : plus de {limit} octets (réglage MONTAGES_MAX_BYTES).",
        f"Description too large: over {limit} bytes (setting MONTAGES_MAX_BYTES).",
    )
