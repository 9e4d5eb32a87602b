"""A file that is one description, or a few together: one piece, read when its turn comes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from montages import settings
from montages.batch.pieces import Piece
from montages.batch.readers.stream import Stream, too_large


def from_file(path: Path, name: str, syntax: str) -> Piece:
    """Return the piece of a file, which is not opened yet."""
    size = path.stat().st_size
    over = size > settings.number("max_bytes")
    return Piece(name, 0, path, syntax, size, fault=too_large() if over else None)


def read(stream: Stream, syntax: str) -> Iterator[Piece]:
    """Return the one piece of a stream, such as standard input."""
    most = settings.number("max_bytes")
    text = stream.file.read(most + 1)
    fault = too_large() if len(text) > most else None
    yield Piece(stream.name, 0, b"" if fault else text, syntax, len(text), fault=fault)
