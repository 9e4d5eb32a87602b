"""The published graphs as the embedded engine loads them: N-Quads text, kept by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from montages.knowledge import library
from montages.knowledge.kept import kept
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.store.dataset import Dataset
from montages.store.written import written


def quads(dataset: Dataset) -> bytes:
    """Return a dataset as N-Quads: each triple in its graph, and in the default graph where it belongs.

    What comes from the knowledge alone is kept on disk; further files are written anew each time.
    """
    if dataset.extra:
        return _text(dataset)

    # Only the rules of the day tell one dataset from another: all days of a period have the same.
    def of_the_knowledge(first_day: str, besides: str) -> bytes:
        return _text(dataset)

    first = period(rulebook(), dataset.day).first.isoformat()
    return kept(of_the_knowledge)(first, _besides())


def _besides() -> str:
    """Return the hash of what is published besides the knowledge that decides: projects and questions."""
    digest = hashlib.sha256()
    for path in [*library.projects().values(), *library.files("queries", "*.rq")]:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _text(dataset: Dataset) -> bytes:
    return "".join(_lines(dataset)).encode()


def _lines(dataset: Dataset) -> Iterator[str]:
    in_default = set(dataset.default_graphs())
    for name, graph in dataset.graphs.items():
        for s, p, o in graph:
            triple = f"{written(s)} {written(p)} {written(o)}"
            yield f"{triple} <{name}> .\n"
            if name in in_default:
                yield f"{triple} .\n"
