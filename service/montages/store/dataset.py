"""The published graphs, which of them make the default graph on a day, and what is worked out of them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from rdflib import Graph

from montages.knowledge.compiled.owl_compiler import module
from montages.knowledge.files.disk_cache import disk_cache, is_kept
from montages.knowledge.periods import rules_at
from montages.names import COMPILED_RULES
from montages.store.graph_tables import packed_tables, table_graphs, unpacked_tables


@dataclass(frozen=True, eq=False)
class Dataset:
    """Graphs by their IRI; the default graph is their union under the law of a day.

    Of the compiled rules, which exclude one another, the default graph holds those of the day only.
    """

    graphs: dict[str, Graph]
    day: date

    def default_graphs(self, day: date | None = None) -> Iterator[str]:
        """Return the graphs that make the default graph, of its own day where none is given."""
        rules = str(module(rules_at(day or self.day)))
        for name in self.graphs:
            if not name.startswith(COMPILED_RULES) or name == rules:
                yield name

    @cached_property
    def default(self) -> Graph:
        """Return the default graph. Do not modify."""
        union = Graph()
        for name in self.default_graphs():
            union += self.graphs[name]
        return union

    @cached_property
    def tables(self) -> bytes:
        """Return the graphs and the default graph as tables, packed."""
        return packed_tables(self.graphs, self.default_graphs())

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of the tables, in hexadecimal."""
        return hashlib.sha256(self.tables).hexdigest()


class PackedDataset(Dataset):
    """A dataset read from its tables; no graph of it can be modified."""

    def __init__(self, tables: bytes, day: date) -> None:
        graphs = table_graphs(unpacked_tables(tables))
        default = graphs.pop(None)
        super().__init__({name: graphs[name] for name in graphs if name is not None}, day)
        self.__dict__.update(tables=tables, default=default)


T = TypeVar("T")


def cached_of_dataset(dataset: Dataset, make: Callable[..., T], *args: str) -> T:
    """Return what a function of a module makes of a dataset: plain data, read back from disk if there."""

    def value(digest: str, *args: str) -> T:
        return make(dataset, *args)

    value.__module__, value.__qualname__ = make.__module__, make.__qualname__
    return disk_cache(value)(dataset.digest, *args)


def is_cached_of_dataset(dataset: Dataset, make: Callable[..., object], *args: str) -> bool:
    """Tell whether what a function makes of a dataset is on disk: nothing is made."""
    return is_kept(make, dataset.digest, *args)
