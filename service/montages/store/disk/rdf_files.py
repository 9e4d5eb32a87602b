"""Files of RDF that may be loaded: their syntax by their ending, and where one is at fault."""

from __future__ import annotations

import gzip
import hashlib
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from montages.bilingual import Text, message
from montages.description.parsing.syntax_errors import french
from montages.errors import UnreadableInput, no_file

# The endings of further files, and the syntax of each.
ENDINGS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".n3": ox.RdfFormat.N3,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
}
# What the parser puts before its reason.
_PLACE = re.compile(r"Parser error at line \d+ (?:column \d+|between columns? .*?|.*?): ")
_NO_FETCH = "No LoadDocumentCallback"


@dataclass(frozen=True)
class RdfFile:
    """A file of RDF, with its syntax."""

    path: Path
    syntax: ox.RdfFormat

    @cached_property
    def sha256(self) -> str:
        """Return the checksum of the file as it lies there."""
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()

    @contextmanager
    def source(self) -> Iterator[dict[str, Any]]:
        """Yield what the engine's parsers take; raises UnreadableInput with the place of a fault."""
        options = {"format": self.syntax, "base_iri": self.path.resolve().as_uri()}
        try:
            if _is_compressed(self.path):
                with gzip.open(self.path) as content:
                    yield {**options, "input": content}
            else:
                yield {**options, "path": self.path}
        except SyntaxError as error:
            raise self._fault(error) from error
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise UnreadableInput(
                message(
                    "{path}: this file is not compressed by gzip, or not whole ({error}).",
                    path=self.path,
                    error=error,
                )
            ) from error

    def _fault(self, error: SyntaxError) -> UnreadableInput:
        place = f"{self.path}:{error.lineno}:{error.offset}" if error.lineno else str(self.path)
        detail = _PLACE.sub("", error.msg or str(error))
        if _NO_FETCH in detail:
            return UnreadableInput(
                message(
                    "{place}: the JSON-LD context is elsewhere, and nothing is fetched. Put it "
                    "in the file.",
                    place=place,
                )
            )
        reason = Text(french(detail), detail)
        return UnreadableInput(
            message("{place}: this is no readable RDF ({reason}).", place=place, reason=reason),
            **({"line": error.lineno, "column": error.offset} if error.lineno else {}),
        )


def rdf_files(paths: Sequence[Path]) -> list[RdfFile]:
    """Return files with their syntax, each once; raises UnreadableInput for what is none of RDF."""
    return [_rdf_file(path) for path in dict.fromkeys(paths)]


def _rdf_file(path: Path) -> RdfFile:
    name = path.with_suffix("") if _is_compressed(path) else path
    syntax = ENDINGS.get(name.suffix.lower())
    if syntax is not None and path.exists() and not path.is_file():
        raise no_file(path)
    if syntax is None or not path.is_file():
        endings = " ".join(ENDINGS)
        raise UnreadableInput(
            message(
                "{path}: no such file, or unknown ending. Accepted endings: {endings}, each "
                "with .gz too.",
                path=path,
                endings=endings,
            )
        )
    return RdfFile(path, syntax)


def _is_compressed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"
