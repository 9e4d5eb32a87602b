"""The published graphs, and which of them make the default graph on a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rdflib import Graph

from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.periods import rules_at
from montages.names import MODULE


@dataclass(frozen=True, eq=False)
class Dataset:
    """Graphs by their IRI; the default graph is their union under the law of a day.

    Of the compiled rules, which exclude one another, the default graph holds those of the day only.
    """

    graphs: dict[str, Graph]
    day: date
    extra: frozenset[str] = field(default_factory=frozenset)

    def default_graphs(self) -> Iterator[str]:
        """Return the graphs that make the default graph."""
        today = str(module(rules_at(self.day)))
        for name in self.graphs:
            if not name.startswith(str(MODULE["compiled/"])) or name == today:
                yield name

    @cached_property
    def default(self) -> Graph:
        """Return the default graph. Do not modify."""
        union = Graph()
        for name in self.default_graphs():
            union += self.graphs[name]
        return union
