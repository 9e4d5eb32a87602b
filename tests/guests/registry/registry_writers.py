"""Writers of a registry that are killed: they note each version only once it was acknowledged.

As a script: `registry_writers.py FOLDER NOTES PROCESSES THREADS TURN` writes without end, in so many
processes with so many threads each.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import NamedTuple

from montages_registry.entry_gate import EntryContent
from montages_registry.entry_summary import NOTHING, EntrySummary
from montages_registry.publishers import Publisher
from montages_registry.registry import Registry
from montages_registry.registry_errors import ConditionMissing, StaleVersion
from montages_registry.version import Version

WRITER = Publisher("writers", "Writers", has_quota=False)
# An entry that all threads write, so that most of their conditions are stale.
SHARED = "shared"


class Acknowledged(NamedTuple):
    """What a writer was told of a version before it was killed."""

    slug: str
    number: str
    sha256: str


def sample(body: bytes, name: str = "Projet") -> EntryContent:
    """Return a content that no gate has seen."""
    label = {"fr": name, "en": name}
    summary: EntrySummary = {**NOTHING, "project": "urn:project", "label": label}
    return EntryContent(body, "text/turtle", f'<urn:project> <urn:name> "{name}" .\n', summary)


def last_version(registry: Registry, slug: str) -> Version | None:
    """Return the last version of an entry, a draft too."""
    return next(iter(registry.history(slug, 1)), None)


def body_of(slug: str, mark: str) -> bytes:
    """Return a content that no other is like."""
    return f"{slug} {mark}\n".encode() * 999


def write_for_ever(registry: Registry, notes: int, slug: str, mark: str) -> None:
    """Write versions of an entry of one's own and of the shared one, and note those acknowledged."""
    own, count = last_version(registry, slug), 0
    while True:
        count += 1
        content = sample(body_of(slug, f"{mark}-{count}"))
        own = registry.write(slug, content, WRITER, own.etag if own else None)
        _note(notes, own)
        shared = last_version(registry, SHARED)
        content = sample(body_of(SHARED, f"{mark}-{slug}-{count}"))
        try:
            _note(notes, registry.write(SHARED, content, WRITER, shared.etag if shared else None))
        except (ConditionMissing, StaleVersion):
            continue


def _note(notes: int, version: Version) -> None:
    # One write of a short line: whole, or not there.
    os.write(notes, f"{version.slug} {version.number} {version.digest}\n".encode())


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
    folder: Path, instants: int, processes: int, threads: int, seed: int = 15
) -> list[Acknowledged]:
    """Kill all writers at so many random instants, others going on; return what was acknowledged."""
    rng = random.Random(seed)  # noqa: S311  # no secret
    notes = folder.parent / "acknowledged"
    Registry.create(folder).publishers.add(WRITER.slug, WRITER.name, has_quota=False)
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
            time.sleep(rng.uniform(0.2, 0.8))
        finally:
            os.killpg(writers.pid, signal.SIGKILL)
            writers.wait()
    return [Acknowledged(*line.split()) for line in notes.read_text().splitlines()]


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))
