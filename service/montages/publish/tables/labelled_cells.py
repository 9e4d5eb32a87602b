"""The cells of a table as people fill them in: what a column accepts, each code by its label.

A description is written in such cells, answers by their labels, a column a layer.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from rdflib import URIRef

from montages.bilingual import Text
from montages.description.parsing.key_values import (
    actor_classes,
    folder_of,
    kind_of,
    listing,
    things_of,
)
from montages.description.tables.columns import LIST, Column, columns
from montages.description.tables.table_row import tree_cells
from montages.knowledge.files import library
from montages.knowledge.graphs import label
from montages.knowledge.rulebook import rulebook
from montages.names import MTG

_MODE = "management-mode"
_YES, _NO = {"fr": "oui", "en": "yes"}, {"fr": "non", "en": "no"}


@cache
def column_values(column: Column) -> dict[str, Text]:
    """Return the codes that a column accepts, each with its label; none where it takes any text or number."""
    criteria = rulebook().criteria
    if column.kind == "layer":
        return {value.slug: value.label for value in criteria[_MODE].values}
    if column.criterion is not None:
        return {value.slug: value.label for value in column.criterion.values}
    if (kind := kind_of(column.key)) is not None:
        folder = folder_of(column.key)
        return {slug: label(library.data(), URIRef(folder + slug)) for slug in things_of(kind)}
    if column.key == "holder-type":
        return {slug: label(library.ontology(), MTG[slug]) for slug in actor_classes()}
    if column.key in ("unknown", "complete"):
        listed = [c for c in criteria.values() if column.key == "unknown" or c.multiple]
        return {criterion.slug: criterion.label for criterion in listed}
    return {}


def takes_several(column: Column) -> bool:
    """Tell whether a cell of a column may hold several values."""
    if column.criterion is not None:
        return column.criterion.multiple
    return column.kind in ("list", "layer", "layers", "pairs")


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
