"""The floor of a batch, measured: a file of projects parsed in as many processes, and nothing else done."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import parse_only


class Floor(NamedTuple):
    """What parsing a file in parts took: with start-up, without, and processor time without."""

    seconds: float
    parsing: float
    processor: float


def parse(given: Path, env: Mapping[str, str], parts: int) -> Floor:
    """Parse each part of a file in a process of its own, at once."""
    cuts = _cuts(given, parts)
    start = time.perf_counter()
    running = [
        subprocess.Popen(
            [sys.executable, parse_only.__file__, given, str(first), str(last)],
            stdout=subprocess.PIPE,
            env=env,
        )
        for first, last in pairwise(cuts)
    ]
    said = [process.communicate()[0].split() for process in running]
    seconds = time.perf_counter() - start
    assert not any(process.returncode for process in running)
    parsing, processor = ([float(each) for each in column] for column in zip(*said, strict=True))
    return Floor(seconds, max(parsing), sum(processor))


def _cuts(path: Path, parts: int) -> Sequence[int]:
    """Return where equal parts of a file begin and end, in bytes, cut at the end of a line."""
    size, cuts = path.stat().st_size, [0]
    with path.open("rb") as file:
        for n in range(1, parts):
            file.seek(size * n // parts)
            file.readline()
            cuts.append(file.tell())
    return [*cuts, size]
