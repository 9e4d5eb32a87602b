"""What is asked for again and again, by what it is made of: the data do not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

_SHARE = 16  # one answer takes no more than this part of the room
V = TypeVar("V")


class Remembered(Generic[V]):
    """The answers lately given, at most so many bytes of them in all; a large one is not kept."""

    def __init__(self, most: int, size: Callable[[V], int]) -> None:
        self._most, self._size, self._held = most, size, 0
        self._answers: OrderedDict[Hashable, V] = OrderedDict()
        self._turn = Lock()

    def get(self, key: Hashable | None, make: Callable[[], V]) -> V:
        """Return the answer under a key, made if it is not remembered; without a key, made each time."""
        if key is None:
            return make()
        with self._turn:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
                return known
        made = make()
        if self._size(made) * _SHARE <= self._most:
            with self._turn:
                self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: V) -> None:
        if key not in self._answers:
            self._answers[key] = made
            self._held += self._size(made)
        while self._held > self._most:
            self._held -= self._size(self._answers.popitem(last=False)[1])
