"""What the core asks of workbooks: their rows, a template, answers; and the library that opens them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO

from montages.bilingual import message
from montages.description.tables.read_table import TableRows
from montages.errors import NotInstalled, install_command

_TO_INSTALL = message(
    "Workbooks in .xlsx need a library that is not installed here: {install}. CSV is read "
    "without it."
)


class OpenpyxlWorkbooks:
    """Workbooks, read and written by openpyxl; raises NotInstalled without it."""

    def __init__(self) -> None:
        if find_spec("openpyxl") is None:
            install = install_command("spreadsheets")
            raise NotInstalled(_TO_INSTALL.fill(install=install), install=install)

    def rows(self, file: BinaryIO, name: str, *, batch: bool = False) -> TableRows:
        """Return the header and the rows of a workbook; raises as `WorkbookRows`."""
        from montages_workbooks.workbook_rows import WorkbookRows, workbook_limits

        return WorkbookRows(file, name, workbook_limits(batch))

    def template(self, lang: str) -> bytes:
        """Return a workbook to fill in."""
        from montages_workbooks.workbook_template import workbook_template

        return workbook_template(lang)

    def filled(self, rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
        """Return that workbook with projects, cells by the key of their column."""
        from montages_workbooks.workbook_template import filled_workbook

        return filled_workbook(rows, lang)

    def write_answers(self, rows: Path, out: Path, lang: str) -> None:
        """Write a file of rows, each a line of JSON and the first the titles, as a workbook."""
        from montages_workbooks.answer_workbook import write_answer_workbook

        write_answer_workbook(rows, out, lang)
