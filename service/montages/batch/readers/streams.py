"""An input of many descriptions: read line by line, or whole; records of lines of JSON and of whole files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from montages import settings
from montages.batch.record import Record
from montages.bilingual import message
from montages.errors import TooLarge

# Read at once, when a file is read by lines.
BUFFER = 1 << 15


@dataclass(frozen=True)
class Stream:
    """An input open for reading, and what messages call it."""

    name: str
    file: BinaryIO


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


def too_large() -> TooLarge:
    """Return the error of a record over the size limit."""
    limit = settings.get("max_bytes")
    return TooLarge(
        message(
            "Description too large: over {limit} bytes (setting MONTAGES_MAX_BYTES).", limit=limit
        )
    )


def read_json_lines(stream: Stream) -> Iterator[Record]:
    """Yield a record a line: a description by our keys or as JSON-LD; blank lines are skipped."""
    most, size = settings.number("max_bytes"), 0
    for number, line, weight in StreamLines(stream.file):
        size += weight
        if not line.strip():
            continue
        text = line.rstrip()
        over = len(text) > most
        yield Record(
            file=stream.name,
            line=number,
            content=b"" if over else text,
            syntax="json",
            size=size,
            fault=too_large() if over else None,
        )
        size = 0


def whole_file(path: Path, syntax: str) -> Record:
    """Return the record of a file that is one description, or a few together; it is not opened yet."""
    size = path.stat().st_size
    over = size > settings.number("max_bytes")
    return Record(str(path), 0, path, syntax, size, fault=too_large() if over else None)


def read_whole(stream: Stream, syntax: str) -> Iterator[Record]:
    """Yield the one record of a stream, such as standard input."""
    most = settings.number("max_bytes")
    text = stream.file.read(most + 1)
    fault = too_large() if len(text) > most else None
    yield Record(stream.name, 0, b"" if fault else text, syntax, len(text), fault=fault)
