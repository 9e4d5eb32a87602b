"""The published graphs as the embedded engine loads them: N-Quads text, kept by content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.periods import period
from montages.knowledge.rulebook import rulebook
from montages.store.dataset import Dataset
from montages.store.term_text import term_text


def quads(dataset: Dataset) -> bytes:
    """Return a dataset as N-Quads: each triple in its graph, and in the default graph where it belongs.

    What comes from the knowledge alone is kept on disk; further files are written anew each time.
    """
    if dataset.extra:
        return _text(dataset)

    # Only the rules of the day tell one dataset from another: all days of a period have the same.
    def cached_text(first_day: str, other_sources: str) -> bytes:
        return _text(dataset)

    first = period(rulebook(), dataset.day).first.isoformat()
    return disk_cache(cached_text)(first, _other_sources())


def _other_sources() -> str:
    """Return the hash of what is published besides the knowledge that decides: projects, panel, questions."""
    digest = hashlib.sha256()
    for path in library.displayed():
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _text(dataset: Dataset) -> bytes:
    return "".join(_lines(dataset)).encode()


def _lines(dataset: Dataset) -> Iterator[str]:
    in_default = set(dataset.default_graphs())
    for name, graph in dataset.graphs.items():
        for s, p, o in graph:
            triple = f"{term_text(s)} {term_text(p)} {term_text(o)}"
            yield f"{triple} <{name}> .\n"
            if name in in_default:
                yield f"{triple} .\n"
