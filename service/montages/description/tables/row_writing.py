"""A description by our keys as a row of a CSV: the way back of `row`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.description.parsing.key_values import listing
from montages.description.tables.columns import LIST, Column, columns
from montages.errors import UnusableInput

# All that a cell says of a layer.
_LAYER = {"layer", "mode"}


def cells(tree: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a description by the French name of their column, those that are empty left out.

    Raises UnusableInput for what no row can hold: perimeters, and what is said of one layer alone.
    """
    layers = [each for each in listing(tree.get("layers")) if isinstance(each, Mapping)]
    if tree.get("perimeters") or any(set(layer) - _LAYER for layer in layers):
        raise UnusableInput(
            "Une ligne de CSV ne peut tenir ni périmètres ni réponses propres à une couche : prenez YAML, "
            "JSON ou Turtle.",
            "A row of CSV can hold neither perimeters nor answers of one layer alone: take YAML, JSON or "
            "Turtle.",
        )
    texts = {
        column.name: _text(_value(tree, column.pointer), column)
        for column in columns()
        if column.kind != "layer"  # one cell says all layers
    }
    return {name: text for name, text in texts.items() if text}


def _value(tree: Mapping[str, Any], pointer: str) -> Any:
    node: Any = tree
    for step in pointer.split("/")[1:]:
        node = node.get(step) if isinstance(node, Mapping) else None
    return node


def _text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.kind == "flag":
        return "oui" if value else "non"
    if column.kind == "layers":
        return LIST.join(":".join(str(x) for x in _layer(each)) for each in listing(value))
    if column.kind == "pairs":
        return LIST.join(f"{key}:{note}" if note else key for key, note in value.items())
    return LIST.join(str(each) for each in listing(value))


def _layer(layer: Any) -> list[Any]:
    return [layer["layer"], *listing(layer.get("mode"))] if isinstance(layer, Mapping) else [layer]
