"""The published graphs as N-Quads: what servers beside ours are filled with."""

from __future__ import annotations

from collections.abc import Iterator

from montages.store.dataset import Dataset
from montages.store.term_text import term_text


def quads(dataset: Dataset) -> bytes:
    """Return a dataset as N-Quads: each triple in its graph, and in the default graph where it belongs."""
    return "".join(_lines(dataset)).encode()


def _lines(dataset: Dataset) -> Iterator[str]:
    in_default = set(dataset.default_graphs())
    for name, graph in dataset.graphs.items():
        for s, p, o in graph:
            triple = f"{term_text(s)} {term_text(p)} {term_text(o)}"
            yield f"{triple} <{name}> .\n"
            if name in in_default:
                yield f"{triple} .\n"
