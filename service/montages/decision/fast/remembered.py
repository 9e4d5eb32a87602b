"""A dictionary of what was worked out already: a missing value is worked out from its key, and kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V]):
    """Values by what they are worked out from; when there are too many, all are forgotten."""

    def __init__(self, make: Callable[[K], V], most: int = 4096) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._make(key)
        return value
