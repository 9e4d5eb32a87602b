"""Where the work is done: in this process, in several, or on a Dask cluster; one interface for all."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from montages.batch.assess_pieces import prepare
from montages.batch.job import Job
from montages.errors import MontagesError, UnusableInput


class Here(Executor):
    """Does the work in this process, at the moment it is submitted."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future that is done."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # told by the future, as by any executor
            future.set_exception(error)
        return future


@dataclass(frozen=True)
class Crew:
    """An executor and how many things it does at once."""

    executor: Executor
    workers: int


@contextmanager
def here(job: Job) -> Iterator[Crew]:
    """Give a crew of this process alone."""
    yield Crew(Here(), 1)


@contextmanager
def processes(job: Job, number: int) -> Iterator[Crew]:
    """Give a crew of worker processes, each of which loads the knowledge once."""
    # Not fork: a copy of a process with threads may hang.
    known = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in known else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload(["montages.batch.assess_pieces"])
    executor = ProcessPoolExecutor(number, context, _begin, (job,))
    try:
        yield Crew(executor, number)
    finally:
        executor.shutdown(cancel_futures=True)


def _begin(job: Job) -> None:
    # Ctrl-C goes to the whole group of processes; the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    with suppress(MontagesError):  # told by the first chunk
        prepare(job)
    gc.collect()
    gc.freeze()  # the knowledge stays


def _leave_with_parent() -> None:
    """End this worker when the first process is killed: nobody would wait for its answers."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def cluster(job: Job, address: str) -> Iterator[Crew]:
    """Give a crew of the workers of a Dask cluster; raises UnusableInput when it cannot be reached."""
    try:
        distributed: Any = import_module("distributed")  # which is typed in part only
    except ImportError as error:
        raise UnusableInput(
            "--scheduler demande Dask, qui n'est pas installé : pip install 'montages[cluster]'.",
            "--scheduler needs Dask, which is not installed: pip install 'montages[cluster]'.",
        ) from error
    try:
        client = distributed.Client(address, timeout="5s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise UnusableInput(
            f"L'ordonnanceur {address} ne répond pas. Vérifiez l'adresse ; « dask scheduler » en "
            "démarre un, et l'affiche.",
            f"The scheduler {address} does not answer. Check the address; “dask scheduler” starts one, "
            "and shows it.",
        ) from error
    with client:
        threads = sum(client.nthreads().values())
        if not threads:
            raise UnusableInput(
                f"L'ordonnanceur {address} n'a aucun travailleur : « dask worker {address} » en démarre.",
                f"The scheduler {address} has no worker: “dask worker {address}” starts some.",
            )
        yield Crew(client.get_executor(pure=False, retries=2), threads)
