"""Run crafted texts in a confined process, as the service does and without its check, over one kind of store.

    python tests/support/confined_queries.py URL COUNT [FOLDER]

Without a folder the store is in memory, else that of the folder. It prints how many texts passed the check of
the service, how many the engine ran without it, and how many of these failed for want of a connection.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pyoxigraph as ox

from crafted_calls import crafted
from montages.errors import MontagesError
from montages.processes.fork_loop import Confinement, confine
from montages.processes.system_calls import refuse_system_calls
from montages.store.sparql.query_errors import Limits
from montages.store.sparql.query_worker import NoFormat, QueryWorker

LIMITS = Limits(seconds=10, rows=100, bytes=1_000_000, megabytes=512)
DESCRIPTORS = 256  # the engine reserves 48 of them, and wants as many again for its tables
TRIPLE = ox.Quad(ox.NamedNode("http://x/a"), ox.NamedNode("http://x/p"), ox.Literal("SERVICE"))
# Why an engine that tries to call comes to nothing: refused by the kernel, or no descriptor left.
_STOPPED = ("Operation not permitted", "Too many open files")


def main(url: str, count: int, folder: str = "") -> dict[str, Any]:
    """Return what became of so many texts that would call an address."""
    filtered = refuse_system_calls(connections=False)
    confine(Confinement(LIMITS.megabytes, descriptors=DESCRIPTORS if folder else 0))
    store = ox.Store.read_only(folder) if folder else ox.Store()
    if not folder:
        store.add(TRIPLE)
    worker = QueryWorker(store, LIMITS)
    passed = ran = stopped = 0
    for text in crafted(url, count):
        passed += _passes(worker, text)
        try:
            answer = store.query(text)
            ran += 1 if isinstance(answer, ox.QueryBoolean) else bool(list(answer)) or 1
        except SyntaxError:
            continue
        except (OSError, RuntimeError, ValueError) as error:
            ran += 1
            stopped += any(reason in str(error) for reason in _STOPPED)
    held = len(list(store.quads_for_pattern(None, None, None)))
    return {"filtered": filtered, "passed": passed, "ran": ran, "stopped": stopped, "held": held}


def _passes(worker: QueryWorker, text: str) -> bool:
    request = {"query": text, "formats": ["json", "turtle"]}
    try:
        worker.answer(request)
    except (MontagesError, NoFormat):
        return False
    return True


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1], int(sys.argv[2]), *sys.argv[3:])))
