"""Rewrite what cases expected with what came out, leaving the rest of each file as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from montages.publish.text.typography import colon
from montages.rulebook_tests.case_differences import Difference
from montages.rulebook_tests.case_files import Case

# Blocks whose values are always lists.
_LISTS = ("missing", "cites")


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
        sign = colon(lang)
        return f"{self.path}, {self.case}{sign} {self.place}{sign} {self.old} → {self.new}"


def rewrite(cases: Iterable[tuple[Case, Iterable[Difference]]]) -> tuple[Change, ...]:
    """Write what came out into the files of the cases and return what changed; comments and order stay."""
    by_file: dict[Path, list[tuple[Case, Difference]]] = {}
    for case, differences in cases:
        by_file.setdefault(case.path, []).extend((case, each) for each in differences)
    changes: list[Change] = []
    for path, items in by_file.items():
        if not items:
            continue
        text = path.read_text(encoding="utf-8")
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        assert isinstance(root, yaml.SequenceNode), path
        edits = [(*_span(_node(root, *item)), *item) for item in items]
        # From the end, so that the places before stay where they are.
        for start, end, case, difference in sorted(edits, key=lambda edit: edit[0], reverse=True):
            new = _yaml(difference)
            place = f"{difference.block}.{difference.name}"
            changes.append(Change(path, case.name, place, text[start:end], new))
            text = text[:start] + new + text[end:]
        path.write_text(text, encoding="utf-8")
    return tuple(reversed(changes))


def _node(root: yaml.SequenceNode, case: Case, difference: Difference) -> yaml.Node:
    node: yaml.Node = root.value[case.index]
    for key in (difference.block, difference.name):
        assert isinstance(node, yaml.MappingNode), case.name
        node = next(value for name, value in node.value if name.value == key)
    return node


def _span(node: yaml.Node) -> tuple[int, int]:
    """Return where a node stands; a block list ends with its last item, not at the next token."""
    end = node
    while isinstance(end, yaml.CollectionNode) and not end.flow_style and end.value:
        end = end.value[-1]
    return node.start_mark.index, end.end_mark.index


def _yaml(difference: Difference) -> str:
    """Return what to expect from now on: of clauses, those expected that are still cited, else all."""
    values = difference.actual
    if difference.block == "cites":
        values = tuple(c for c in difference.expected if c in values) or values
    if len(values) == 1 and difference.block not in _LISTS:
        return values[0]
    return f"[{', '.join(values)}]"
