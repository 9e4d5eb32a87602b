"""CSV: one project a row, under a header that names the columns."""

from __future__ import annotations

from collections.abc import Iterator

from montages.batch.readers.row_record import row_record
from montages.batch.readers.stream import Stream, StreamLines
from montages.batch.record import Record
from montages.description.tables.csv_rows import CsvRows
from montages.description.tables.table_header import TableHeader


def header(stream: Stream) -> TableHeader:
    """Return the header of a file; raises as `CsvRows`."""
    return CsvRows(stream.file, stream.name, StreamLines).header


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a row: the cells that are not empty, by key of their column."""
    rows = CsvRows(stream.file, stream.name, StreamLines)
    letters = rows.header.letters()
    for row in rows:
        yield row_record(stream.name, row, letters)
