"""The cells of a row as a description by our keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from montages.description.tables.columns import FALSE, LIST, TRUE, Column, by_name, columns
from montages.description.tables.table_row import Cell
from montages.knowledge.did_you_mean import plain

# More digits than this are no answer, and cost time.
_DIGITS = re.compile(r"[0-9]{1,18}")
# The columns that hold a year, a month or a day; a French spreadsheet writes a day so.
DATES = ("signed-on", "contract-state-on")
_FRENCH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def tree(cells: Mapping[str, Cell]) -> dict[str, Any]:
    """Return the tree of a description; a cell that cannot be read stays, for the check to report."""
    out: dict[str, Any] = {}
    for key, cell in cells.items():
        column = by_name()[key]
        if column.kind in ("layers", "layer"):
            continue
        *above, last = column.pointer.split("/")[1:]
        node = out
        for step in above:
            node = node.setdefault(step, {})
        node[last] = _READ[column.kind](cell, column)
    layers = [layer for _, layer in layers_of(cells)]
    if layers or "layers" in cells:
        out["layers"] = layers
    if _all_layers() <= cells.keys():
        out.setdefault("layers-complete", True)
    return out


def layers_of(cells: Mapping[str, Cell]) -> list[tuple[Column, dict[str, Any]]]:
    """Return the layers that a row uses, each with the column that says so, in the order of the row."""
    layers: list[tuple[Column, dict[str, Any]]] = []
    for key, cell in cells.items():
        column = by_name()[key]
        if column.kind == "layers":
            layers += [(column, layer) for layer in _layers(str(cell))]
        elif column.kind == "layer" and (layer := _layer(str(cell), column)) is not None:
            layers.append((column, layer))
    return layers


@cache
def _all_layers() -> frozenset[str]:
    return frozenset(column.key for column in columns() if column.kind == "layer")


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(LIST) if part.strip()]


def _text(cell: Cell, column: Column) -> str:
    text = str(cell)
    day = _FRENCH_DAY.fullmatch(text) if column.key in DATES else None
    return f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else text


def _list(cell: Cell, column: Column) -> Any:
    parts = _parts(str(cell))
    return parts[0] if len(parts) == 1 else parts


def _flag(cell: Cell, column: Column) -> Any:
    word = plain(str(cell))
    return True if word in TRUE else False if word in FALSE else cell


def _pairs(cell: Cell, column: Column) -> dict[str, str]:
    pairs = [part.partition(":") for part in _parts(str(cell))]
    return {key.strip(): value.strip() for key, _, value in pairs}


def _layers(cell: str) -> list[dict[str, Any]]:
    layers = []
    for part in _parts(cell):
        layer, _, mode = (word.strip() for word in part.partition(":"))
        layers.append({"layer": layer, "mode": mode} if mode else {"layer": layer})
    return layers


def _layer(cell: str, column: Column) -> dict[str, Any] | None:
    """Return the use of a layer that its own column tells of, None where it says that there is none."""
    word, slug = plain(cell), column.pointer.rpartition("/")[2]
    if word in FALSE:
        return None
    return {"layer": slug} if word in TRUE else {"layer": slug, "mode": _list(cell, column)}


def _answer(cell: Cell, column: Column) -> Any:
    """Return an answer as it is written: labels, amounts and units are read with our keys."""
    criterion = column.criterion
    assert criterion is not None
    if criterion.numeric_property:
        return int(cell) if isinstance(cell, str) and _DIGITS.fullmatch(cell) else cell
    return _list(cell, column)


_READ = {
    "text": _text,
    "list": _list,
    "flag": _flag,
    "pairs": _pairs,
    "answer": _answer,
}
