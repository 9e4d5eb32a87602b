"""A record of the input: the text of one description as a rule, cut out but not yet parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from montages.bilingual import message
from montages.errors import MontagesError, UnreadableInput

# The syntax of a record that is the row of a table.
ROW = "row"


@dataclass(frozen=True)
class Record:
    """What one place of an input holds: as a rule one project.

    `content` is its text, or the file to read it from; `line` is where the text begins in its file
    (0: the record is the file); `size` counts the input's bytes used up since the record before;
    `name` is what the input calls the project, None where only parsing tells. Of a table, `row` is the
    row as a spreadsheet counts it, `letters` those of each column by its key.
    """

    file: str
    line: int
    content: bytes | Path
    syntax: str
    size: int
    name: str | None = None
    fault: MontagesError | None = None
    row: int = 0
    letters: Mapping[str, str] = field(default_factory=dict)

    def place(self, line: int | None = None) -> str:
        """Return where the record stands, `file:line`; `line` counts within the record, from 1."""
        if not self.line:
            return f"{self.file}:{line}" if line else self.file
        return f"{self.file}:{self.line + (line or 1) - 1}"

    def load(self) -> Record:
        """Return the record with its text, ready to travel; a file that cannot be read is a fault."""
        if not isinstance(self.content, Path):
            return self
        if self.fault is not None:
            return replace(self, content=b"")
        try:
            return replace(self, content=self.content.read_bytes())
        except OSError as error:
            fault = UnreadableInput(
                message("{file} cannot be read: {reason}.", file=self.file, reason=error.strerror)
            )
            return replace(self, content=b"", fault=fault)
