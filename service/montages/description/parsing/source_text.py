"""What descriptions are given as: a text or file, its syntax told by ending or type, or a data frame."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Protocol, runtime_checkable

from montages.bilingual import message
from montages.description import limits
from montages.errors import UnreadableInput, no_file

SUFFIXES = {
    ".ttl": "turtle",
    ".jsonld": "json-ld",
    ".json": "json",
    ".rdf": "xml",
    ".xml": "xml",
    ".owl": "xml",
    ".nt": "nt",
    ".yaml": "yaml",
    ".yml": "yaml",
}
# The syntaxes of trees: in each, our keys or JSON-LD.
TREE_SYNTAXES = ("json", "yaml", "json-ld")
# The syntaxes of tables, which `description.tables` reads.
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


def read_file(path: str | Path) -> tuple[bytes, str]:
    """Return what a file holds and the syntax its ending tells; raises UnreadableInput or TooLarge."""
    path = Path(path)
    if not path.is_file():
        raise no_file(path, message(" Check the path; “montages new” creates one."))
    syntax = FILE_SUFFIXES.get(path.suffix.lower())
    if syntax is None:
        accepted = " ".join(FILE_SUFFIXES)
        raise UnreadableInput(
            message(
                "{name}: unknown ending. Accepted endings: {accepted}.",
                name=path.name,
                accepted=accepted,
            )
        )
    limits.check_size(path.stat().st_size)
    try:
        return path.read_bytes(), syntax
    except OSError as error:
        raise UnreadableInput(
            message("{name} cannot be read: {reason}.", name=path.name, reason=error.strerror)
        ) from error


def decode(source: bytes | str) -> str:
    """Return a source as text; raises TooLarge, or UnreadableInput for what is no text."""
    raw = source.encode(errors="surrogatepass") if isinstance(source, str) else source
    limits.check_size(len(raw))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            message(
                "This is not UTF-8 text (byte {start}). Save the file as UTF-8.", start=error.start
            )
        ) from error
    if "\x00" in text:
        raise UnreadableInput(message("This is a binary file, not a project description."))
    if not text or text.isspace():
        raise UnreadableInput(
            message("The file is empty. “montages new” writes a template to fill in.")
        )
    return text


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
