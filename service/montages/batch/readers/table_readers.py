"""Tables, in CSV or a workbook: one project a row, under a header that names the columns."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from montages import settings
from montages.batch.readers.streams import Stream, StreamLines, too_large
from montages.batch.record import ROW, Record
from montages.description.tables.csv_rows import CsvRows
from montages.description.tables.table_row import TableRow
from montages.description.tables.workbooks import TableRows, workbooks


def csv_rows(stream: Stream) -> TableRows:
    """Return the header of a file in CSV, then its rows; raises as `CsvRows`."""
    return CsvRows(stream.file, stream.name, StreamLines)


def workbook_rows(stream: Stream) -> TableRows:
    """Return the header of a workbook, then its rows; raises as `workbooks`."""
    return workbooks().rows(_seekable(stream), stream.name, batch=True)


def read_table(rows_of: Callable[[Stream], TableRows], stream: Stream) -> Iterator[Record]:
    """Yield a record a row: the cells that are not empty, by key of their column."""
    rows = rows_of(stream)
    letters = rows.header.letters()
    for row in rows:
        yield row_record(stream.name, row, letters)


def _seekable(stream: Stream) -> BinaryIO:
    """Return the file itself, or what standard input sends, which a workbook is not read from otherwise.

    Raises TooLarge for more than a workbook may unpack to.
    """
    if stream.file.seekable():
        return stream.file
    most = settings.number("max_unpacked")
    content = stream.file.read(most + 1)
    if len(content) > most:
        raise too_large()
    return io.BytesIO(content)


def row_record(file: str, row: TableRow, letters: Mapping[str, str]) -> Record:
    """Return the record of a row: its cells as JSON; `letters` are those of each column by its key."""
    content = b"" if row.fault else json.dumps(row.cells, ensure_ascii=False).encode()
    name = None if row.fault else row.name
    return Record(file, row.line, content, ROW, row.size, name, row.fault, row.number, letters)
