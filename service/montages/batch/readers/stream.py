"""A file of many descriptions read line by line, with its name and what each line weighs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from montages import settings
from montages.batch.record import Fault
from montages.errors import TooLarge

# Read at once, when a file is read by lines.
BUFFER = 1 << 15


@dataclass(frozen=True)
class Stream:
    """An input open for reading, and what messages call it."""

    name: str
    file: BinaryIO

    def lines(self) -> StreamLines:
        """Return the lines, each once."""
        return StreamLines(self.file)


class StreamLines:
    """Number from 1, text and weight in bytes of each line; a byte-order mark is dropped.

    A line over the size limit is cut just above it, so that it cannot fill the memory.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._number, self._most = file, 0, settings.number("max_bytes")

    def __iter__(self) -> Iterator[tuple[int, bytes, int]]:
        return self

    def __next__(self) -> tuple[int, bytes, int]:
        line = self._file.readline(self._most + 2)
        if not line:
            raise StopIteration
        self._number += 1
        size = len(line)
        while not line.endswith(b"\n") and (rest := self._file.readline(1 << 20)):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        if self._number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        return self._number, line, size

    def take_run(self, ending: bytes, replacement: bytes) -> tuple[bytes, int]:
        """Return the next lines that have an ending, as far as they are in the buffer, and their bytes.

        The ending is replaced in them by another. Nothing where the next line ends otherwise.
        """
        peek = getattr(self._file, "peek", None)
        ahead = peek() if peek else b""
        end = ahead.rfind(ending) + len(ending)
        if len(ending) <= end <= self._most:
            # One split finds the endings and changes them: count and replace are each much slower.
            lines = ahead[:end].split(ending)
            text = replacement.join(lines)
            if text.count(b"\n") < len(lines):
                self._number += len(lines) - 1
                self._file.read(end)
                return text, end
        return b"", 0


def too_large() -> Fault:
    """Return the fault of a record over the size limit."""
    limit = settings.get("max_bytes")
    return Fault(
        TooLarge,
        f"Description trop volumineuse : plus de {limit} octets (réglage MONTAGES_MAX_BYTES).",
        f"Description too large: over {limit} bytes (setting MONTAGES_MAX_BYTES).",
    )
