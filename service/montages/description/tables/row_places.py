"""Where the cells of a row stand: the cell of what a finding is about, and its place in the text of a CSV."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from montages.description.places.place_index import Place
from montages.description.tables import columns
from montages.description.tables.csv_rows import delimiter_of
from montages.description.tables.row import layers_of
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import TableRow, column_letters


class CellStarts:
    """Where the cells of a CSV begin in its text."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [0], self._text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self._text.find("\n", at + 1)
        return starts

    @cached_property
    def _delimiter(self) -> str:
        first, _, rest = self._text.partition("\n")
        return delimiter_of(
            rest.partition("\n")[0] if first.casefold().startswith("sep=") else first
        )

    def at(self, line: int, number: int) -> tuple[int, int]:
        """Return the line and column of a cell of the row that begins on a line."""
        begun, quoted = self._starts[line - 1], False
        at = begun
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
        before = self._text.count("\n", self._starts[line - 1], begun)
        return line + before, begun - self._starts[line - 1 + before] + 1


@dataclass(frozen=True)
class RowPlaces:
    """The places of what a row says: by the pointer or the property of a finding, its cell.

    `starts` finds them in the text of a CSV; in a workbook line and column are those of the sheet.
    """

    row: TableRow
    header: TableHeader
    starts: CellStarts | None = None

    def of(self, column: columns.Column | None, pointer: str | None = None) -> Place:
        """Return the place of the cell of a column, of the row where the table does not have it."""
        place = self.header.place(column.key) if column is not None else None
        at = place or 0
        where = self.starts.at(self.row.line, at) if self.starts else (self.row.line, at + 1)
        field = None if place is None else self.header.titles[place]
        return Place(*where, pointer, f"{column_letters(at)}{self.row.number}", field)

    def column_at(self, pointer: str) -> columns.Column | None:
        """Return the column whose cell gave what stands at a JSON pointer."""
        step, _, rest = pointer.removeprefix("/").partition("/")
        number = rest.partition("/")[0]
        if step == "layers" and number.isdigit():
            layers = layers_of(self.row.cells)
            return layers[int(number)][0] if int(number) < len(layers) else None
        return columns.at(pointer)

    def column_of(self, path: str) -> columns.Column | None:
        """Return the column of a property: one that the table has, before others."""
        fitting = [c for c in columns.columns() if path and str(c.property) == path]
        held = [c for c in fitting if self.header.place(c.key) is not None]
        return next(iter(held or fitting), None)
