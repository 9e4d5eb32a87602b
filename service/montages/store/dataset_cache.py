"""What is worked out from a dataset alone is kept on disk, by the content of its tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from montages.knowledge.files.disk_cache import disk_cache
from montages.store.dataset import Dataset

T = TypeVar("T")


def of_dataset(dataset: Dataset, make: Callable[[Dataset], T]) -> T:
    """Return what a function of a module makes of a dataset: plain data, read back from disk if there."""

    def value(digest: str) -> T:
        return make(dataset)

    value.__module__, value.__qualname__ = make.__module__, make.__qualname__
    return disk_cache(value)(dataset.digest)
