"""Writers of a registry that are killed: they note each version only once it was acknowledged.

As a script: `registry_writers.py FOLDER NOTES PROCESSES THREADS ROUND` writes without end, in so many
processes with so many threads each.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from montages_registry.publishers import Publisher
from montages_registry.record_check import RecordReport, record_report
from montages_registry.registry import Registry
from montages_registry.registry_errors import StaleVersion
from montages_registry.version import Content, Version, WriteCondition

WRITER = Publisher("writers", "Writers")
# An entry that all threads write, so that most of their conditions are stale.
SHARED = "shared"
LONGEST = 60_000


@dataclass(frozen=True)
class Acknowledged:
    """What a writer was told of a version before it was killed."""

    slug: str
    number: int
    hash: str
    sha256: str


def body_of(slug: str, mark: str) -> bytes:
    """Return a content that says by itself whether it is whole: a line, as often as its length wants."""
    line = f"{slug} {mark}\n".encode()
    length = int(hashlib.sha256(line).hexdigest()[:4], 16) * LONGEST // 0xFFFF
    return line * (1 + length // len(line))


def is_whole(body: bytes) -> bool:
    """Tell whether a content is one that a writer sent, to its last byte."""
    slug, mark = body.split(b"\n", 1)[0].decode().split(" ", 1)
    return body == body_of(slug, mark)


def write_for_ever(registry: Registry, notes: int, slug: str, mark: str) -> None:
    """Write versions of an entry of one's own and of the shared one, and note those acknowledged."""
    own, count = registry.current(slug, public=False), 0
    while True:
        count += 1
        content = Content(body_of(slug, f"{mark}-{count}"), "text/turtle")
        condition = WriteCondition(own.etag if own else None)
        own = registry.write(slug, content, WRITER, condition)
        _note(notes, own)
        shared = registry.current(SHARED, public=False)
        condition = WriteCondition(shared.etag) if shared else WriteCondition(None, "*")
        content = Content(body_of(SHARED, f"{mark}-{slug}-{count}"), "text/turtle")
        try:
            _note(notes, registry.write(SHARED, content, WRITER, condition))
        except StaleVersion:
            continue


def _note(notes: int, version: Version) -> None:
    # One write of a short line: whole, or not there.
    line = f"{version.slug} {version.number} {version.hash} {version.digest}\n"
    os.write(notes, line.encode())


def main(folder: str, notes: str, processes: int, threads: int, turn: int) -> None:
    """Fork the processes and start their threads."""
    registry = Registry.open(Path(folder))
    process = next((n for n in range(processes) if os.fork() == 0), None)
    if process is None:
        signal.pause()
    descriptor = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for thread in range(threads):
        slug, mark = f"entry-{process}-{thread}", f"{turn}-{process}-{thread}"
        args = (registry, descriptor, slug, mark)
        threading.Thread(target=write_for_ever, args=args, daemon=True).start()
    signal.pause()


def kill_at_random(
    folder: Path, instants: int, processes: int = 4, threads: int = 50, seed: int = 15
) -> tuple[list[Acknowledged], RecordReport]:
    """Kill all writers at so many random instants, each time with others that go on after them.

    Returns what was acknowledged in all, and what the record says of itself in the end.
    """
    rng = random.Random(seed)  # noqa: S311  # no secret
    notes = folder.parent / "acknowledged"
    Registry.create(folder).close()
    notes.touch()
    for turn in range(instants):
        before = notes.stat().st_size
        command = [sys.executable, __file__, str(folder), str(notes)]
        command += [str(processes), str(threads), str(turn)]
        writers = subprocess.Popen(command, start_new_session=True)
        try:
            while notes.stat().st_size == before:
                assert writers.poll() is None
                time.sleep(0.005)
            time.sleep(rng.uniform(0, 0.6))
        finally:
            os.killpg(writers.pid, signal.SIGKILL)
            writers.wait()
    lines = notes.read_text().splitlines()
    acknowledged = [
        Acknowledged(slug, int(number), row, digest)
        for slug, number, row, digest in map(str.split, lines)
    ]
    return acknowledged, record_report(Registry.open(folder).record)


def lost(folder: Path, acknowledged: list[Acknowledged]) -> list[Acknowledged]:
    """Return those acknowledged versions that a record does not have as they were sent."""
    registry, missing = Registry.open(folder), list[Acknowledged]()
    for told in acknowledged:
        version = registry.numbered(told.slug, told.number, public=False)
        if (
            version is None
            or version.hash != told.hash
            or hashlib.sha256(version.content.body).hexdigest() != told.sha256
        ):
            missing.append(told)
    return missing


def halves(folder: Path) -> list[tuple[str, int]]:
    """Return the versions of a record whose content is not one that a writer sent, whole."""
    registry = Registry.open(folder)
    return [
        (version.slug, version.number)
        for entry in registry.entries()
        for version in registry.versions(entry.slug)
        if not is_whole(version.content.body)
    ]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
