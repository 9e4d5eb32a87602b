"""What every engine can do: read, check, and derive what follows; and the data it returns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol, TypeVar

from rdflib import Graph

from montages.description.description import Description
from montages.engine.units import Unit
from montages.knowledge.periods import Rules
from montages.one_line import OneLine
from montages.validation.findings import Report

V = TypeVar("V")
# By unit: requirement slug → outcome, and arrangement slug → status.
Outcomes = Mapping[str, Mapping[str, str]]
Statuses = Mapping[str, Mapping[str, str]]


class Engine(Protocol):
    """Reads a description, checks it, and computes what follows from it under the rules of a date."""

    def parse(
        self, source: bytes | str, syntax: str = "turtle", project: str | None = None
    ) -> Description:
        """Return the description in a text."""
        ...

    def check(self, description: Description) -> Report:
        """Return what the shapes and the vocabulary say of a description."""
        ...

    def conforming(self, descriptions: Sequence[Description]) -> list[bool]:
        """Tell for each description whether it surely conforms; False: checking it alone tells."""
        ...

    def derive(self, descriptions: Sequence[Description], rules: Rules) -> list[Derivation]:
        """Return what follows from each description, in their order."""
        ...


@dataclass(frozen=True, eq=False)
class Derivation(OneLine):
    """One project derived: `graphs` keeps asserted, closing, closure and outcome triples apart (R13).

    `steps` keeps the closing triples apart by the name of the closing query that wrote them.
    """

    units: tuple[Unit, ...]
    outcomes: Outcomes
    statuses: Statuses
    graphs: Mapping[str, Graph]
    steps: Mapping[str, Graph]


class LazyMapping(Mapping[str, V]):
    """Values by name, all worked out when one is first read."""

    def __init__(self, write: Callable[[], dict[str, V]]) -> None:
        self._write = write

    @cached_property
    def _values(self) -> dict[str, V]:
        return self._write()

    def __getitem__(self, name: str) -> V:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
