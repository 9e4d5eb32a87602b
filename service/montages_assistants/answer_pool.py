"""The processes that answer calls about descriptions and resources, each killed at the deadline (V4)."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from typing import Any

from montages import settings
from montages.bilingual import message
from montages.description.limits import too_deep
from montages.errors import Busy, CallBroken, MontagesError, TookTooLong, TooLarge
from montages.processes.turns import ClientWatch, NoTurn
from montages.processes.worker_connection import WorkerEnd
from montages.processes.worker_pool import (
    STARTING_SECONDS,
    WALL,
    PoolSize,
    ServerProgram,
    WorkerPool,
)
from montages_assistants.calls import AnswerProblem

_SERVER = "montages_assistants.answer_server"


class AnswerPool:
    """Processes that answer, forked from one that holds the knowledge: it starts with the pool."""

    def __init__(self) -> None:
        self.seconds = settings.number("run_seconds")
        size = PoolSize(
            settings.number("run_workers"),
            settings.number("run_queue"),
            float(settings.get("run_wait")),
        )
        self.workers = WorkerPool(lambda: ServerProgram(_SERVER, {}), size)

    def answer(
        self, name: str, arguments: Mapping[str, Any], caller: ClientWatch | None = None
    ) -> bytes:
        """Return an answer of `answer_server`; it is given up once `caller` has left.

        Raises AnswerProblem, TooLarge, TookTooLong, Busy, CallBroken, and NobodyWaits.
        """
        limit, description = settings.number("max_bytes"), arguments.get("description")
        if isinstance(description, str) and len(description) > limit:
            raise TooLarge(
                message(
                    "Description too large: more than {limit} bytes (setting MONTAGES_MAX_BYTES).",
                    limit=limit,
                ),
                limit=limit,
                setting="max_bytes",
            )
        time = {"seconds": self.seconds, "wall": WALL * self.seconds}
        request = {"answer": name, "arguments": dict(arguments), **time}
        try:
            head, body = self.workers.exchange(
                request, b"", caller or ClientWatch(), wait=self._wait()
            )
        except RecursionError as error:
            raise too_deep() from error
        except NoTurn as error:
            raise _busy() from error
        except WorkerEnd as end:
            raise self._ended(end) from end
        if "problem" in head:
            raise AnswerProblem(head["problem"], head["final"])
        return body

    def close(self) -> None:
        """Stop the processes; one that still loads has nothing to end."""
        self.workers.close()
        if not self.workers.server.said:
            self.workers.server.process.kill()
        self.workers.server.close()

    def _wait(self) -> float:
        """Return how long a call waits for its turn: that the knowledge is loaded counts for nothing."""
        usual = float(settings.get("run_wait"))
        return usual if self.workers.server.said else usual + STARTING_SECONDS

    def _ended(self, end: WorkerEnd) -> MontagesError:
        if end.signal == signal.SIGPROF:
            return TookTooLong(
                message(
                    "This call takes more than {seconds:g} s of computing (setting "
                    "MONTAGES_RUN_SECONDS): it was given up. Reduce the number of perimeters and "
                    "layers, or of set-ups asked for.",
                    seconds=self.seconds,
                )
            )
        if end.signal == signal.SIGALRM:
            return _busy()
        if "memory allocation" in end.words or "MemoryError" in end.words:
            most = settings.number("run_megabytes")
            return TooLarge(
                message(
                    "This call needs more than {most} MB of memory (setting MONTAGES_RUN_MEGABYTES).",
                    most=most,
                ),
                limit=most,
                setting="run_megabytes",
            )
        if end.signal == signal.SIGSEGV or "RecursionError" in end.words:
            return too_deep()
        if end.from_outside:
            return _busy()
        sys.stderr.write(end.words)
        return CallBroken(
            message(
                "The computing ended in an unexpected way. Try again; if it happens again, "
                "report it with the description, if it is public."
            )
        )


def _busy() -> Busy:
    return Busy(message("Other calls are being answered. Try again in a few seconds."))
