"""What spreadsheets open: rows as CSV, whose cells none takes for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Any


def csv_text(rows: Iterable[Iterable[Any]], *, delimiter: str = ",", line_end: str = "\r\n") -> str:
    """Return rows as CSV, their cells made safe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerows(map(safe_cell, row) for row in rows)
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value
