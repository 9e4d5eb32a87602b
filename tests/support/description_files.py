"""The description in a file, by the reference parser; the ending of the file tells its syntax."""

from __future__ import annotations

from pathlib import Path

from montages.description.description import Description
from montages.description.parsing.parse import parse
from montages.description.parsing.source_text import read_file


def parse_file(path: str | Path, project: str | None = None) -> Description:
    return parse(*read_file(path), project)
