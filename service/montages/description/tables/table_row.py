"""A row of a table of projects, cut out but not yet understood, and the names of its cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from montages.bilingual import Text
from montages.errors import UnreadableInput

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


def row_fault(
    text: Text, number: int, line: int, place: int | None = None, **extra: Any
) -> UnreadableInput:
    """Return what is wrong with a row; `place` is that of its cell, from 0, None for the whole row."""
    cell = {} if place is None else {"cell": f"{column_letters(place)}{number}"}
    return UnreadableInput(text.fr, text.en, line=line, **cell, **extra)


def nameless(number: int, line: int, where: str, where_en: str) -> UnreadableInput:
    """Return the fault of a row that names no project; `where` says which row."""
    return row_fault(
        Text(
            f"{where} : le projet n'a pas de nom (colonne « projet » ou « identifiant »).",
            f"{where_en}: the project has no name (column “projet” or “identifiant”).",
        ),
        number,
        line,
        0,
    )
