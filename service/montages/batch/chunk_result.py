"""What a worker sends back for some records: the output or the error of each project, and the counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from montages.batch.tally import Tally
from montages.errors import MontagesError
from montages.publish.json_text import json_line


@dataclass(frozen=True)
class RecordResult:
    """One project: the text to write when it was assessed, else its error as JSON."""

    text: bytes = b""
    error: dict[str, Any] | None = None

    def error_line(self, number: int) -> bytes:
        """Return the error as a line of JSON, under the number of its project in the batch."""
        return json_line({"item": number, **(self.error or {})})


@dataclass
class ChunkResult:
    """The results of some records, in their order; `knowledge` is the version they rest on.

    `size` counts bytes of input; `broken` says what is wrong with the knowledge itself: nothing can be
    assessed then.
    """

    knowledge: str
    records: int
    size: int
    results: list[RecordResult] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    seconds: float = 0.0
    broken: MontagesError | None = None
