"""A table of projects as a whole, CSV or a workbook: its header, its rows, and where their cells stand."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from pkgutil import resolve_name
from typing import BinaryIO, Protocol

from montages.bilingual import Text, message
from montages.description import limits
from montages.description.description import Description
from montages.description.parsing.source_text import CSV, XLSX
from montages.description.places.place_index import LineStarts, Place
from montages.description.tables import columns
from montages.description.tables.csv_rows import CsvRows, csv_text
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import TableRow, column_letters, row_layers
from montages.errors import NotInstalled
from montages.guests import guests


class TableRows(Protocol):
    """The header of a table, then its rows, read as they are asked for."""

    header: TableHeader

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the rows."""
        ...


class Workbooks(Protocol):
    """What reads and writes workbooks."""

    def rows(self, file: BinaryIO, name: str, *, batch: bool = False) -> TableRows:
        """Return the rows of the sheet of projects; a `batch` reads more of them."""
        ...

    def template(self, lang: str) -> bytes:
        """Return a workbook to fill in."""
        ...

    def filled(self, rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
        """Return that workbook with projects, cells by the key of their column."""
        ...

    def write_answers(self, rows: Path, out: Path, lang: str) -> None:
        """Write a file of rows, each a line of JSON and the first the titles, as a workbook."""
        ...


def workbooks() -> Workbooks:
    """Return what reads and writes workbooks; raises NotInstalled, which says what to install."""
    for guest in guests().present:
        if guest.workbooks:
            maker: Callable[[], Workbooks] = resolve_name(guest.workbooks)
            return maker()
    absence = guests().absence
    raise NotInstalled(message("Nothing reads workbooks in .xlsx here.{absence}", absence=absence))


def workbooks_supported() -> bool:
    """Tell whether workbooks can be read and written here."""
    try:
        workbooks()
    except NotInstalled:
        return False
    return True


# What messages call a table that has no name.
_NAMES = {CSV: "CSV", XLSX: "XLSX"}


@dataclass(frozen=True)
class Table:
    """A table being read: its header, its rows as they are asked for, and where their cells stand.

    `remark` says how its text was read, where that was not plain, once the rows have been.
    """

    header: TableHeader
    rows: Iterator[TableRow]
    starts: CellStarts | None = None
    remark: Callable[[], Text | None] = field(default=lambda: None)

    def places(self, row: TableRow) -> RowPlaces:
        """Return the places of the cells of a row."""
        return RowPlaces(row, self.header, self.starts)


def read_table(source: bytes | str, syntax: str) -> Table:
    """Return the table that bytes are, in `csv` or `xlsx`.

    Raises UnreadableInput, UnusableInput for its header, TooLarge over the limits, NotInstalled for a
    workbook where the library that reads it is not there.
    """
    raw = source.encode(errors="surrogatepass") if isinstance(source, str) else source
    limits.check_size(len(raw))
    if syntax == XLSX:
        workbook = workbooks().rows(io.BytesIO(raw), _NAMES[XLSX])
        return Table(workbook.header, iter(workbook))
    rows = CsvRows(io.BytesIO(raw), _NAMES[CSV])
    return Table(
        rows.header,
        iter(rows),
        CellStarts(csv_text(raw), rows.delimiter),
        lambda: _remark(rows.foreign),
    )


def _remark(foreign: int) -> Text | None:
    if not foreign:
        return None
    return message(
        "This CSV is not in UTF-8 (line {foreign}): it is read as Windows-1252, as Excel saves "
        "it. Check the accents, or save it as “CSV UTF-8”.",
        foreign=foreign,
    )


class CellStarts:
    """Where the cells of a CSV begin in its text."""

    def __init__(self, text: str, delimiter: str) -> None:
        self._text, self._delimiter = text, delimiter

    @cached_property
    def _lines(self) -> LineStarts:
        return LineStarts(self._text)

    def at(self, line: int, number: int) -> tuple[int, int]:
        """Return the line and column of a cell of the row that begins on a line."""
        at = begun = self._lines.start(line)
        quoted = False
        while number and at < len(self._text):
            character = self._text[at]
            if character == '"':
                quoted = not quoted
            elif not quoted and character == "\n":
                break
            elif not quoted and character == self._delimiter:
                number -= 1
                begun = at + 1
            at += 1
        place = self._lines.at(begun)
        return place.line, place.column


@dataclass(frozen=True)
class RowPlaces:
    """The places of what a row says: by the pointer or the property of a finding, its cell.

    `starts` finds them in the text of a CSV; in a workbook line and column are those of the sheet.
    """

    row: TableRow
    header: TableHeader
    starts: CellStarts | None = None

    def of(self, column: columns.Column | None) -> Place:
        """Return the place of the cell of a column, of the row where the table does not have it."""
        place = self.header.place(column.key) if column is not None else None
        at = place or 0
        where = self.starts.at(self.row.line, at) if self.starts else (self.row.line, at + 1)
        field = None if place is None else self.header.titles[place]
        return Place(*where, cell=f"{column_letters(at)}{self.row.number}", field=field)

    def column_at(self, pointer: str) -> columns.Column | None:
        """Return the column whose cell gave what stands at a JSON pointer."""
        step, _, rest = pointer.removeprefix("/").partition("/")
        number = rest.partition("/")[0]
        if step == "layers" and number.isdigit():
            layers = row_layers(self.row.cells)
            return layers[int(number)][0] if int(number) < len(layers) else None
        return columns.at(pointer)

    def column_of(self, path: str) -> columns.Column | None:
        """Return the column of a property: one that the table has, before others."""
        fitting = [c for c in columns.columns() if path and str(c.property) == path]
        held = [c for c in fitting if self.header.place(c.key) is not None]
        return next(iter(held or fitting), None)


class RowDescription(Description):
    """One project of a table; `cells` are where it says what it says."""

    cells: RowPlaces

    @classmethod
    def of(cls, description: Description, cells: RowPlaces) -> RowDescription:
        """Return the description of a row, once its tree is parsed as any other."""
        row = cls(description.statements, description.project, description.places)
        row.source, row.readings = description.source, description.readings
        row.is_written, row.cells = False, cells
        return row
