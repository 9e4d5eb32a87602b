"""What a table of projects is given as: a syntax, told by file endings and media types, or a data frame."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Protocol, runtime_checkable

from montages.description.parsing.source_text import SUFFIXES

CSV, XLSX = "csv", "xlsx"
TABLE_SYNTAXES = (CSV, XLSX)
TABLE_SUFFIXES = {".csv": CSV, ".tsv": CSV, ".xlsx": XLSX}
# Every ending of a file that holds descriptions.
FILE_SUFFIXES = SUFFIXES | TABLE_SUFFIXES
TABLE_MEDIA_TYPES = {
    "text/csv": CSV,
    "text/tab-separated-values": CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
}


@runtime_checkable
class FrameRow(Protocol):
    """The row of a frame, such as `frame.iloc[0]` of pandas: its cells under their titles."""

    @property
    def index(self) -> Iterable[Hashable]:
        """Return the titles."""
        ...

    def items(self) -> Iterable[tuple[Hashable, object]]:
        """Return each title with its cell."""
        ...


@runtime_checkable
class Frame(Protocol):
    """A frame: its columns, and its rows by `itertuples` (pandas) or `iter_rows` (Polars)."""

    @property
    def columns(self) -> Iterable[Hashable]:
        """Return the titles."""
        ...
