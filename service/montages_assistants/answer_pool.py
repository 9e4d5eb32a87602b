"""The processes that answer calls about descriptions and resources, each killed at the deadline (V4)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from montages import settings
from montages.bilingual import message
from montages.description.limits import judging_ended, others_judged, too_deep
from montages.errors import CallBroken, TooLarge
from montages.processes.turns import ClientWatch, NoTurn
from montages.processes.worker_connection import WorkerEnd
from montages.processes.worker_pool import STARTING_SECONDS, WALL, ServerProgram, WorkerPool
from montages.thread_shares import pool_size
from montages_assistants.calls import AnswerProblem

_SERVER = "montages_assistants.answer_server"


class AnswerPool:
    """Processes that answer, forked from one that holds the knowledge: it starts with the pool."""

    def __init__(self) -> None:
        self.seconds = settings.number("run_seconds")
        self._size = pool_size("run")
        self.workers = WorkerPool(lambda: ServerProgram(_SERVER, {}), self._size)

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
            raise others_judged() from error
        except WorkerEnd as end:
            raise judging_ended(end) or _broken(end) from end
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
        usual = self._size.wait
        return usual if self.workers.server.said else usual + STARTING_SECONDS


def _broken(end: WorkerEnd) -> CallBroken:
    sys.stderr.write(end.words)
    return CallBroken(
        message(
            "The computing ended in an unexpected way. Try again; if it happens again, "
            "report it with the description, if it is public."
        )
    )
