"""What a description is given as: a path, a text with its syntax, a table, a tree of our keys, or itself."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from montages.description.description import Description
from montages.description.parsing.source_text import read_file
from montages.description.tables.table_syntaxes import (
    FILE_SUFFIXES,
    TABLE_SUFFIXES,
    TABLE_SYNTAXES,
)

# A description, a path, a text with its syntax, or a tree of our keys.
Source = Description | str | bytes | Path | Mapping[str, Any]


def table_of(source: Source, syntax: str | None) -> tuple[bytes | str, str] | None:
    """Return the bytes and the syntax of a source that is a table, None for any other."""
    if isinstance(source, (Mapping, Description)):
        return None
    if syntax is not None and not isinstance(source, Path):
        return (source, syntax) if syntax in TABLE_SYNTAXES else None
    path = Path(os.fsdecode(source))
    return read_file(path, FILE_SUFFIXES) if path.suffix.lower() in TABLE_SUFFIXES else None
