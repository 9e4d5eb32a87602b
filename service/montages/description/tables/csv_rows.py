"""A CSV cut into rows as its lines come: by ; , or tabulation, in UTF-8 or as Excel saves it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from montages import settings
from montages.bilingual import message
from montages.description.tables.table_header import TableHeader, read_header
from montages.description.tables.table_row import TableRow, column_letters, row_fault, row_of
from montages.errors import TooLarge, UnreadableInput

DELIMITERS = (";", ",", "\t")
# What Excel writes in front to say its delimiter, and is no row.
_SEPARATOR_LINE = "sep="
# A header longer than this names more columns than there are.
_LONGEST_HEADER = 20_000
# What a spreadsheet takes for the beginning of a formula, before which an apostrophe says that it is none.
_FORMULA = ("'=", "'+", "'-", "'@", "'\t", "'\r")

# How a text in UTF-16 begins, which Excel saves as « Texte Unicode ».
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def csv_text(raw: bytes) -> str:
    """Return the text of a CSV as its lines are read, each in its encoding."""
    if raw.startswith(_UTF16):
        return raw.decode("utf-16", "replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "surrogateescape")


class StreamLines:
    """Number from 1, text and weight in bytes of each line; a byte-order mark is dropped.

    `readline` gives a line, or as much of it as asked for. One over the size limit is cut just above it, so
    that it cannot fill the memory.
    """

    def __init__(self, readline: Callable[[int], bytes]) -> None:
        self._readline, self._number, self._most = readline, 0, settings.number("max_bytes")

    def __iter__(self) -> Iterator[tuple[int, bytes, int]]:
        return self

    def __next__(self) -> tuple[int, bytes, int]:
        line = self._readline(self._most + 2)
        if not line:
            raise StopIteration
        self._number += 1
        size = len(line)
        while not line.endswith(b"\n") and (rest := self._readline(1 << 20)):
            size += len(rest)
            if rest.endswith(b"\n"):
                break
        if self._number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        return self._number, line, size


class _TextLines:
    """The lines of a file as text for the csv module, with a count of their bytes.

    A file that begins with the mark of UTF-16 is read so; of others, a line that is no UTF-8 is read as
    Windows-1252, in which Excel saves a plain « CSV ».
    """

    def __init__(self, file: BinaryIO) -> None:
        seen = file
        if not isinstance(seen, io.BufferedReader):  # bytes in memory cannot be peeked at
            seen = io.BufferedReader(file)  # type: ignore[type-var]  # any readable file will do
        self._wide = seen.peek(2)[:2] in _UTF16
        readline: Callable[[int], bytes] = seen.readline
        if self._wide:
            text = io.TextIOWrapper(seen, "utf-16", "replace", newline="\n")

            def readline(most: int) -> bytes:
                return text.readline(most).encode()

        self._lines = StreamLines(readline)
        self.size, self.number, self.foreign = 0, 0, 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        self.number, line, size = next(self._lines)
        try:
            text = line.decode()
        except UnicodeDecodeError:
            self.foreign = self.foreign or self.number
            text = line.decode("cp1252", "surrogateescape")
        self.size += max(size, 2 * len(text)) if self._wide else size
        return text


class CsvRows:
    """The header of a CSV, then its rows, read as they are asked for.

    `foreign` is the first line so far that was no UTF-8, 0 for none.
    Raises UnreadableInput for a header that is empty or no text, and as `read_header`; TooLarge for one that
    is too long.
    """

    def __init__(self, content: BinaryIO, file: str) -> None:
        self._lines = _TextLines(content)
        first = next(self._lines, "")
        if first.casefold().startswith(_SEPARATOR_LINE):
            first = next(self._lines, "")
        if not first.strip() or "\x00" in first or _undecoded(first):
            raise UnreadableInput(
                message(
                    "{file}: the first line must be that of the columns, in UTF-8 (in a "
                    "spreadsheet: “CSV UTF-8”).",
                    file=file,
                )
            )
        if len(first) > _LONGEST_HEADER:
            raise TooLarge(message("This table has too many columns."))
        self.delimiter = max(DELIMITERS, key=first.count)
        titles = next(csv.reader([first], delimiter=self.delimiter))
        self.header = read_header(file, titles)

    @property
    def foreign(self) -> int:
        """Return the first line that was no UTF-8, 0 for none so far."""
        return self._lines.foreign

    def __iter__(self) -> Iterator[TableRow]:
        rows = csv.reader(self._lines, delimiter=self.delimiter, strict=True)
        number, end = 1, self._lines.number
        while True:
            broken = ""
            try:
                cells = next(rows, None)
            except csv.Error as error:
                cells, broken = [], str(error)
            if cells is None:
                return
            number, line, end = number + 1, end + 1, self._lines.number
            if not broken and not any(cell.strip() for cell in cells):
                continue
            size, self._lines.size = self._lines.size, 0
            if broken:
                yield TableRow(number, line, size=size, fault=_misfit(number, end, broken))
            else:
                yield _row(self.header, cells, number, line, size)


def _row(header: TableHeader, cells: Sequence[str], number: int, line: int, size: int) -> TableRow:
    """Return the row that cells make, or what is wrong with them before they are understood."""
    try:
        return row_of(_values(header, cells, number, line), number, line, size, "Line")
    except UnreadableInput as fault:
        return TableRow(number, line, size=size, fault=fault)


def _values(header: TableHeader, cells: Sequence[str], number: int, line: int) -> dict[str, str]:
    """Return the cells that are not empty by the key of their column; raises UnreadableInput."""
    keys, values = header.keys, dict[str, str]()
    longest = settings.number("max_literal")
    for place, cell in enumerate(cells):
        text = cell.strip()
        if not text:
            continue
        if _undecoded(text):
            undecoded = message(
                "Line {line}, cell {letters}{number}: characters that cannot be read. Save as "
                "“CSV UTF-8”.",
                line=line,
                letters=column_letters(place),
                number=number,
            )
            raise row_fault(undecoded, number, line, place)
        key = keys[place] if place < len(keys) else None
        if key is None:
            raise _misfit(number, line, f"{len(cells)} > {len(keys)}", place)
        if len(text) > longest:
            raise _too_long(number, line, place, longest)
        values[key] = text[1:] if text.startswith(_FORMULA) else text
    return values


def _undecoded(text: str) -> bool:
    return not text.isascii() and any("\udc80" <= s <= "\udcff" or s == "\ufffd" for s in text)


def _misfit(number: int, line: int, detail: str, place: int | None = None) -> UnreadableInput:
    cell = "" if place is None else f", {column_letters(place)}{number}"
    return row_fault(
        message(
            "Line {line}{cell}: cells and columns do not match ({detail}). Check the delimiter "
            "and the quotes.",
            line=line,
            cell=cell,
            detail=detail,
        ),
        number,
        line,
        place,
    )


def _too_long(number: int, line: int, place: int, longest: int) -> UnreadableInput:
    cell = f"{column_letters(place)}{number}"
    return row_fault(
        message(
            "Line {line}, {cell}: cell too long, over {longest} characters (setting "
            "MONTAGES_MAX_LITERAL).",
            line=line,
            cell=cell,
            longest=longest,
        ),
        number,
        line,
        place,
    )
