"""The syntaxes of a table of projects: their names, and the file endings and media types that tell them."""

from __future__ import annotations

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
