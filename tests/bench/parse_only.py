"""The floor of a batch: a part of an N-Quads file parsed by pyoxigraph, and nothing else done with it.

Run as a command: parse_only.py FILE FIRST-BYTE LAST-BYTE. Prints the seconds that it took and those of
processor time, start-up excluded.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from pathlib import Path

import pyoxigraph as ox


def main(path: str, first: str, last: str) -> None:
    start, busy = time.perf_counter(), time.process_time()
    with Path(path).open("rb") as file:
        file.seek(int(first))
        text = file.read(int(last) - int(first))
    deque(ox.parse(text, format=ox.RdfFormat.N_QUADS), maxlen=0)
    print(time.perf_counter() - start, time.process_time() - busy)


if __name__ == "__main__":
    main(*sys.argv[1:])
