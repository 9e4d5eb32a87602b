"""What a cell of a sheet or a frame says, as a CSV would have it; what is no value of a cell is refused."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from math import isfinite
from typing import Any

from montages import settings
from montages.bilingual import Text, message
from montages.description.parsing.source_text import Frame, FrameRow
from montages.description.tables.columns import Column, by_name
from montages.description.tables.table_header import TableHeader, read_header
from montages.description.tables.table_row import DATE_COLUMNS, Cell, TableRow, row_of, row_tree
from montages.errors import UnreadableInput, UnusableInput

# The value of a cell, and what kind its sheet says it is: f(ormula), e(rror), d(ate), n(umber), b(oolean) or
# s(tring); "" where nothing says.
SheetCell = tuple[Any, str]
# A whole number in such a column is a year; beyond it, the days that spreadsheets count from 1900.
_YEARS, _DAYS = range(1900, 2101), range(20_000, 80_000)
_FIRST_DAY = date(1899, 12, 30)

_FORMULA = message(
    "this is a formula. Copy the cell, then paste its value (paste special, “Values”)."
)
_NO_TITLE = message(
    "this cell is under no title of a column. Empty it, or give its column a title."
)
_TOO_LONG = message("cell too long, over {longest} characters (setting MONTAGES_MAX_LITERAL).")
_HALF_CHARACTER = message("a character is there by half: write it again.")
_NO_NUMBER = message("it is no finite number.")
_ERROR = message("the cell is in error ({value}). Write a value in it, or empty it.")
_STRAY_DATE = message(
    "the spreadsheet took this value for a date ({value}). Format the cell as Text or Number, "
    "and type it again."
)
_DATE_AS_NUMBER = message(
    "a number ({number}) where a date is needed; {day}, no doubt. Format the cell as Date, or "
    "write the date so: {day}."
)


class OddCell(Exception):
    """A cell whose value is not taken; `text` says why, and what to do, `place` where it is, from 0."""

    def __init__(self, text: Text, place: int = 0) -> None:
        super().__init__(text)
        self.text, self.place = text, place


def row_cells(header: TableHeader, cells: Sequence[SheetCell]) -> dict[str, Cell]:
    """Return what the cells of a row say that are not empty, by the key of their column; raises OddCell."""
    keys, values, longest = header.keys, dict[str, Cell](), settings.number("max_literal")
    for place, (value, kind) in enumerate(cells):
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        key = keys[place] if place < len(keys) else None
        try:
            if key is None:
                raise OddCell(_NO_TITLE)
            values[key] = _cell_value(value, kind, by_name()[key])
            if len(str(values[key])) > longest:
                raise OddCell(_TOO_LONG.fill(longest=longest))
        except OddCell as odd:
            raise OddCell(odd.text, place) from odd
    return values


def _cell_value(value: Any, kind: str, column: Column) -> Cell:
    """Return what a cell that is not empty says: a text, or a number where its column has one."""
    if kind == "f":
        raise OddCell(_FORMULA)
    if kind == "e":
        raise OddCell(_ERROR.fill(value=value))
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
    raise OddCell(_STRAY_DATE.fill(value=moment))


def _number(value: int | float, column: Column) -> Cell:
    if isinstance(value, float) and not isfinite(value):
        raise OddCell(_NO_NUMBER)
    number = int(value) if isinstance(value, int) or value.is_integer() else value
    if column.key in DATE_COLUMNS and number not in _YEARS and int(number) in _DAYS:
        day = _FIRST_DAY + timedelta(days=int(number))
        raise OddCell(_DATE_AS_NUMBER.fill(number=number, day=day))
    numeric = column.criterion is not None and column.criterion.numeric_property is not None
    return number if numeric else str(number)


# What messages call a table that is a frame.
NAME = "DataFrame"


def frame_header(columns: Iterable[Hashable]) -> TableHeader:
    """Return the header that titles of a frame make; raises as `read_header`."""
    return read_header(NAME, [str(title) for title in columns])


def frame_rows(frame: Frame) -> Iterator[TableRow]:
    """Yield the rows of a frame, each with what is wrong with it; raises UnusableInput for no frame."""
    if hasattr(frame, "itertuples"):
        rows: Iterable[Iterable[object]] = frame.itertuples(index=False, name=None)
    elif hasattr(frame, "iter_rows"):
        rows = frame.iter_rows()
    else:
        kind = type(frame).__name__
        raise UnusableInput(message("{kind} is no data frame of pandas or Polars.", kind=kind))
    header = frame_header(frame.columns)
    return (_row(header, number, values) for number, values in enumerate(rows, 1))


def frame_tree(row: FrameRow) -> dict[str, object]:
    """Return the description by our keys that a row is; raises as `read_header`, or what is wrong in it."""
    pairs = list(row.items())
    titles, values = [title for title, _ in pairs], [value for _, value in pairs]
    read = _row(frame_header(titles), 1, values)
    if read.fault is not None:
        raise read.fault
    return row_tree(read.cells)


def _row(header: TableHeader, number: int, values: Iterable[object]) -> TableRow:
    try:
        cells = row_cells(header, [(_value(value), "") for value in values])
    except OddCell as odd:
        title = header.titles[odd.place]
        fault = UnreadableInput(
            message("Row {number}, {title}: {odd}", number=number, title=title, odd=odd.text),
            field=title,
        )
        return TableRow(number, number, fault=fault)
    return row_of(cells, number, number)


def _value(value: object) -> object:
    """Return a value as a sheet has it: of a number of NumPy its number, of NaN, NaT and NA None."""
    if hasattr(value, "item") and getattr(value, "ndim", None) == 0:
        value = value.item()
    nothing = type(value).__name__ in ("NAType", "NaTType") or (
        isinstance(value, float) and value != value
    )
    return None if nothing else value
