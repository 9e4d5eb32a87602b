"""Multi-valued decision diagrams: a function of many variables, each distinct part of it written once.

A node is a whole number from 0: a variable, and a child for each state of it. A leaf is negative: the value n
is -1 - n. Variables are numbered in the order in which they are asked, the first nearest to the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

# What a finished diagram is walked as: a leaf's value, or the number of a variable, then a node a state.
# Parts that are alike are one object.
Tree = int | tuple[Any, ...]
_LEAF = 1 << 30


class Diagram:
    """Nodes over variables of `sizes` states each; equal nodes are one."""

    def __init__(self, sizes: Sequence[int]) -> None:
        self.sizes = sizes
        self.nodes: list[tuple[int, tuple[int, ...]]] = []
        self._unique: dict[tuple[int, tuple[int, ...]], int] = {}

    def node(self, variable: int, children: tuple[int, ...]) -> int:
        """Return the node of a variable with these children; the child where all are one."""
        first = children[0]
        if children.count(first) == len(children):
            return first
        key = (variable, children)
        node = self._unique.get(key)
        if node is None:
            node = self._unique[key] = len(self.nodes)
            self.nodes.append(key)
        return node

    def variable(self, node: int) -> int:
        """Return the variable that a node asks, a number above all for a leaf."""
        return self.nodes[node][0] if node >= 0 else _LEAF

    def children(self, node: int, variable: int) -> tuple[int, ...]:
        """Return what a node becomes in each state of a variable that it asks first, or not at all."""
        if self.variable(node) == variable:
            return self.nodes[node][1]
        return (node,) * self.sizes[variable]

    def apply(
        self,
        function: Callable[..., int],
        *nodes: int,
        memo: dict[tuple[int, ...], int] | None = None,
    ) -> int:
        """Return the diagram of a function of the leaves of some; `memo` is kept between calls of one."""
        known: dict[tuple[int, ...], int] = {} if memo is None else memo
        table, sizes = self.nodes, self.sizes

        # Called so often that lists and looks at the table stand here for calls.
        def applied(nodes: tuple[int, ...]) -> int:
            variable = min([table[node][0] if node >= 0 else _LEAF for node in nodes])
            if variable == _LEAF:
                result = leaf(function(*[-1 - node for node in nodes]))
            else:
                below = [
                    table[node][1]
                    if node >= 0 and table[node][0] == variable
                    else (node,) * sizes[variable]
                    for node in nodes
                ]
                children = [
                    known[row] if row in known else applied(row) for row in zip(*below, strict=True)
                ]
                result = self.node(variable, tuple(children))
            known[nodes] = result
            return result

        return known[nodes] if nodes in known else applied(nodes)

    def fold(self, function: Callable[[int, int], int], nodes: Iterable[int], start: int) -> int:
        """Return the diagram of a function of two taken over the leaves of many, from a value on."""
        memo: dict[tuple[int, ...], int] = {}
        out = leaf(start)
        for node in nodes:
            out = self.apply(function, out, node, memo=memo)
        return out

    def written(self, roots: Mapping[str, int]) -> Written:
        """Return the nodes below some roots, each after its children: the same ones each time."""
        places: dict[int, int] = {}
        nodes: list[tuple[int, ...]] = []

        def place(node: int) -> int:
            if node < 0:
                return node
            if node not in places:
                variable, children = self.nodes[node]
                row = (variable, *map(place, children))
                places[node] = len(nodes)
                nodes.append(row)
            return places[node]

        return Written({name: place(root) for name, root in roots.items()}, tuple(nodes))

    def tree(self, root: int) -> Tree:
        """Return a node in the form in which it is walked."""
        return self.written({"": root}).trees()[""]


class Written(NamedTuple):
    """Diagrams as plain data: the node of each root, then a variable and a node a state for each node."""

    roots: dict[str, int]
    nodes: tuple[tuple[int, ...], ...]

    def trees(self) -> dict[str, Tree]:
        """Return each root in the form in which it is walked."""
        made: list[Tree] = []

        def tree(node: int) -> Tree:
            return -1 - node if node < 0 else made[node]

        for variable, *children in self.nodes:
            made.append((variable, *map(tree, children)))
        return {name: tree(root) for name, root in self.roots.items()}


def leaf(value: int) -> int:
    """Return the leaf of a value from 0."""
    return -1 - value
