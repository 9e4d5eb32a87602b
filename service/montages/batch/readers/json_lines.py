"""JSON Lines: one description a line, by our keys or as JSON-LD; blank lines are skipped."""

from __future__ import annotations

from collections.abc import Iterator

from montages import settings
from montages.batch.readers.stream import Stream, too_large
from montages.batch.record import Record


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a line."""
    most, size = settings.number("max_bytes"), 0
    for number, line, weight in stream.lines():
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
