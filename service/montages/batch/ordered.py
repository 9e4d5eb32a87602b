"""Submit pieces in chunks, a bounded number at a time, and give the answers back in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field

from montages.batch.answers import Done
from montages.batch.pieces import Piece

# A chunk should keep a worker busy this long: long enough to make its travel cheap, short enough to
# show progress and to lose little when a run is stopped.
SECONDS = 0.2
MOST = 256
BYTES = 1_000_000
# Chunks under way for each worker: one being done, one waiting, one being awaited in order.
AHEAD = 3

Submit = Callable[[tuple[Piece, ...]], "Future[Done]"]


@dataclass
class _Size:
    """How many pieces make a chunk: follows what the last ones took. It never shows in the output."""

    pieces: int = 1

    def learn(self, done: Done) -> None:
        each = done.seconds / max(done.pieces, 1)
        wanted = int(SECONDS / each) if each else MOST
        self.pieces = max(1, min(MOST, wanted, 4 * self.pieces))


@dataclass
class Ordered:
    """Answers in the order of the pieces, whichever worker is first; reads no more than it needs."""

    submit: Submit
    workers: int
    under_way: int = field(default=0, init=False)

    def answers(self, pieces: Iterable[Piece]) -> Iterator[Done]:
        """Return what each chunk gave; at most `AHEAD` chunks a worker are read beyond it."""
        size, waiting = _Size(), deque[Future[Done]]()
        window = AHEAD * self.workers if self.workers > 1 else 1
        try:
            for chunk in _chunks(pieces, size):
                waiting.append(self.submit(chunk))
                self.under_way = len(waiting)
                while waiting and (len(waiting) >= window or waiting[0].done()):
                    done = waiting.popleft().result()
                    size.learn(done)
                    yield done
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _chunks(pieces: Iterable[Piece], size: _Size) -> Iterator[tuple[Piece, ...]]:
    chunk: list[Piece] = []
    weight = 0
    for piece in pieces:
        ready = piece.loaded()
        chunk.append(ready)
        weight += len(ready.content) if isinstance(ready.content, bytes) else 0
        if len(chunk) >= size.pieces or weight >= BYTES:
            yield tuple(chunk)
            chunk, weight = [], 0
    if chunk:
        yield tuple(chunk)
