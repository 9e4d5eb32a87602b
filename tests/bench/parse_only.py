"""The floor of a batch: a part of an N-Quads file parsed by pyoxigraph, and nothing else done with it.

Run as a command: parse_only.py FILE FIRST-BYTE LAST-BYTE. Prints the seconds it took, start-up excluded.
"""

from __future__ import annotations

import sys
import time
from collections import deque
from pathlib import Path

import pyoxigraph as ox


def main(path: str, first: str, last: str) -> None:
    start = time.perf_counter()
    with Path(path).open("rb") as file:
        file.seek(int(first))
        text = file.read(int(last) - int(first))
    deque(ox.parse(text, format=ox.RdfFormat.N_QUADS), maxlen=0)
    print(time.perf_counter() - start)


if __name__ == "__main__":
    main(*sys.argv[1:])
