"""The process that holds the store, and forks those that answer queries.

It is started by `query_pool`, and imports what reads queries and the engine. Its standard input is the
N-Quads file; on the socket comes first what `QueryScope` and `Limits` say, then the demands of `fork_loop`.
"""

from __future__ import annotations

import gc
import os
import signal
import socket
import sys
from typing import Any

from montages.errors import MontagesError
from montages.processes.fork_loop import Confinement, fork_at_each_demand, receive
from montages.store.sparql.limit_errors import Limits
from montages.store.sparql.query_errors import error_to_json
from montages.store.sparql.query_worker import NoFormat, QueryScope, QueryWorker, loaded_store


def main(control: int) -> None:
    """Load the store, then fork at each demand until the socket closes."""
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # it stops when the service does, not before
    with socket.socket(fileno=control) as demands:
        if (request := receive(demands)) is None:
            return
        settings, _ = request
        limits = Limits(**settings["limits"])
        scope = QueryScope(*map(tuple, settings["scope"]))
        worker = QueryWorker(loaded_store(_whole(0)), limits, scope)
        gc.collect()
        gc.freeze()
        fork_at_each_demand(
            demands,
            lambda head, _: _answer(worker, head),
            Confinement(limits.megabytes, files=limits.network),
        )


def _answer(worker: QueryWorker, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        return worker.answer(request)
    except NoFormat as error:
        return {"no_format": str(error)}, b""
    except MontagesError as error:
        return {"error": error_to_json(error)}, b""


def _whole(descriptor: int) -> bytes:
    """Return the content of a file, wherever others who share it have read to."""
    size, parts, at = os.fstat(descriptor).st_size, [], 0
    while at < size:
        parts.append(os.pread(descriptor, size - at, at))
        at += len(parts[-1])
    return b"".join(parts)


if __name__ == "__main__":
    main(int(sys.argv[1]))
