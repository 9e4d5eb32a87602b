"""A row of a table of projects: its cells as cut out, the description by our keys they make, and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from montages.bilingual import Text, message
from montages.description.parsing.key_values import listing
from montages.description.tables.columns import FALSE, LIST, TRUE, Column, by_name, columns
from montages.errors import UnreadableInput, UnusableInput
from montages.knowledge.did_you_mean import plain

# What a cell holds: a text, or the number that a workbook knows it is.
Cell = str | int | float


@dataclass(frozen=True)
class TableRow:
    """The cells of a row that are not empty, by the key of their column, or what is wrong with the row.

    `number` is the row as a spreadsheet counts it, `line` where it begins in the text of a CSV (in a workbook
    the same), `size` the bytes used up since the row before.
    """

    number: int
    line: int
    cells: Mapping[str, Cell] = field(default_factory=dict)
    size: int = 0
    fault: UnreadableInput | None = None

    @property
    def name(self) -> str | None:
        """Return what the row calls its project, None where it cannot be read."""
        name = self.cells.get("id") or self.cells.get("project")
        return None if name is None else str(name)


def column_letters(place: int) -> str:
    """Return the letters of a column by its place, from 0: A, B, … Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def row_fault(text: Text, number: int, line: int, place: int | None = None) -> UnreadableInput:
    """Return what is wrong with a row; `place` is that of its cell, from 0, None for the whole row."""
    cell = {} if place is None else {"cell": f"{column_letters(place)}{number}"}
    return UnreadableInput(text, line=line, **cell)


def row_of(
    cells: Mapping[str, Cell], number: int, line: int, size: int = 0, word: str = "Row"
) -> TableRow:
    """Return the row that cells make, at fault where they name no project; `word` is what it is called."""
    if "project" in cells or "id" in cells:
        return TableRow(number, line, cells, size)
    nameless = message(
        "{where}: the project has no name (column “projet” or “identifiant”).",
        where=Text(f"Ligne {line}", f"{word} {line}"),
    )
    return TableRow(number, line, size=size, fault=row_fault(nameless, number, line, 0))


# More digits than this are no answer, and cost time.
_DIGITS = re.compile(r"[0-9]{1,18}")
# The columns that hold a year, a month or a day; a French spreadsheet writes a day so.
DATE_COLUMNS = ("wanted-by", "signed-on", "contract-state-on")
_FRENCH_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def row_tree(cells: Mapping[str, Cell]) -> dict[str, Any]:
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
    layers = [layer for _, layer in row_layers(cells)]
    if layers or "layers" in cells:
        out["layers"] = layers
    if _all_layers() <= cells.keys():
        out.setdefault("layers-complete", True)
    return out


def row_layers(cells: Mapping[str, Cell]) -> list[tuple[Column, dict[str, Any]]]:
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
    day = _FRENCH_DAY.fullmatch(text) if column.key in DATE_COLUMNS else None
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


_READ = {"text": _text, "list": _list, "flag": _flag, "pairs": _pairs, "answer": _answer}


# All that a cell says of a layer.
_LAYER_KEYS = {"layer", "mode"}


def tree_cells(tree: Mapping[str, Any]) -> dict[str, str]:
    """Return the cells of a description by the French name of their column, those that are empty left out.

    Raises UnusableInput for what no row can hold: perimeters, and what is said of one layer alone.
    """
    layers = [layer for layer in listing(tree.get("layers")) if isinstance(layer, Mapping)]
    if tree.get("perimeters") or any(set(layer) - _LAYER_KEYS for layer in layers):
        raise UnusableInput(
            message(
                "A row of CSV can hold neither perimeters nor answers of one layer alone: take "
                "YAML, JSON or Turtle."
            )
        )
    texts = {
        column.name: _cell_text(_value(tree, column.pointer), column)
        for column in columns()
        if column.kind != "layer"  # one cell says all layers
    }
    return {name: text for name, text in texts.items() if text}


def _value(tree: Mapping[str, Any], pointer: str) -> Any:
    node: Any = tree
    for step in pointer.split("/")[1:]:
        node = node.get(step) if isinstance(node, Mapping) else None
    return node


def _cell_text(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if column.kind == "flag":
        return "oui" if value else "non"
    if column.kind == "layers":
        return LIST.join(":".join(str(x) for x in _layer_words(layer)) for layer in listing(value))
    if column.kind == "pairs":
        return LIST.join(f"{key}:{note}" if note else key for key, note in value.items())
    return LIST.join(str(item) for item in listing(value))


def _layer_words(layer: Any) -> list[Any]:
    return [layer["layer"], *listing(layer.get("mode"))] if isinstance(layer, Mapping) else [layer]
