"""Answers that are asked for again and again, by what they are made of: the data do not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from montages.store.pool import Answer

_SHARE = 16  # one answer takes no more than this part of the room


class Remembered:
    """The answers lately given, at most so many bytes of them in all; a large one is not kept."""

    def __init__(self, most: int) -> None:
        self._most, self._held = most, 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._turn = Lock()

    def get(self, key: str | None, make: Callable[[], Answer]) -> Answer:
        """Return the answer under a key, made if it is not remembered; without a key, made each time."""
        if key is None:
            return make()
        with self._turn:
            known = self._answers.get(key)
            if known is not None:
                self._answers.move_to_end(key)
                return known
        made = make()
        if len(made.body) * _SHARE <= self._most:
            with self._turn:
                self._keep(key, made)
        return made

    def _keep(self, key: str, made: Answer) -> None:
        if key not in self._answers:
            self._answers[key] = made
            self._held += len(made.body)
        while self._held > self._most:
            self._held -= len(self._answers.popitem(last=False)[1].body)
