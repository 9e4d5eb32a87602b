"""A file that is one description, or a few together: one record, read when its turn comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from montages import settings
from montages.batch.readers.stream import Stream, too_large
from montages.batch.record import Record


def from_file(path: Path, name: str, syntax: str) -> Record:
    """Return the record of a file, which is not opened yet."""
    size = path.stat().st_size
    over = size > settings.number("max_bytes")
    return Record(name, 0, path, syntax, size, fault=too_large() if over else None)


def read(stream: Stream, syntax: str) -> Iterator[Record]:
    """Yield the one record of a stream, such as standard input."""
    most = settings.number("max_bytes")
    text = stream.file.read(most + 1)
    fault = too_large() if len(text) > most else None
    yield Record(stream.name, 0, b"" if fault else text, syntax, len(text), fault=fault)
