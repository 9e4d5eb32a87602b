"""A description as the cells that people fill in: answers by their labels, a column a layer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.description.parsing.key_values import listing
from montages.description.tables.columns import LIST, Column, columns
from montages.description.tables.table_row import tree_cells
from montages.publish.tables.column_values import column_values

_YES, _NO = {"fr": "oui", "en": "yes"}, {"fr": "non", "en": "no"}


def labelled_cells(tree: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the cells of a description by the key of their column, in the labels of a language.

    Raises UnusableInput for what no row can hold.
    """
    written = tree_cells(tree)
    out = dict[str, str]()
    layers = _layers(tree, lang)
    for column in columns():
        if column.kind == "layer":
            text = layers.get(column.key, "")
        elif column.kind == "layers" or column.name not in written:
            continue
        else:
            text = _labelled(written[column.name], column, lang)
        if text:
            out[column.key] = text
    return out


def _layers(tree: Mapping[str, Any], lang: str) -> dict[str, str]:
    """Return the cell of each layer's own column: its modes, or that it is used."""
    of_layer = {
        column.pointer.rpartition("/")[2]: column for column in columns() if column.kind == "layer"
    }
    out = dict[str, str]()
    for use in listing(tree.get("layers")):
        use = use if isinstance(use, Mapping) else {"layer": use}
        for layer in listing(use["layer"]):
            column = of_layer[layer]
            names = column_values(column)
            modes = [names[mode][lang] for mode in listing(use.get("mode"))]
            out[column.key] = LIST.join(modes) or _YES[lang]
    return out


def _labelled(text: str, column: Column, lang: str) -> str:
    if column.kind == "flag":
        return {"oui": _YES, "non": _NO}[text][lang]
    names = column_values(column)
    parts = (part if part not in names else names[part][lang] for part in text.split(LIST))
    return LIST.join(parts)
