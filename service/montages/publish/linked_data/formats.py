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
    """One format; `file_type` is its name in the European list of file types.

    `other_types` are media types that clients ask for it by, `aliases` other names for it.
    """

    extension: str
    media_type: str
    label: str
    file_type: str
    write: Callable[[Statements, Context], str] | None = None
    write_graphs: Callable[[Mapping[str, Statements]], str] | None = None
    aliases: tuple[str, ...] = ()
    other_types: tuple[str, ...] = ()

    @property
    def media_types(self) -> tuple[str, ...]:
        """Return the media type that it is sent under, then the others that it is asked for by."""
        return self.media_type, *self.other_types

    @property
    def content_type(self) -> str:
        """Return the Content-Type of an answer: texts say that they are UTF-8."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


HTML = Format(
    "html",
    "text/html",
    "HTML",
    "HTML",
    aliases=("xhtml",),
    other_types=("application/xhtml+xml",),
)
TURTLE = Format(
    "ttl",
    "text/turtle",
    "Turtle",
    "RDF_TURTLE",
    lambda s, _: turtle.write(s),
    aliases=("turtle",),
    other_types=("application/x-turtle",),
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
    other_types=("application/xml", "text/xml"),
)
# Before it had a media type of its own it went as plain text.
N_TRIPLES = Format(
    "nt",
    "application/n-triples",
    "N-Triples",
    "RDF_N_TRIPLES",
    lambda s, _: ntriples.write(s),
    aliases=("ntriples", "n-triples"),
    other_types=("text/plain",),
)
# Turtle is N3, which can say more.
N3 = Format(
    "n3", "text/n3", "N3", "N3", TURTLE.write, aliases=("notation3",), other_types=("text/rdf+n3",)
)
# The same JSON-LD, for clients that only know JSON.
JSON = Format("json", "application/json", "JSON", "JSON", JSON_LD.write)
TRIG = Format(
    "trig",
    "application/trig",
    "TriG",
    "RDF_TRIG",
    write_graphs=turtle.write_graphs,
    other_types=("application/x-trig",),
)
N_QUADS = Format(
    "nq",
    "application/n-quads",
    "N-Quads",
    "RDF_N_QUADS",
    write_graphs=ntriples.write_quads,
    aliases=("nquads", "n-quads"),
    other_types=("text/x-nquads",),
)

# The verdict diagram of a period, and the cases by which one who walks it is checked.
VERDICTS = Format("json", "application/vnd.montages.verdicts+json", "JSON", "JSON")
CASES = Format("jsonl", "application/x-ndjson", "JSON Lines", "JSON")

# A picture, of what is drawn.
SVG = Format("svg", "image/svg+xml", "SVG", "SVG")

# Lists as tables, and as points on a map.
CSV = Format("csv", "text/csv", "CSV", "CSV")
GEO_JSON = Format("geojson", "application/geo+json", "GeoJSON", "GEOJSON")

# In the order of the service's preference, where a client has none.
GRAPH = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, JSON)
QUADS = (TRIG, N_QUADS)
DATA = (*GRAPH, N3, *QUADS)  # all that a program may ask a document in
ALL = (*DATA, HTML)
# The forms of a list of entries: those that hold all of it, and those in pages; RDF is a catalogue.
WHOLE_LISTS = (CSV, GEO_JSON)
CATALOGUES = tuple(form for form in DATA if form is not JSON)
LISTS = (JSON, *WHOLE_LISTS, *CATALOGUES)
BY_EXTENSION = {form.extension: form for form in ALL}


def write(
    triples: Iterable[Triple], form: Format, context: Context, about: str = "", graph: str = ""
) -> str:
    """Return triples in a format, those of `about` first; where quads are written `graph` names them.

    Without a name they are in the default graph.
    """
    ordered = statements(triples, about)
    if form.write is not None:
        return form.write(ordered, context)
    assert form.write_graphs is not None, form
    return form.write_graphs({graph: ordered})
