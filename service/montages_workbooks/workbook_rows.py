"""A workbook in .xlsx cut into rows: those of its sheet of projects, under its first row of titles."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from montages import settings
from montages.bilingual import message
from montages.description.tables.sheet_cell import OddCell, row_cells
from montages.description.tables.table_header import TableHeader, read_header
from montages.description.tables.table_row import TableRow, column_letters, row_fault, row_of
from montages.errors import MontagesError, UnusableInput
from montages_workbooks.workbook_package import (
    DAMAGED,
    WorkbookLimits,
    check_package,
    too_many_rows,
    unreadable,
)

# The sheet of this name is read; where there is none, the first that shows.
SHEET = message("Projects")
# Columns looked at: those of the titles, and some after them where a cell may have strayed.
_MOST_TITLES, _STRAY = 1001, 20
# Rows and cells that a request or a command reads of a workbook, and how many times as much a batch does.
_MOST_ROWS, _TIMES_IN_BATCH = 100_000, 50
# The last row that a spreadsheet has.
_LAST_ROW = 1_048_576


def workbook_limits(batch: bool = False) -> WorkbookLimits:
    """Return how much is read of a workbook: at once, or row after row by a batch."""
    times = _TIMES_IN_BATCH if batch else 1
    return WorkbookLimits(min(_MOST_ROWS * times, _LAST_ROW), settings.number("max_cells") * times)


class WorkbookRows:
    """The header of a workbook's sheet of projects, then its rows, read as they are asked for.

    Raises UnreadableInput for what is no workbook or has no titles, UnusableInput for merged cells and as
    `read_header`, TooLarge over the limits, NotInstalled without the openpyxl.
    """

    def __init__(self, file: BinaryIO, name: str, limits: WorkbookLimits) -> None:
        import openpyxl

        self._limits = limits
        merged = check_package(file, limits)
        file.seek(0, 2)
        self._size = file.tell()
        file.seek(0)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of features that nobody reads here
                self._book = openpyxl.load_workbook(file, read_only=True, keep_links=False)
                self._sheet = _sheet_of_projects(self._book)
                first = next(self._rows(_MOST_TITLES), (1, ()))[1]
        except (MontagesError, MemoryError):
            raise
        except Exception as error:
            raise unreadable(DAMAGED) from error
        _check_merged(name, self._sheet.title, merged.get(self._sheet._worksheet_path, []))
        titles = [_title(name, cell, n) for n, cell in enumerate(first)]
        if not any(titles):
            raise unreadable(
                message(
                    "{file}, sheet “{sheet}”: the first row must be that of the titles of columns. "
                    "“montages new projects.xlsx” gives a template.",
                    file=name,
                    sheet=self._sheet.title,
                )
            )
        self.header: TableHeader = read_header(name, titles)

    def __iter__(self) -> Iterator[TableRow]:
        rows, size = self._rows(len(self.header.keys) + _STRAY), self._size
        while True:
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    number, cells = next(rows, (0, ()))
            except (MontagesError, MemoryError):
                raise
            except Exception as error:
                raise unreadable(DAMAGED) from error
            if not number:
                return
            if number == 1:
                continue
            row = self._row(number, cells, size)
            if row is not None:
                yield row
                size = 0

    def _rows(self, columns: int) -> Iterator[tuple[int, Sequence[Any]]]:
        """Yield the rows that are not empty, each with its number."""
        self._sheet.reset_dimensions()  # what a sheet says of its size need not be true
        rows = self._sheet.iter_rows(max_col=columns, max_row=self._limits.rows + 1)
        for number, cells in enumerate(rows, 1):
            if (
                number > self._limits.rows
            ):  # rows that are left out count, up to the number of the next
                raise too_many_rows(self._limits)
            if any(cell.value is not None for cell in cells):
                yield number, cells

    def _row(self, number: int, cells: Sequence[Any], size: int) -> TableRow | None:
        """Return the row that cells make, or what is wrong with them; None where all are blank."""
        try:
            values = row_cells(self.header, [(cell.value, cell.data_type) for cell in cells])
        except OddCell as odd:
            at = f"{column_letters(odd.place)}{number}"
            text = message("{at}: {odd}", at=at, odd=odd.text)
            fault = row_fault(text, number, number, odd.place)
            return TableRow(number, number, size=size, fault=fault)
        return row_of(values, number, number, size) if values else None


def _sheet_of_projects(book: Any) -> Any:
    """Return the sheet that is read; raises UnusableInput where none shows."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    named = [
        s
        for s in sheets
        if s.title.strip().casefold() in (SHEET.fr.casefold(), SHEET.en.casefold())
    ]
    if not sheets:
        raise UnusableInput(message("This workbook has no sheet that shows."))
    return (named or sheets)[0]


def _check_merged(file: str, sheet: str, merged: Sequence[str]) -> None:
    """Raise UnusableInput for merged cells: which of them holds the value is nowhere said."""
    if merged:
        listed = ", ".join(merged[:5]) + (", …" if len(merged) > 5 else "")
        raise UnusableInput(
            message(
                "{file}, sheet “{sheet}”: merged cells ({listed}). Unmerge them, and repeat "
                "the value in each row.",
                file=file,
                sheet=sheet,
                listed=listed,
            ),
            cell=merged[0].partition(":")[0],
        )


def _title(file: str, cell: Any, place: int) -> str:
    if cell.data_type == "f":
        at = f"{column_letters(place)}1"
        raise UnusableInput(
            message("{file}, {at}: the title of a column cannot be a formula.", file=file, at=at),
            cell=at,
        )
    return "" if cell.value is None else str(cell.value)
