"""A data frame cut into rows, of pandas, of Polars or like them: their cells are read as those of a sheet."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from montages.bilingual import message
from montages.description.parsing.source_text import Frame, FrameRow
from montages.description.tables.sheet_cell import OddCell, row_cells
from montages.description.tables.table_header import TableHeader, read_header
from montages.description.tables.table_row import TableRow, row_of, row_tree
from montages.errors import UnreadableInput, UnusableInput

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
