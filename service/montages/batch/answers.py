"""What a worker sends back: for each project its lines of output or its error, and the counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from montages.batch.pieces import Fault
from montages.batch.tally import Tally
from montages.publish.dump import json_line


@dataclass(frozen=True)
class Answer:
    """One project: the text to write when it was assessed, else what is told of its error."""

    text: bytes = b""
    error: dict[str, Any] | None = None

    def error_line(self, number: int) -> bytes:
        """Return the error as a line of JSON, under the number of its project in the batch."""
        return json_line({"item": number, **(self.error or {})})


@dataclass
class Done:
    """The answers to some pieces, in their order; `knowledge` is the version they rest on.

    `broken` tells what is wrong with the knowledge itself: nothing can be assessed then.
    """

    knowledge: str
    pieces: int
    size: int
    answers: list[Answer] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0
    broken: Fault | None = None
