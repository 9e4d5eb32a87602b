"""What a durable write costs, alone and with others that wait: group commit is one fsync for all of them."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from figures import Figures, at_least, number
from montages.registry.group_commit import GroupCommit
from montages.registry.publishers import Publisher
from montages.registry.registry import Registry
from montages.registry.version import Content, WriteCondition

PART = "registry"
WRITER = Publisher("writers", "Writers")
BODY = (b"project: Lampes\nholder: {type: Commune}\n" * 60)[:2500]  # as long as a real description
SECONDS = 3.0


def writes_per_second(folder: Path, threads: int, largest: int) -> float:
    """Return the acknowledged writes a second of so many threads, `largest` of them in one transaction."""
    registry = Registry.create(folder)
    registry.commit = GroupCommit(registry.record, largest)
    end, counts = time.perf_counter() + SECONDS, [0] * threads

    def write(thread: int) -> None:
        while time.perf_counter() < end:
            content = Content(b"%d %d\n" % (thread, counts[thread]) + BODY, "application/yaml")
            slug = f"entry-{thread}-{counts[thread]}"
            registry.write(slug, content, WRITER, WriteCondition())
            counts[thread] += 1

    writers = [threading.Thread(target=write, args=(thread,)) for thread in range(threads)]
    begin = time.perf_counter()
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return sum(counts) / (time.perf_counter() - begin)


@pytest.mark.parametrize("threads", [1, 8, 64])
def test_durable_writes_a_second(figures: Figures, tmp_path: Path, threads: int) -> None:
    alone = writes_per_second(tmp_path / "alone", threads, largest=1)
    together = writes_per_second(tmp_path / "together", threads, largest=200)
    bound = at_least(together / alone, 1.5) if threads == 64 else None
    told = f"{number(together)} ÷ {number(alone)} writes/s"
    what = f"durable writes, {threads} at once, group commit ÷ one by one"
    figures.add(PART, what, told, ratio=together / alone, bound=bound)
