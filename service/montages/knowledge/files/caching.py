"""Caches in memory, bounded by the number of their values or by their bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")
_SHARE = 16  # one value takes no more than this part of a cache bounded by bytes


class CountedCache(dict[K, V]):
    """Values by key; when there are too many, all are dropped: what is often needed comes back at once."""

    def __init__(self, most: int = 4096) -> None:
        super().__init__()
        self._most = most

    def __repr__(self) -> str:
        return f"{type(self).__name__}({len(self)} of {self._most})"

    def add(self, key: K, value: V) -> V:
        """Add a value and return it."""
        if len(self) >= self._most:
            self.clear()
        self[key] = value
        return value


class FunctionCache(CountedCache[K, V]):
    """A function's values by its argument; looking one up costs no more than in a dictionary."""

    def __init__(self, function: Callable[[K], V], most: int = 4096) -> None:
        super().__init__(most)
        self._function = function

    def __missing__(self, key: K) -> V:
        return self.add(key, self._function(key))


class ByteCache(Generic[V]):
    """Values by key, at most so many bytes in all; the one longest unused leaves first.

    A value larger than a sixteenth of the room is not held. Any thread may use it.
    """

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size, self._bytes = most, size, 0
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable | None, make: Callable[[], V]) -> V:
        """Return the value of a key, made if it is not held; without a key, made each time."""
        if key is None:
            return make()
        with self._lock:
            held = self._values.get(key)
            if held is not None:
                self._values.move_to_end(key)
                return held
        value = make()
        if self._size(value) * _SHARE <= self._most:
            with self._lock:
                self._add(key, value)
        return value

    def _add(self, key: Hashable, value: V) -> None:
        if key not in self._values:
            self._values[key] = value
            self._bytes += self._size(value)
        while self._bytes > self._most:
            self._bytes -= self._size(self._values.popitem(last=False)[1])
