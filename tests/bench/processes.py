"""Commands run to their end, with what they and all their processes used."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

MONTAGES = str(Path(sys.executable).with_name("montages"))
_EVERY = 0.05
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Used:
    """What a command took: time, processor time, and the sum of the peak memory of each process.

    Memory that processes share is counted for each. Both sums are 0 where there is no /proc.
    """

    seconds: float
    processor: float
    memory: int


@dataclass
class _Watch:
    """Looks at a process and its descendants again and again, until told to stop."""

    pid: int
    memory: dict[int, int] = field(default_factory=dict)
    processor: dict[int, float] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.over.wait(_EVERY):
            for pid in _family(self.pid):
                self._look(pid)

    def _look(self, pid: int) -> None:
        try:
            status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
            processor = _processor(pid)
        except OSError:  # it has ended
            return
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                self.memory[pid] = int(line.split()[1]) * 1024
        self.processor[pid] = processor


def _processor(pid: int) -> float:
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / _TICKS


def processor_of_family(pid: int) -> float:
    """Return the processor time of a process and its descendants so far, to some 10 ms."""
    seconds = 0.0
    for each in _family(pid):
        with suppress(OSError):  # it has ended
            seconds += _processor(each)
    return seconds


def _family(pid: int) -> Iterator[int]:
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [child for task in tasks for child in (task / "children").read_text().split()]
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def run(command: Sequence[str | Path], env: Mapping[str, str]) -> Used:
    """Run a command that must succeed, and return what it used."""
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)), env=env, stdout=subprocess.DEVNULL, stderr=errors
        )
        watch = _Watch(process.pid)
        thread = threading.Thread(target=watch.run)
        thread.start()
        try:
            code = process.wait()
        finally:
            seconds = time.perf_counter() - start
            watch.over.set()
            thread.join()
        errors.seek(0)
        assert code == 0, (command, code, errors.read().decode())
    return Used(seconds, sum(watch.processor.values()), sum(watch.memory.values()))
