"""The cells of a row as a description by our keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from montages.batch.tables.columns import FALSE, LIST, TRUE, Column, by_name
from montages.knowledge.did_you_mean import plain

# More digits than this are no answer, and cost time.
_DIGITS = re.compile(r"[0-9]{1,18}")


def tree(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return the tree of a description; a cell that cannot be read stays, for the check to report."""
    out: dict[str, Any] = {}
    for key, cell in cells.items():
        column = by_name()[key]
        *above, last = column.pointer.split("/")[1:]
        node = out
        for step in above:
            node = node.setdefault(step, {})
        node[last] = _READ[column.kind](cell, column)
    return out


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(LIST) if part.strip()]


def _text(cell: str, column: Column) -> str:
    return cell


def _list(cell: str, column: Column) -> Any:
    parts = _parts(cell)
    return parts[0] if len(parts) == 1 else parts


def _flag(cell: str, column: Column) -> Any:
    word = plain(cell)
    return True if word in TRUE else False if word in FALSE else cell


def _pairs(cell: str, column: Column) -> dict[str, str]:
    pairs = [part.partition(":") for part in _parts(cell)]
    return {key.strip(): value.strip() for key, _, value in pairs}


def _layers(cell: str, column: Column) -> list[dict[str, str]]:
    layers = []
    for part in _parts(cell):
        layer, _, mode = (word.strip() for word in part.partition(":"))
        layers.append({"layer": layer, "mode": mode} if mode else {"layer": layer})
    return layers


def _answer(cell: str, column: Column) -> Any:
    """Return an answer as it is written: labels, amounts and units are read with our keys."""
    criterion = column.criterion
    assert criterion is not None
    if criterion.numeric_property:
        return int(cell) if _DIGITS.fullmatch(cell) else cell
    return _list(cell, column)


_READ = {
    "text": _text,
    "list": _list,
    "flag": _flag,
    "pairs": _pairs,
    "layers": _layers,
    "answer": _answer,
}
