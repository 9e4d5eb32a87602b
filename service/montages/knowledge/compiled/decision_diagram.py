"""Multi-valued decision diagrams: a function of many variables, each distinct part of it written once.

A node is a whole number from 0: a variable, and a child for each state of it. A leaf is negative: the value n
is -1 - n. Variables are numbered in the order in which they are asked, the first nearest to the root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

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
        if all(child == first for child in children):
            return first
        key = (variable, children)
        found = self._unique.get(key)
        if found is None:
            found = self._unique[key] = len(self.nodes)
            self.nodes.append(key)
        return found

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

        def applied(nodes: tuple[int, ...]) -> int:
            found = known.get(nodes)
            if found is None:
                variable = min(map(self.variable, nodes))
                if variable == _LEAF:
                    found = leaf(function(*(-1 - node for node in nodes)))
                else:
                    rows = zip(*(self.children(node, variable) for node in nodes), strict=True)
                    found = self.node(variable, tuple(applied(row) for row in rows))
                known[nodes] = found
            return found

        return applied(nodes)

    def fold(self, function: Callable[[int, int], int], nodes: Iterable[int], start: int) -> int:
        """Return the diagram of a function of two taken over the leaves of many, from a value on."""
        memo: dict[tuple[int, ...], int] = {}
        out = leaf(start)
        for node in nodes:
            out = self.apply(function, out, node, memo=memo)
        return out

    def trees(self, roots: Iterable[int]) -> list[Tree]:
        """Return nodes in the form in which they are walked."""
        known: dict[int, Tree] = {}

        def tree(node: int) -> Tree:
            if node < 0:
                return -1 - node
            if node not in known:
                variable, children = self.nodes[node]
                known[node] = (variable, *map(tree, children))
            return known[node]

        return [tree(root) for root in roots]


def leaf(value: int) -> int:
    """Return the leaf of a value from 0."""
    return -1 - value


def node_count(roots: Iterable[Tree]) -> int:
    """Return how many distinct nodes some trees have."""
    seen: set[int] = set()
    todo = list(roots)
    while todo:
        tree = todo.pop()
        if isinstance(tree, tuple) and id(tree) not in seen:
            seen.add(id(tree))
            todo += tree[1:]
    return len(seen)
