"""Have something done for a request in a process that can be killed, or in its thread where there is none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, Response, current_app

from montages.web.requests.request_limits import run_in_turn
from montages.web.workers.description_pool import DescriptionPool

_KEY = "montages-description-pool"
# They take long to write and to read.
_FILES = frozenset(("pdf", "docx", "xlsx"))


def start_pool(app: Flask, unused: Iterable[int] = ()) -> None:
    """Give an application processes of its own; `unused` are descriptors that only the service needs.

    To be called in each process of the service, before it has threads.
    """
    app.extensions[_KEY] = DescriptionPool(app, unused)


def run_apart(
    function: Callable[..., Response], body: bytes, kind: str = "request", **options: Any
) -> Response:
    """Return what a function of a module gives for a body and options that can be written as JSON.

    It is called within the request, until the deadline. `kind` is request, item (of a batch) or probe; a
    request that reads or writes a file of an office waits for other such files only.
    Raises Busy, TookTooLong, and what the function raises.
    """
    pool: DescriptionPool | None = current_app.extensions.get(_KEY)
    if pool is None:
        return run_in_turn(lambda: function(body, **options))
    if kind == "request" and not _FILES.isdisjoint((options.get("syntax"), options.get("form"))):
        kind = "file"
    return pool.run(function, body, options, kind)


@contextmanager
def batch_place() -> Iterator[None]:
    """Hold a place among the batches that are at work; raises Busy where they are too many."""
    pool: DescriptionPool | None = current_app.extensions.get(_KEY)
    if pool is None:
        yield
        return
    with pool.batch():
        yield
