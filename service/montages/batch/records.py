"""Records of an input, a description each as a rule, cut out but not yet parsed: a line, a row or a file."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from montages import settings
from montages.bilingual import message
from montages.description.tables.csv_rows import CsvRows, StreamLines
from montages.description.tables.read_table import TableRows, workbooks
from montages.description.tables.table_row import TableRow
from montages.errors import MontagesError, TooLarge, UnreadableInput

# The syntax of a record that is the row of a table.
ROW = "row"


@dataclass(frozen=True)
class Record:
    """What one place of an input holds: as a rule one project.

    `content` is its text, or the file to read it from; `line` is where the text begins in its file
    (0: the record is the file); `size` counts the input's bytes used up since the record before;
    `name` is what the input calls the project, None where only parsing tells. Of a table, `row` is the
    row as a spreadsheet counts it, `letters` those of each column by its key.
    """

    file: str
    line: int
    content: bytes | Path
    syntax: str
    size: int
    name: str | None = None
    fault: MontagesError | None = None
    row: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)

    def place(self, line: int | None = None) -> str:
        """Return where the record stands, `file:line`; `line` counts within the record, from 1."""
        if not self.line:
            return f"{self.file}:{line}" if line else self.file
        return f"{self.file}:{self.line + (line or 1) - 1}"

    def load(self) -> Record:
        """Return the record with its text, ready to travel; a file that cannot be read is a fault."""
        if not isinstance(self.content, Path):
            return self
        if self.fault is not None:
            return replace(self, content=b"")
        try:
            return replace(self, content=self.content.read_bytes())
        except OSError as error:
            fault = UnreadableInput(
                message("{file} cannot be read: {reason}.", file=self.file, reason=error.strerror)
            )
            return replace(self, content=b"", fault=fault)


# Read at once, when a file is read by lines.
BUFFER = 1 << 15


@dataclass(frozen=True)
class Stream:
    """An input open for reading, and what messages call it."""

    name: str
    file: BinaryIO


def too_large() -> TooLarge:
    """Return the error of a record over the size limit."""
    limit = settings.get("max_bytes")
    return TooLarge(
        message(
            "Description too large: over {limit} bytes (setting MONTAGES_MAX_BYTES).", limit=limit
        )
    )


def read_json_lines(stream: Stream) -> Iterator[Record]:
    """Yield a record a line: a description by our keys or as JSON-LD; blank lines are skipped."""
    most, size = settings.number("max_bytes"), 0
    for number, line, weight in StreamLines(stream.file.readline):
        size += weight
        if not line.strip():
            continue
        text = line.rstrip()
        over = len(text) > most
        yield Record(
            file=stream.name,
            line=number,
            content=b"" if over else text,
            syntax="json",
            size=size,
            fault=too_large() if over else None,
        )
        size = 0


def whole_file(path: Path, syntax: str) -> Record:
    """Return the record of a file that is one description, or a few together; it is not opened yet."""
    size = path.stat().st_size
    over = size > settings.number("max_bytes")
    return Record(str(path), 0, path, syntax, size, fault=too_large() if over else None)


def read_whole(stream: Stream, syntax: str) -> Iterator[Record]:
    """Yield the one record of a stream, such as standard input."""
    most = settings.number("max_bytes")
    text = stream.file.read(most + 1)
    fault = too_large() if len(text) > most else None
    yield Record(stream.name, 0, b"" if fault else text, syntax, len(text), fault=fault)


def csv_rows(stream: Stream) -> TableRows:
    """Return the header of a file in CSV, then its rows; raises as `CsvRows`."""
    return CsvRows(stream.file, stream.name)


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
