"""A workbook in .xlsx: one project a row of its sheet of projects."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from montages import settings
from montages.batch.readers.row_record import row_record
from montages.batch.readers.stream import Stream, too_large
from montages.batch.record import Record
from montages.description.tables.table_header import TableHeader
from montages.description.tables.workbook_rows import WorkbookRows, workbook_limits


def header(stream: Stream) -> TableHeader:
    """Return the header of a workbook; raises as `WorkbookRows`."""
    return WorkbookRows(_seekable(stream), stream.name, workbook_limits(batch=True)).header


def read(stream: Stream) -> Iterator[Record]:
    """Yield a record a row: the cells that are not empty, by key of their column."""
    rows = WorkbookRows(_seekable(stream), stream.name, workbook_limits(batch=True))
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
        raise too_large().error()
    return io.BytesIO(content)
