"""The published queries: each a `.rq` file with a YAML header in `#+` lines (grlc)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rdflib import Graph, URIRef

from montages.bilingual import Text, message
from montages.errors import BrokenKnowledge
from montages.knowledge.files import library
from montages.names import QUERY

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query as PreparedQuery

# What a query is for: questions of people, steps of the engine, parts of pages.
FOLDERS = ("questions", "close", "derive", "pages")


@dataclass(frozen=True)
class Query:
    """One query: its text, its header, and the folder that says what it is for."""

    name: str
    folder: str
    title: Text
    description: Text
    text: str
    header: dict[str, Any]

    @property
    def iri(self) -> URIRef:
        """Return the IRI of the query: `query/<folder>/<file name>`."""
        return QUERY[f"{self.folder}/{self.name}"]

    @property
    def key(self) -> str:
        """Return the name people type: the file name without its number."""
        head, _, rest = self.name.partition("-")
        return rest if head.isdigit() else self.name

    def is_french(self, column: str) -> bool:
        """Tell whether the texts of a column quote French documents, whatever the reader's language."""
        names = (self.header.get("columns") or {}).get(column) or {}
        return names.get("lang") == "fr"

    def heading(self, column: str, lang: str) -> str:
        """Return what a column is called in a language; its variable, where the header does not say."""
        names = (self.header.get("columns") or {}).get(column)
        return str(names[lang]) if names else column


def read(path: Path) -> Query:
    """Return the query of a file; raises BrokenKnowledge if its header lacks a title."""
    text = path.read_text(encoding="utf-8")
    lines = [line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+")]
    header = library.own_yaml("\n".join(lines)) or {}
    try:
        title, description = header["title"], header["description"]
        return Query(
            name=path.stem,
            folder=path.parent.name,
            title=Text(title["fr"], title["en"]),
            description=Text(description["fr"], description["en"]),
            text=text,
            header=header,
        )
    except (KeyError, TypeError) as error:
        raise BrokenKnowledge(
            message(
                "{name}: the #+ header must give title and description, in fr and en.",
                name=path.name,
            )
        ) from error


def construct(query: Query, graph: Graph) -> Graph:
    """Return what a CONSTRUCT query makes of a graph."""
    result = graph.query(_prepared(query.text)).graph
    return result if result is not None else Graph()


@cache
def _prepared(text: str) -> PreparedQuery:
    """Return a query read once: reading takes far longer than running."""
    from rdflib.plugins.sparql import prepareQuery  # the fast engine needs none of it

    return prepareQuery(text)


@cache
def queries(folder: str) -> tuple[Query, ...]:
    """Return the queries of one of the `FOLDERS` in the order of their names."""
    return tuple(read(path) for path in library.files(f"queries/{folder}", "*.rq"))
