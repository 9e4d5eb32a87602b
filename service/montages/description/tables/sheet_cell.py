"""What a cell of a sheet says, as a CSV would have it; a formula, an error or a stray date is refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any, Protocol

from montages import settings
from montages.bilingual import Text
from montages.description.tables.columns import Column, by_name
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import DATE_COLUMNS, Cell

# A whole number in such a column is a year; beyond it, the days that spreadsheets count from 1900.
_YEARS, _DAYS = range(1900, 2101), range(20_000, 80_000)
_FIRST_DAY = date(1899, 12, 30)

_FORMULA = Text(
    "c'est une formule. Copiez la cellule, puis collez sa valeur (collage spécial, « Valeurs »).",
    "this is a formula. Copy the cell, then paste its value (paste special, “Values”).",
)
_NO_TITLE = Text(
    "cette cellule n'est sous aucun titre de colonne. Videz-la, ou donnez un titre à sa colonne.",
    "this cell is under no title of a column. Empty it, or give its column a title.",
)
_TOO_LONG = (
    "cellule trop longue, plus de {} caractères (réglage MONTAGES_MAX_LITERAL).",
    "cell too long, over {} characters (setting MONTAGES_MAX_LITERAL).",
)
_HALF_CHARACTER = Text(
    "un signe n'y est qu'à moitié : réécrivez-le.", "a character is there by half: write it again."
)
_NO_NUMBER = Text("ce n'est pas un nombre fini.", "it is no finite number.")
_ERROR = Text(
    "la cellule est en erreur ({}). Écrivez-y une valeur, ou videz-la.",
    "the cell is in error ({}). Write a value in it, or empty it.",
)
_STRAY_DATE = Text(
    "le tableur a pris cette valeur pour une date ({}). Mettez la cellule au format Texte ou Nombre, et "
    "retapez-la.",
    "the spreadsheet took this value for a date ({}). Format the cell as Text or Number, and type it again.",
)
_DATE_AS_NUMBER = Text(
    "un nombre ({}) là où il faut une date ; sans doute {}. Mettez la cellule au format Date, ou écrivez la "
    "date ainsi : {}.",
    "a number ({}) where a date is needed; {}, no doubt. Format the cell as Date, or write the date so: {}.",
)


class SheetCell(Protocol):
    """What is asked of a cell of the library: its value, and what kind the sheet says it is."""

    @property
    def value(self) -> Any:
        """Return the value."""
        ...

    @property
    def data_type(self) -> str:
        """Return the kind: f(ormula), e(rror), d(ate), n(umber), b(oolean), s(tring)."""
        ...


class OddCell(Exception):
    """A cell whose value is not taken; `text` says why, and what to do, `place` where it is, from 0."""

    def __init__(self, text: Text, place: int = 0) -> None:
        super().__init__(text.en)
        self.text, self.place = text, place


def row_cells(header: TableHeader, cells: Sequence[SheetCell]) -> dict[str, Cell]:
    """Return what the cells of a row say that are not empty, by the key of their column; raises OddCell."""
    keys, values, longest = header.keys, dict[str, Cell](), settings.number("max_literal")
    for place, cell in enumerate(cells):
        if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
            continue
        key = keys[place] if place < len(keys) else None
        try:
            if key is None:
                raise OddCell(_NO_TITLE)
            values[key] = cell_value(cell, by_name()[key])
            if len(str(values[key])) > longest:
                raise OddCell(Text(*(text.format(longest) for text in _TOO_LONG)))
        except OddCell as odd:
            raise OddCell(odd.text, place) from odd
    return values


def cell_value(cell: SheetCell, column: Column) -> Cell:
    """Return what a cell that is not empty says: a text, or a number where its column has one.

    Raises OddCell.
    """
    value, kind = cell.value, cell.data_type
    if kind == "f":
        raise OddCell(_FORMULA)
    if kind == "e":
        raise OddCell(Text(_ERROR.fr.format(value), _ERROR.en.format(value)))
    if isinstance(value, bool):
        return "oui" if value else "non"
    if kind == "d" or isinstance(value, (date, timedelta)):
        return _day(value, column)
    if isinstance(value, (int, float)):
        return _number(value, column)
    text = str(value).strip()
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise OddCell(_HALF_CHARACTER) from error
    return text


def _day(value: Any, column: Column) -> str:
    whole = isinstance(value, datetime) and value.time() == datetime.min.time()
    if column.key in DATE_COLUMNS and isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    moment = value.date() if whole else value
    raise OddCell(Text(_STRAY_DATE.fr.format(moment), _STRAY_DATE.en.format(moment)))


def _number(value: int | float, column: Column) -> Cell:
    if isinstance(value, float) and not isfinite(value):
        raise OddCell(_NO_NUMBER)
    number = int(value) if isinstance(value, int) or value.is_integer() else value
    if column.key in DATE_COLUMNS and number not in _YEARS and int(number) in _DAYS:
        day = _FIRST_DAY + timedelta(days=int(number))
        words = (number, day, day)
        raise OddCell(Text(_DATE_AS_NUMBER.fr.format(*words), _DATE_AS_NUMBER.en.format(*words)))
    numeric = column.criterion is not None and column.criterion.numeric_property is not None
    return number if numeric else str(number)
