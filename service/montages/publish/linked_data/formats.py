"""The formats of a document: media type, extension, and how it is written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from montages.publish.syntax import jsonld, ntriples, rdfxml, turtle
from montages.publish.syntax.statements import Statements, Triple, statements


@dataclass(frozen=True)
class Context:
    """A JSON-LD context: what goes under `@context`, and its coercions by predicate."""

    reference: Any
    coercions: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Format:
    """One format; `file_type` is its name in the European list of file types."""

    extension: str
    media_type: str
    label: str
    file_type: str
    write: Callable[[Statements, Context], str] | None = None
    write_graphs: Callable[[Mapping[str, Statements]], str] | None = None
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the Content-Type of an answer: texts say that they are UTF-8."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


HTML = Format("html", "text/html", "HTML", "HTML", aliases=("xhtml",))
TURTLE = Format(
    "ttl", "text/turtle", "Turtle", "RDF_TURTLE", lambda s, _: turtle.write(s), aliases=("turtle",)
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "JSON-LD",
    "JSON_LD",
    lambda s, context: jsonld.write(s, context.reference, context.coercions),
    aliases=("json-ld",),
)
RDF_XML = Format(
    "rdf",
    "application/rdf+xml",
    "RDF/XML",
    "RDF_XML",
    lambda s, _: rdfxml.write(s),
    aliases=("xml",),
)
N_TRIPLES = Format(
    "nt", "application/n-triples", "N-Triples", "RDF_N_TRIPLES", lambda s, _: ntriples.write(s)
)
# The same JSON-LD, for clients that only know JSON.
JSON = Format("json", "application/json", "JSON", "JSON", JSON_LD.write)
TRIG = Format("trig", "application/trig", "TriG", "RDF_TRIG", write_graphs=turtle.write_graphs)
N_QUADS = Format(
    "nq",
    "application/n-quads",
    "N-Quads",
    "RDF_N_QUADS",
    write_graphs=ntriples.write_quads,
    aliases=("nquads",),
)

# In the order of the service's preference, where a client has none.
GRAPH = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, JSON)
QUADS = (TRIG, N_QUADS)
ALL = (*GRAPH, *QUADS, HTML)
BY_EXTENSION = {form.extension: form for form in ALL}


def write(
    triples: Iterable[Triple], form: Format, context: Context, about: str = "", graph: str = ""
) -> str:
    """Return triples in a format, those of `about` first; `graph` names them where quads are written."""
    ordered = statements(triples, about)
    if form.write is not None:
        return form.write(ordered, context)
    assert form.write_graphs is not None, form
    return form.write_graphs({graph or about: ordered})
