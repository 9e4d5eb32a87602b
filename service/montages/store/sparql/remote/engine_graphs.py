"""The graphs of another engine that make ours: which a query reads that names none.

An engine gives a triple twice that is in two graphs. What does not depend on the day is therefore there once
more as one graph, without what the compiled rules say too: with those of a day it is the default graph.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from rdflib import Graph

from montages.names import COMPILED_RULES
from montages.store.dataset import Dataset

UNDATED = "urn:montages:undated"


@dataclass(frozen=True)
class EngineGraphs:
    """Our graphs by their names, those of the day, and others of the engine that are read beside."""

    published: tuple[str, ...]
    default: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def default_graphs(self, names: Sequence[str] | None = None) -> tuple[str, ...]:
        """Return the graphs to ask for a default graph of some of ours, by themselves that of the day."""
        chosen = self.default if names is None else tuple(names)
        undated = {name for name in self.published if not name.startswith(COMPILED_RULES)}
        if undated <= set(chosen):
            dated = (name for name in chosen if name not in undated)
            return (UNDATED, *dated, *self.beside)
        return chosen

    def names(self) -> tuple[str, ...]:
        """Return the graphs that a query may name."""
        return (*self.published, *self.beside)


def engine_graphs(dataset: Dataset, beside: Collection[str] = ()) -> EngineGraphs:
    """Return which graphs of an engine make a dataset."""
    return EngineGraphs(tuple(dataset.graphs), tuple(dataset.default_graphs()), tuple(beside))


def graphs_to_load(dataset: Dataset) -> Iterator[tuple[str, Graph]]:
    """Yield each graph that an engine needs to answer as we do, with its name."""
    yield from dataset.graphs.items()
    compiled = [graph for name, graph in dataset.graphs.items() if name.startswith(COMPILED_RULES)]
    undated = Graph()
    for name, graph in dataset.graphs.items():
        if not name.startswith(COMPILED_RULES):
            for triple in graph:
                if not compiled or not all(triple in other for other in compiled):
                    undated.add(triple)
    yield UNDATED, undated
