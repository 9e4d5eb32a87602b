"""Files of RDF that may be loaded: their syntax by their ending, and where one is at fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from montages.bilingual import Text, message
from montages.description.parsing.syntax_errors import french, parser_fault
from montages.errors import UnreadableInput, no_file

_ENDINGS = ".ttl .nt .n3 .rdf .owl .xml .jsonld .json .trig .nq"
_NO_FETCH = "No LoadDocumentCallback"


def rdf_syntax(path: Path) -> ox.RdfFormat:
    """Return the syntax of a file by its ending; raises UnreadableInput for no file, or none of RDF."""
    ending = path.suffix.lower().replace(".owl", ".rdf")
    syntax = ox.RdfFormat.from_extension(ending[1:]) if ending in _ENDINGS.split() else None
    if syntax is not None and path.exists() and not path.is_file():
        raise no_file(path)
    if syntax is None or not path.is_file():
        raise UnreadableInput(
            message(
                "{path}: no such file, or unknown ending. Accepted endings: {endings}.",
                path=path,
                endings=_ENDINGS,
            )
        )
    return syntax


@contextmanager
def rdf_source(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what the engine's parsers take for a file; raises UnreadableInput with the place of a fault."""
    try:
        yield {"path": path, "format": rdf_syntax(path), "base_iri": path.resolve().as_uri()}
    except SyntaxError as error:
        line, column, detail = parser_fault(error)
        fault = message(
            "{place}: this is no readable RDF ({reason}).",
            place=f"{path}:{line}:{column}" if line else path,
            reason=Text(french(detail), detail),
        )
        if _NO_FETCH in detail:
            fault = message(
                "{place}: the JSON-LD context is elsewhere, and nothing is fetched. Put it "
                "in the file.",
                place=path,
            )
        raise UnreadableInput(
            fault, **({"line": line, "column": column} if line else {})
        ) from error
