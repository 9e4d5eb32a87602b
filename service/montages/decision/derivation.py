"""What an engine gives back for one project: its units, what was concluded of them, and the graphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rdflib import Graph

from montages.decision.answers import Unit

# By unit: requirement slug → outcome, and arrangement slug → status.
Outcomes = Mapping[str, Mapping[str, str]]
Statuses = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, eq=False)
class Derivation:
    """One project derived: `graphs` keeps asserted, closing, closure and outcome triples apart (R13).

    `steps` keeps the closing triples apart by the name of the closing query that wrote them.
    """

    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    graphs: Mapping[str, Graph]
    steps: Mapping[str, Graph]


class LateGraphs(Mapping[str, Graph]):
    """Graphs that are written only when somebody reads one."""

    def __init__(self, write: Callable[[], dict[str, Graph]]) -> None:
        self._write = write

    @cached_property
    def _written(self) -> dict[str, Graph]:
        return self._write()

    def __getitem__(self, name: str) -> Graph:
        return self._written[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)
