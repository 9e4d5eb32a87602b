"""A diagram that grows as it is asked: what is worked out once serves all states that it is the same for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from montages.assessment.verdict.walks import ReadStates

T = TypeVar("T")


class _Node(NamedTuple):
    """A variable that is read, by its place, and what follows for each state of it."""

    place: int
    children: dict[int, object]


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

    The function reads states in an order that those read before decide; it gives no node of ours. With more
    nodes than `most` it is grown anew.
    """

    def __init__(self, function: Callable[[ReadStates], T], most: int) -> None:
        self._function, self._most = function, most
        self._held = 0
        self._root: object = None

    def __getitem__(self, states: ReadStates) -> T:
        node = self._root
        while type(node) is _Node:
            node = node.children.get(states[node.place])
        if node is None:
            node = self._grown(states)
        return node  # type: ignore[return-value]  # a leaf is what the function gave

    def _grown(self, states: ReadStates) -> T:
        """Return what the function gives, and keep it below the states that it has read, in their order."""
        read = _StatesRead(states)
        found = self._function(read)
        if self._held >= self._most:
            self._held, self._root = 0, None
        root: dict[int, object] = {0: self._root}
        above, state = root, 0
        for place, each in read.items():
            node = above.get(state)
            if type(node) is not _Node:
                node = above[state] = _Node(place, {})
                self._held += 1
            above, state = node.children, each
        above[state] = found
        self._root = root[0]
        return found
