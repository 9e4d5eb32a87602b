"""Workbooks in .xlsx, which a guest reads and writes: what the core asks of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from pkgutil import resolve_name
from typing import BinaryIO, Protocol

from montages.bilingual import message
from montages.description.tables.table_header import TableHeader
from montages.description.tables.table_row import TableRow
from montages.errors import NotInstalled
from montages.guests import guests


class TableRows(Protocol):
    """The header of a table, then its rows, read as they are asked for."""

    header: TableHeader

    def __iter__(self) -> Iterator[TableRow]:
        """Yield the rows."""
        ...


class Workbooks(Protocol):
    """What reads and writes workbooks."""

    def rows(self, file: BinaryIO, name: str, *, batch: bool = False) -> TableRows:
        """Return the rows of the sheet of projects; a `batch` reads more of them."""
        ...

    def template(self, lang: str) -> bytes:
        """Return a workbook to fill in."""
        ...

    def filled(self, rows: Sequence[Mapping[str, str]], lang: str) -> bytes:
        """Return that workbook with projects, cells by the key of their column."""
        ...

    def write_answers(self, rows: Path, out: Path, lang: str) -> None:
        """Write a file of rows, each a line of JSON and the first the titles, as a workbook."""
        ...


def workbooks() -> Workbooks:
    """Return what reads and writes workbooks; raises NotInstalled, which says what to install."""
    for guest in guests().present:
        if guest.workbooks:
            maker: Callable[[], Workbooks] = resolve_name(guest.workbooks)
            return maker()
    absence = guests().absence
    raise NotInstalled(message("Nothing reads workbooks in .xlsx here.{absence}", absence=absence))


def workbooks_supported() -> bool:
    """Tell whether workbooks can be read and written here."""
    try:
        workbooks()
    except NotInstalled:
        return False
    return True
