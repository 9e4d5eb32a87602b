"""A table of projects as a whole: CSV or a workbook comes in, its header and rows go out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from montages.bilingual import Text
from montages.description import limits
from montages.description.tables.csv_rows import CsvRows, csv_text
from montages.description.tables.row_places import CellStarts, RowPlaces
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import TableRow
from montages.description.tables.table_syntaxes import CSV, XLSX

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
        from montages.description.tables.workbook_rows import (  # needs a library
            WorkbookRows,
            workbook_limits,
        )

        workbook = WorkbookRows(io.BytesIO(raw), _NAMES[XLSX], workbook_limits())
        return Table(workbook.header, iter(workbook))
    rows = CsvRows(io.BytesIO(raw), _NAMES[CSV], _lines)
    return Table(rows.header, iter(rows), CellStarts(csv_text(raw)), lambda: _remark(rows.foreign))


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes, int]]:
    for number, line in enumerate(file, 1):
        size = len(line)
        yield number, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, size


def _remark(foreign: int) -> Text | None:
    if not foreign:
        return None
    return Text(
        f"Ce CSV n'est pas en UTF-8 (ligne {foreign}) : il est lu en Windows-1252, comme Excel l'enregistre. "
        "Vérifiez les accents, ou enregistrez en « CSV UTF-8 ».",
        f"This CSV is not in UTF-8 (line {foreign}): it is read as Windows-1252, as Excel saves it. Check "
        "the "
        "accents, or save it as “CSV UTF-8”.",
    )
