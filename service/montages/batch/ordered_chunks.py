"""Submit records in chunks, a bounded number at a time, and yield the results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass

from montages.batch.chunk_result import ChunkResult
from montages.batch.record import Record

# A chunk should keep a worker busy this long: long enough to make its travel cheap, short enough to
# show progress and to lose little when a run is stopped.
SECONDS = 0.2
MOST = 256
BYTES = 1_000_000
# Chunks under way for each worker: one being done, one waiting, one being awaited in order.
AHEAD = 3

Submit = Callable[[tuple[Record, ...]], "Future[ChunkResult]"]


@dataclass
class _Size:
    """The number of records in a chunk, from the time the last ones took; it never shows in the output."""

    records: int = 1

    def adapt(self, chunk: ChunkResult) -> None:
        each = chunk.seconds / max(chunk.records, 1)
        ideal = int(SECONDS / each) if each else MOST
        self.records = max(1, min(MOST, ideal, 4 * self.records))


@dataclass
class OrderedChunks:
    """Results in the order of the records, whichever worker is first; reads no more than it needs."""

    submit: Submit
    workers: int

    def results(self, records: Iterable[Record]) -> Iterator[ChunkResult]:
        """Yield the result of each chunk; at most `AHEAD` chunks a worker are read beyond it."""
        size, waiting = _Size(), deque[Future[ChunkResult]]()
        window = AHEAD * self.workers if self.workers > 1 else 1
        try:
            for chunk in _chunks(records, size):
                waiting.append(self.submit(chunk))
                while waiting and (len(waiting) >= window or waiting[0].done()):
                    result = waiting.popleft().result()
                    size.adapt(result)
                    yield result
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _chunks(records: Iterable[Record], size: _Size) -> Iterator[tuple[Record, ...]]:
    chunk: list[Record] = []
    weight = 0
    for record in records:
        record = record.load()
        chunk.append(record)
        weight += len(record.content) if isinstance(record.content, bytes) else 0
        if len(chunk) >= size.records or weight >= BYTES:
            yield tuple(chunk)
            chunk, weight = [], 0
    if chunk:
        yield tuple(chunk)
