"""A diagram that grows as it is asked: what is worked out once serves all states that it is the same for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from montages.assessment.verdict.walks import ReadStates

T = TypeVar("T")


class _StatesRead(dict[int, int]):
    """The states that are read, in the order in which they are."""

    __slots__ = ("_states",)

    def __init__(self, states: ReadStates) -> None:
        self._states = states

    def __missing__(self, place: int) -> int:
        state = self[place] = self._states[place]
        return state


class GrownDiagram(Generic[T]):
    """What a function gives for states; where it has read no other one, it is not called again.

    The function reads states in an order that those read before decide; it gives neither a list nor None.
    A node is a list: a variable by its place, and for each state of it a node or what was found. With more
    nodes than `most` it is grown anew.
    """

    def __init__(self, function: Callable[[ReadStates], T], most: int) -> None:
        self._function, self._most = function, most
        self._held = 0
        self._root: Any = None

    def __getitem__(self, states: ReadStates) -> T:
        node = self._root
        while type(node) is list:
            node = node[1].get(states[node[0]])
        return self._grown(states) if node is None else node

    def _grown(self, states: ReadStates) -> T:
        """Return what the function gives, and keep it below the states that it has read, in their order."""
        read = _StatesRead(states)
        found = self._function(read)
        if self._held >= self._most:
            self._held, self._root = 0, None
        root: dict[int, Any] = {0: self._root}
        above, state = root, 0
        for place, each in read.items():
            node = above.get(state)
            if type(node) is not list:
                node = above[state] = [place, {}]
                self._held += 1
            above, state = node[1], each
        above[state] = found
        self._root = root[0]
        return found
