"""What is noted of a request, and its line of JSON in the log: neither who asked, nor what."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from werkzeug.wsgi import get_content_length

from montages.web.requests.headers import request_id

LOG = logging.getLogger("montages.request")
_STARTED = "montages-started"


@dataclass(frozen=True)
class RequestEntry:
    """What is noted of a request once its answer begins; `started` is a time of `time.perf_counter`."""

    request: str
    method: str
    # The pattern of the address, never the address: it may hold what somebody looks for.
    route: str
    status: int
    problem: str
    bytes_in: int
    started: float


def started(environ: MutableMapping[str, Any]) -> float:
    """Return when a request came in, a time of `time.perf_counter`: that of the first call for it."""
    return float(environ.setdefault(_STARTED, time.perf_counter()))


def request_entry(
    environ: dict[str, Any], route: str, status: int, problem: str = ""
) -> RequestEntry:
    """Return what is noted of a request once it has an answer."""
    return RequestEntry(
        request=request_id(environ),
        method=environ["REQUEST_METHOD"],
        route=route,
        status=status,
        problem=problem,
        bytes_in=get_content_length(environ) or 0,
        started=started(environ),
    )


def log_line(entry: RequestEntry, seconds: float, size: int) -> str:
    """Return what is logged of a request, as JSON."""
    record = {
        "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "request": entry.request,
        "method": entry.method,
        "route": entry.route,
        "status": entry.status,
        "ms": round(seconds * 1000, 1),
        "bytes_in": entry.bytes_in,
        "bytes_out": size,
    }
    if entry.problem:
        record["problem"] = entry.problem
    return json.dumps(record)


def log_to_standard_error() -> None:
    """Have the lines written, once, wherever they are logged from."""
    if LOG.handlers:
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    LOG.addHandler(handler)
    LOG.setLevel(logging.INFO)
    LOG.propagate = False
