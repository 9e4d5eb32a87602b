"""A workbook before anything opens it: what it unpacks to, what its parts declare.

A workbook is an archive of XML parts. What grows when it is unpacked, declares entities, carries macros or is
another kind of file is refused here, so that the library behind meets nothing of the sort.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO

from montages import settings
from montages.bilingual import Text, message
from montages.errors import TooLarge, UnreadableInput

# A workbook of ours has a dozen parts; one with many sheets and pictures some hundreds.
_MOST_PARTS = 1000
# Tags in a part that is no sheet: some 100,000 texts. A tag with all that it says of itself is no longer.
_MOST_TAGS, _LONGEST_TAG = 400_000, 20_000
# Tags in one row, which is held whole: 16,384 columns, each with its value.
_MOST_TAGS_IN_ROW = 100_000
# Merged cells that are told by name.
_MOST_MERGED = 1000
# Formats of cells and names of ranges, of which spreadsheets copy along those that nothing uses any more.
_MOST_DECLARED = 20_000
_DECLARED = re.compile(rb"<(?:[\w.-]+:)?(?:xf|definedName)[\s/>]")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SHEETS = "xl/worksheets/"
_ROW = re.compile(rb"<(?:[\w.-]+:)?row[\s/>]")
_CELL = re.compile(rb"<(?:[\w.-]+:)?c[\s/>]")
_LONG_TAG = re.compile(rb"<[^<>]{%d}" % _LONGEST_TAG)
_MERGED = re.compile(rb"<(?:[\w.-]+:)?mergeCell\s[^<>]*?ref=[\"']([A-Z0-9:]{1,30})[\"']")
_ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
# What the beginning of a file says that it is, where it is no workbook in .xlsx.
_OLD = b"\xd0\xcf\x11\xe0"

_NO_PACKAGE = message(
    "This is no .xlsx workbook: save it in that format in the spreadsheet, or as CSV UTF-8."
)
_LOCKED = message(
    "This workbook is protected by a password, or in the old .xls format: save it as .xlsx, "
    "without a password."
)
_OPEN_DOCUMENT = message(
    "This workbook is in OpenDocument format (.ods): save it as .xlsx, or as CSV UTF-8."
)
_MACROS = message("This workbook has macros: save it as .xlsx, without macros.")
DAMAGED = message(
    "This workbook is damaged, or written in an unknown way: open it in a spreadsheet and save "
    "it again as .xlsx, or as CSV UTF-8."
)
_DECLARES = message(
    "This workbook declares a DOCTYPE or entities, which no spreadsheet does: it is refused."
)


def unreadable(text: Text) -> UnreadableInput:
    """Return the error that says so."""
    return UnreadableInput(text)


@dataclass(frozen=True)
class WorkbookLimits:
    """How many rows and cells of a sheet are read."""

    rows: int
    cells: int


def check_package(file: BinaryIO, limits: WorkbookLimits) -> Mapping[str, list[str]]:
    """Return the merged cells of each sheet of a workbook, by the name of its part, once it is fit to open.

    Raises UnreadableInput for what is no workbook, TooLarge for more than the setting `max_unpacked`
    bytes once unpacked, or more rows or cells than the limits.
    """
    head = file.read(4)
    file.seek(0)
    if head == _OLD:
        raise unreadable(_LOCKED)
    if head != b"PK\x03\x04":
        raise unreadable(_NO_PACKAGE)
    try:
        with zipfile.ZipFile(file) as archive:
            _check_parts(archive.infolist())
            return _look_at_parts(archive, limits)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise unreadable(DAMAGED) from error
    except (ValueError, KeyError) as error:  # a time or a name that is none
        raise unreadable(DAMAGED) from error
    finally:
        file.seek(0)


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Raise for what the list of parts already says."""
    if len(parts) > _MOST_PARTS:
        raise TooLarge(
            message(
                "This workbook has too many parts: {count}, at most {most}.",
                count=len(parts),
                most=_MOST_PARTS,
            ),
            limit=_MOST_PARTS,
        )
    names = [part.filename for part in parts]
    if "mimetype" in names and "[Content_Types].xml" not in names:
        raise unreadable(_OPEN_DOCUMENT)
    if "[Content_Types].xml" not in names:
        raise unreadable(_NO_PACKAGE)
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise unreadable(_MACROS)
    odd = any(part.flag_bits & 1 or part.compress_type not in _METHODS for part in parts)
    if len(set(names)) < len(names) or odd:
        raise unreadable(DAMAGED)
    limit = settings.number("max_unpacked")
    # Python's archive gives no more bytes of a part than its entry declares.
    size = sum(part.file_size for part in parts)
    if size > limit:
        raise TooLarge(
            message(
                "This workbook is too large once unpacked: {size} bytes, at most {limit} "
                "(setting MONTAGES_MAX_UNPACKED).",
                size=size,
                limit=limit,
            ),
            limit=limit,
            setting="max_unpacked",
        )


def _look_at_parts(archive: zipfile.ZipFile, limits: WorkbookLimits) -> Mapping[str, list[str]]:
    merged = {}
    for part in archive.infolist():
        if not part.filename.casefold().endswith((".xml", ".rels", ".vml")):
            continue
        text = archive.read(part)
        _check_declarations(text)
        if part.filename.startswith(_SHEETS):
            _check_rows(text, limits)
            refs = _MERGED.findall(text, 0)[:_MOST_MERGED]
            merged[part.filename] = [ref.decode() for ref in refs]
        elif text.count(b"<") > _MOST_TAGS:
            raise too_many_cells(limits)
        elif len(_DECLARED.findall(text)) > _MOST_DECLARED:
            raise _too_many_declared()
    return merged


def _check_declarations(text: bytes) -> None:
    """Raise for a part that is no plain XML in UTF-8: what would be declared in it could not be seen."""
    encoding = _ENCODING.match(text.removeprefix(b"\xef\xbb\xbf").lstrip())
    named = encoding[1].decode("ascii", "replace").casefold() if encoding else "utf-8"
    if named not in ("utf-8", "utf8", "us-ascii", "ascii") or b"\x00" in text:
        raise unreadable(DAMAGED)
    if _DECLARATIONS.search(text):
        raise unreadable(_DECLARES)
    if _LONG_TAG.search(text):
        raise unreadable(DAMAGED)


def _check_rows(text: bytes, limits: WorkbookLimits) -> None:
    """Raise for a sheet with more rows or cells than are read, or a row that would fill the memory."""
    rows, begun = 0, 0
    for row in _ROW.finditer(text):
        rows += 1
        _check_row(text, begun, row.start(), limits)
        begun = row.start()
    _check_row(text, begun, len(text), limits)
    if rows > limits.rows:
        raise too_many_rows(limits)
    if text.count(b"<") > limits.cells and sum(1 for _ in _CELL.finditer(text)) > limits.cells:
        raise too_many_cells(limits)


def _check_row(text: bytes, begun: int, end: int, limits: WorkbookLimits) -> None:
    if end - begun > _MOST_TAGS_IN_ROW and text.count(b"<", begun, end) > _MOST_TAGS_IN_ROW:
        raise too_many_cells(limits)


def _too_many_declared() -> TooLarge:
    """Return the error for a workbook with more formats of cells, or names of ranges, than are read."""
    return TooLarge(
        message(
            "This workbook has over {most} formats of cells or names of ranges: copy its cells "
            "into a new workbook, or save it as CSV UTF-8.",
            most=_MOST_DECLARED,
        ),
        limit=_MOST_DECLARED,
    )


def too_many_rows(limits: WorkbookLimits) -> TooLarge:
    """Return the error for a sheet with more rows than are read, empty ones among them."""
    return TooLarge(
        message(
            "This workbook has over {rows} rows, empty ones perhaps: delete those after the "
            "last that is filled in, or save it as CSV UTF-8.",
            rows=limits.rows,
        ),
        limit=limits.rows,
    )


def too_many_cells(limits: WorkbookLimits) -> TooLarge:
    """Return the error for a workbook with more cells than are read."""
    return TooLarge(
        message(
            "This workbook has too many cells, over {cells} (setting MONTAGES_MAX_CELLS): "
            "divide it, save it as CSV UTF-8, or use “montages batch”.",
            cells=limits.cells,
        ),
        limit=limits.cells,
        setting="max_cells",
    )
