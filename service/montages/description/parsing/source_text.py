"""What descriptions are given as: a text or file in a syntax, told by ending, type or looks, or a frame."""

from __future__ import annotations

import re
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


PLAIN = "plain"
# The names of each syntax, its own before those that clients give it.
MEDIA_TYPES = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/json": "json",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
    "application/yaml": "yaml",
    "application/x-yaml": "yaml",
    "text/yaml": "yaml",
    "application/trig": "trig",
    "application/n-quads": "nq",
    "application/x-turtle": "turtle",
    "text/n3": "turtle",
    "text/rdf+n3": "turtle",
    "application/xml": "xml",
    "text/xml": "xml",
    "application/x-trig": "trig",
    "text/x-nquads": "nq",
    # N-Triples once; from a browser's script, any text.
    "text/plain": PLAIN,
}
_TURTLE = re.compile(
    r"^\s*(@prefix|@base|prefix\s|base\s|<[^>]*>\s|_:\w+\s+<)", re.IGNORECASE | re.MULTILINE
)


def readable(text: bytes, syntax: str) -> tuple[bytes, str]:
    """Return a text and its syntax as a parser here reads it: plain text is what it looks like."""
    return text, likely_syntax(text) if syntax == PLAIN else syntax


def likely_syntax(text: bytes) -> str:
    """Return the syntax that a text is most likely in, JSON-LD told from our keys by its context."""
    likely = guess_syntax(text)
    return "json-ld" if likely == "json" and b"@context" in text[:4000] else likely


def guess_syntax(text: bytes) -> str:
    """Return the syntax that a text is most likely in: JSON, Turtle, RDF/XML, else YAML."""
    start = text.lstrip()[:4000]
    if start.startswith((b"{", b"[")):
        return "json"
    if start.startswith(b"<?xml") or b"<rdf:RDF" in start:
        return "xml"
    return "turtle" if _TURTLE.search(start.decode("utf-8", "replace")) else "yaml"
