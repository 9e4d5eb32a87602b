"""The answers of a batch as a workbook, made of rows that wait in a file: memory does not grow with them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any

import orjson

from montages.bilingual import message
from montages.publish.spreadsheets import safe_cell
from montages_workbooks.stable_archive import write_stable_archive

# What a sheet holds at most, and a cell: more rows go on in a further sheet.
MOST_ROWS, _LONGEST = 1_048_576, 32_767
_SHEET = message("Answers")
_WIDTH = 24


def write_answer_workbook(rows: Path, out: Path, lang: str) -> None:
    """Write a file of rows, each a line of JSON and the first the titles, as a workbook of text and numbers.

    The workbook takes its name once it is whole. Raises NotInstalled without the openpyxl.
    """
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    beside = out.with_name(f"{out.name}.new")
    with rows.open("rb") as file:
        titles = orjson.loads(next(file))
        sheet: Any = None
        left = number = 0
        for line in file:
            if not left:
                number, left = number + 1, MOST_ROWS - 1
                sheet = _sheet(
                    book, titles, _SHEET[lang] if number == 1 else f"{_SHEET[lang]} {number}"
                )
            sheet.append(_cells(sheet, orjson.loads(line)))
            left -= 1
        if sheet is None:
            _sheet(book, titles, _SHEET[lang])
    with TemporaryFile(dir=out.parent) as dated, beside.open("wb") as whole:
        book.save(dated)
        dated.seek(0)
        write_stable_archive(dated, whole)
    beside.replace(out)


def _sheet(book: Any, titles: Sequence[str], name: str) -> Any:
    """Return a further sheet with its titles, which stay in sight and filter the rows."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for place in range(1, len(titles) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = _WIDTH
    cells = [WriteOnlyCell(sheet, title) for title in titles]
    for cell in cells:
        cell.font = Font(bold=True)
    sheet.append(cells)
    return sheet


def _cells(sheet: Any, row: Sequence[Any]) -> list[Any]:
    """Return the cells of a row: numbers as they are, texts as texts, whatever they begin with."""
    return [_text(sheet, value) if isinstance(value, str) else value for value in row]


def _text(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    text = ILLEGAL_CHARACTERS_RE.sub(" ", text)
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    if safe_cell(text) is text:
        return text or None
    cell = WriteOnlyCell(sheet, text)
    # Said to be text, now and when somebody edits it.
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
