"""Rewrite what cases expected with what came out, leaving the rest of each file as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from montages.decision.rulebook_cases import Case

# Blocks whose values are always lists.
_LISTS = ("missing", "cites")


@dataclass(frozen=True, eq=False)
class Rewrite:
    """One value to rewrite: the case, the block, the name, what it expected and what came out."""

    case: Case
    block: str
    name: str
    expected: tuple[str, ...]
    found: tuple[str, ...]

    def wanted(self) -> tuple[str, ...]:
        """Return what to write: for clauses, those expected that are still cited, else all."""
        if self.block != "cites":
            return self.found
        return tuple(c for c in self.expected if c in self.found) or self.found


@dataclass(frozen=True)
class Change:
    """One value that was rewritten in a file."""

    path: Path
    case: str
    place: str
    old: str
    new: str

    def message(self, lang: str) -> str:
        """Return the change in one line."""
        colon = " :" if lang == "fr" else ":"
        return f"{self.path}, {self.case}{colon} {self.place}{colon} {self.old} → {self.new}"


def rewrite(wanted: Iterable[Rewrite]) -> tuple[Change, ...]:
    """Write the values into their files and return what changed; comments and order stay."""
    by_file: dict[Path, list[Rewrite]] = {}
    for item in wanted:
        by_file.setdefault(item.case.path, []).append(item)
    changes: list[Change] = []
    for path, items in by_file.items():
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert isinstance(root, yaml.SequenceNode), path
        edits = [(*_span(_node(root, item)), item) for item in items]
        # From the end, so that the places before stay where they are.
        for start, end, item in sorted(edits, key=lambda edit: edit[0], reverse=True):
            new = _written(item)
            place = f"{item.block}.{item.name}"
            changes.append(Change(path, item.case.name, place, text[start:end], new))
            text = text[:start] + new + text[end:]
        path.write_text(text, encoding="utf-8")
    return tuple(reversed(changes))


def _node(root: yaml.SequenceNode, item: Rewrite) -> yaml.Node:
    node: yaml.Node = root.value[item.case.index]
    for key in (item.block, item.name):
        assert isinstance(node, yaml.MappingNode), item.case.name
        node = next(value for name, value in node.value if name.value == key)
    return node


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return where a node stands; a block list ends with its last item, not at the next token."""
    end = node
    while isinstance(end, yaml.CollectionNode) and not end.flow_style and end.value:
        end = end.value[-1]
    return node.start_mark.index, end.end_mark.index


def _written(item: Rewrite) -> str:
    listed = item.wanted()
    if len(listed) == 1 and item.block not in _LISTS:
        return listed[0]
    return f"[{', '.join(listed)}]"
