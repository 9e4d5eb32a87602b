"""A tree of our keys in one order, so that the same project is the same tree."""

from __future__ import annotations

from typing import Any

from montages.description.address.project_address import FLAGS, TEXTS, Tree
from montages.knowledge.description_keys import answer_keys

_KEYS = (
    *TEXTS, "holder", "perimeters", "layers", "usages", *FLAGS, "layer", "mode", "perimeter", "name",
    "answers", "unknown", "complete",
)  # fmt: skip


def in_order(tree: Tree) -> Tree:
    """Return a tree with its keys, its answers and its lists of criteria in the order of the author."""
    keys = [key for key in _KEYS if key in tree] + [key for key in tree if key not in _KEYS]
    return {key: _ordered(key, tree[key]) for key in keys}


def _ordered(key: str, value: Any) -> Any:
    criteria = list(answer_keys().values())
    if key in ("unknown", "complete"):
        return sorted(value, key=criteria.index)
    if key in ("answers", "assumes"):
        return {k: value[k] for k in answer_keys() if k in value}
    if key == "perimeters":
        return {name: in_order(area) for name, area in value.items()}
    if key == "layers":
        return [in_order(layer) for layer in value]
    return value
