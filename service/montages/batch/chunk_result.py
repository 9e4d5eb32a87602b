"""What a worker sends back for some records: the output or the error of each project, and the counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montages.assessment.assessment_line import AssessmentLine
from montages.errors import MontagesError
from montages.publish.json_text import json_line


@dataclass
class Tally:
    """Counts over the contracts in force of all projects; channels, procedures and vehicles are left out.

    `to_verify` counts the contracts that a fact is to be verified for, by criterion; `closed_by` the
    contracts that a requirement closes, by requirement.
    """

    projects: int = 0
    errors: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    to_verify: Counter[str] = field(default_factory=Counter)
    closed_by: Counter[str] = field(default_factory=Counter)

    def count(self, line: AssessmentLine) -> None:
        """Count one project from its line."""
        self.projects += 1
        for result in line.contracts():
            self.verdicts[result.verdict.value] += 1
            self.to_verify.update(term.criterion for term in result.to_verify)
            self.closed_by.update(result.best.closed_by)

    def add(self, other: Tally) -> None:
        """Add the counts of another tally."""
        self.projects += other.projects
        self.errors += other.errors
        self.verdicts += other.verdicts
        self.to_verify += other.to_verify
        self.closed_by += other.closed_by

    @classmethod
    def from_json(cls, tree: Mapping[str, Any]) -> Tally:
        """Return a tally from its JSON."""
        counts = {name: Counter(tree[name]) for name in ("verdicts", "to_verify", "closed_by")}
        return cls(tree["projects"], tree["errors"], **counts)


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
