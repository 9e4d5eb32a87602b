"""The workers of a batch behind one interface, and the chunks of records that they are given, in order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from montages.batch.assess_records import JobOptions, prepare
from montages.batch.chunk_result import ChunkResult
from montages.batch.records import Record
from montages.bilingual import message
from montages.errors import MontagesError, UnusableInput, install_command


class InProcessExecutor(Executor):
    """An executor that calls each function in this process, when it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # told by the future, as by any executor
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Workers:
    """An executor and the number of calls it runs at once."""

    executor: Executor
    number: int


@contextmanager
def this_process(options: JobOptions) -> Iterator[Workers]:
    """Yield this process as the only worker."""
    yield Workers(InProcessExecutor(), 1)


@contextmanager
def processes(options: JobOptions, number: int) -> Iterator[Workers]:
    """Yield worker processes, each of which loads the knowledge once."""
    # Not fork: a copy of a process with threads may hang.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["montages.batch.assess_records"])
    executor = ProcessPoolExecutor(number, context, _start_worker, (options,))
    try:
        yield Workers(executor, number)
    finally:
        executor.shutdown(cancel_futures=True)


def _start_worker(options: JobOptions) -> None:
    # Ctrl-C goes to the whole group of processes; the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with suppress(MontagesError):  # told by the first chunk
        prepare(options)
    gc.collect()
    gc.freeze()  # the knowledge stays


def _leave_with_parent() -> None:
    """End this worker when the first process is killed: nobody would wait for its answers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def cluster(options: JobOptions, address: str) -> Iterator[Workers]:
    """Yield the workers of a Dask cluster; raises UnusableInput when it cannot be reached."""
    try:
        distributed: Any = import_module("distributed")  # which is typed in part only
    except ImportError as error:
        install = install_command("cluster")
        raise UnusableInput(
            message("--scheduler needs Dask, which is not installed: {install}.", install=install)
        ) from error
    try:
        client = distributed.Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UnusableInput(
            message(
                "The scheduler {address} does not answer. Check the address; “dask scheduler” "
                "starts one, and shows it.",
                address=address,
            )
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UnusableInput(
                message(
                    "The scheduler {address} has no worker: “dask worker {address}” starts some.",
                    address=address,
                )
            )
        yield Workers(client.get_executor(pure=False, retries=2), threads)


# A chunk should keep a worker busy this long: long enough to make its travel cheap, short enough to
# show progress and to lose little when a run is stopped.
CHUNK_SECONDS = 0.2
MOST_RECORDS = 256
MOST_BYTES = 1_000_000
# Chunks under way for each worker: one being done, one waiting, one being awaited in order.
AHEAD = 3


@dataclass
class _ChunkSize:
    """The number of records in a chunk, from the time the last ones took; it never shows in the output."""

    records: int = 1

    def adapt(self, chunk: ChunkResult) -> None:
        per_record = chunk.seconds / max(chunk.records, 1)
        ideal = int(CHUNK_SECONDS / per_record) if per_record else MOST_RECORDS
        self.records = max(1, min(MOST_RECORDS, ideal, 4 * self.records))


def ordered_results(
    submit: Callable[[tuple[Record, ...]], Future[ChunkResult]],
    workers: int,
    records: Iterable[Record],
) -> Iterator[ChunkResult]:
    """Yield the result of each chunk, in the order of the records, whichever worker is first.

    At most `AHEAD` chunks a worker are read beyond it.
    """
    size, waiting = _ChunkSize(), deque[Future[ChunkResult]]()
    window = AHEAD * workers if workers > 1 else 1
    try:
        for chunk in _chunks(records, size):
            waiting.append(submit(chunk))
            while waiting and (len(waiting) >= window or waiting[0].done()):
                result = waiting.popleft().result()
                size.adapt(result)
                yield result
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()


def _chunks(records: Iterable[Record], size: _ChunkSize) -> Iterator[tuple[Record, ...]]:
    chunk: list[Record] = []
    weight = 0
    for record in records:
        record = record.load()
        chunk.append(record)
        weight += len(record.content) if isinstance(record.content, bytes) else 0
        if len(chunk) >= size.records or weight >= MOST_BYTES:
            yield tuple(chunk)
            chunk, weight = [], 0
    if chunk:
        yield tuple(chunk)
