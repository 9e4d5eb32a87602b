"""The nodes of a JSON or YAML text by their JSON pointers, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from montages.description.places.place_index import Place
from montages.description.readings import pointer_step

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# Half a character in JSON, which YAML refuses: six question marks take its place.
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")


class TextTree:
    """The nodes of a text by JSON pointer; JSON is read as the YAML it nearly is."""

    def __init__(self, text: str) -> None:
        self.nodes: dict[str, yaml.Node] = {}
        self.keys: dict[str, yaml.Node] = {}
        try:
            # Tabs may not indent YAML: in JSON they only stand between tokens.
            plain = _SURROGATE.sub("??????", text.replace("\t", " "))
            root = yaml.compose(plain, Loader=_LOADER)
        except (yaml.YAMLError, RecursionError):
            root = None
        if root is not None:
            self._walk(root, "")

    def _walk(self, node: yaml.Node, pointer: str) -> None:
        self.nodes[pointer] = node
        keys = [key for key, _ in node.value] if isinstance(node, yaml.MappingNode) else []
        for number, (name, child) in enumerate(children(node)):
            step = f"{pointer}/{name}"
            if keys:
                self.keys[step] = keys[number]
            self._walk(child, step)

    def at(self, pointer: str) -> Place | None:
        """Return the place of a pointer, at its key where it has one; else that of the nearest node above."""
        while True:
            node = self.keys.get(pointer) or self.nodes.get(pointer)
            if node is not None:
                mark = node.start_mark
                return Place(mark.line + 1, mark.column + 1, pointer)
            if not pointer:
                return None
            pointer = pointer.rpartition("/")[0]


def children(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    """Yield the children of a node, each with its step of a JSON pointer."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield pointer_step(str(key.value)), value
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            yield str(number), value


def value_at(tree: TextTree, pointer: str, value: str) -> Place | None:
    """Return the place of a value in a list, or of the key where there is no such item."""
    node = tree.nodes.get(pointer)
    if isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            if isinstance(item, yaml.ScalarNode) and item.value == value:
                return tree.at(f"{pointer}/{number}")
    return tree.at(pointer)
