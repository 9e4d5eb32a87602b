"""The formats of a document: media type, extension, how it is written; and graphs as text in any of them.

A thing has a representation in each: they are listed as W3C's negotiation by profile asks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import RDF, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from montages.names import MODULE, SELF_DESCRIPTION
from montages.publish.linked_data.document_context import Context, whole_context
from montages.publish.syntax import jsonld, rdfxml, turtle
from montages.publish.syntax.statements import Statements, Triple, statements


@dataclass(frozen=True, eq=False)
class Format:
    """One format; `file_type` is its name in the European list of file types.

    `write` takes graphs by their names: only a format of `quads` has more than the default one, "".
    `other_types` are media types that clients ask for it by, `aliases` other names for it.
    """

    extension: str
    media_type: str
    label: str
    file_type: str
    write: Callable[[Mapping[str, Statements], Context], str] | None = None
    quads: bool = False
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

    def text(self, graphs: Mapping[str, Statements], context: Context) -> str:
        """Return graphs by their names in the format."""
        assert self.write is not None, self
        return self.write(graphs, context)


HTML = Format(
    "html", "text/html", "HTML", "HTML", aliases=("xhtml",), other_types=("application/xhtml+xml",)
)
TURTLE = Format(
    "ttl",
    "text/turtle",
    "Turtle",
    "RDF_TURTLE",
    lambda graphs, _: turtle.write_turtle(graphs),
    aliases=("turtle",),
    other_types=("application/x-turtle",),
)
JSON_LD = Format(
    "jsonld",
    "application/ld+json",
    "JSON-LD",
    "JSON_LD",
    lambda graphs, context: jsonld.write(graphs[""], context.reference, context.coercions),
    aliases=("json-ld",),
)
RDF_XML = Format(
    "rdf",
    "application/rdf+xml",
    "RDF/XML",
    "RDF_XML",
    lambda graphs, _: rdfxml.write(graphs[""]),
    aliases=("xml",),
    other_types=("application/xml", "text/xml"),
)
# Before it had a media type of its own it went as plain text.
N_TRIPLES = Format(
    "nt",
    "application/n-triples",
    "N-Triples",
    "RDF_N_TRIPLES",
    lambda graphs, _: turtle.write_lines(graphs),
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
    TURTLE.write,
    quads=True,
    other_types=("application/x-trig",),
)
N_QUADS = Format(
    "nq",
    "application/n-quads",
    "N-Quads",
    "RDF_N_QUADS",
    N_TRIPLES.write,
    quads=True,
    aliases=("nquads", "n-quads"),
    other_types=("text/x-nquads",),
)

# The verdicts of a period and what it names, and the cases by which one who walks these is checked.
VERDICTS = Format("json", "application/vnd.montages.verdicts+json", "JSON", "JSON")
NAMING = Format("json", "application/vnd.montages.naming+json", "JSON", "JSON")
CASES = Format("jsonl", "application/x-ndjson", "JSON Lines", "JSON")

# A picture, of what is drawn.
SVG = Format("svg", "image/svg+xml", "SVG", "SVG")

# Lists as tables.
CSV = Format("csv", "text/csv", "CSV", "CSV")

# In the order of the service's preference, where a client has none.
GRAPH = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES, JSON)
QUADS = (TRIG, N_QUADS)
DATA = (*GRAPH, N3, *QUADS)  # all that a program may ask a document in
ALL = (*DATA, HTML)
CATALOGUES = tuple(form for form in DATA if form is not JSON)  # of a list of entries
BY_EXTENSION = {form.extension: form for form in ALL}


def write(
    triples: Iterable[Triple], form: Format, context: Context, about: str = "", graph: str = ""
) -> str:
    """Return triples in a format, those of `about` first; where quads are written `graph` names them.

    Without a name they are in the default graph.
    """
    return form.text({graph if form.quads else "": statements(triples, about)}, context)


def in_full(graphs: Iterable[Graph], extension: str) -> str:
    """Return graphs together in the format of an extension, read without fetching a context."""
    triples = [triple for graph in graphs for triple in graph]
    return write(triples, BY_EXTENSION[extension], whole_context(triples))


ALTR = Namespace(SELF_DESCRIPTION["altr"])
# The names that `_profile` takes, and the profiles they stand for; the first is the default.
PROFILES = {"montages": str(MODULE["montages"]), "alt": "http://www.w3.org/ns/dx/connegp/altr"}
DEFAULT_PROFILE, ALTERNATES_PROFILE = PROFILES.values()
_PROFILE_BY_NAME = (
    PROFILES
    | {uri: uri for uri in PROFILES.values()}
    | {f"{ALTERNATES_PROFILE}#": ALTERNATES_PROFILE}
)


def profile_named(word: str) -> str | None:
    """Return the profile that a name or an IRI stands for, None for one we do not have."""
    return _PROFILE_BY_NAME.get(word.strip().strip("<>"))


def alternates(iri: str, representations: Sequence[tuple[Format, str, str]]) -> list[Triple]:
    """Return the list of representations of a thing: format, profile, address; the first is the default."""
    subject = URIRef(iri)
    triples: list[Triple] = []
    for number, (form, profile, url) in enumerate(representations):
        node = BNode(f"representation-{number}")
        predicate = ALTR.hasRepresentation if number else ALTR.hasDefaultRepresentation
        triples += [
            (subject, predicate, node),
            (node, RDF.type, ALTR.Representation),
            (node, DCTERMS.conformsTo, URIRef(profile)),
            (node, DCTERMS.format, Literal(form.media_type)),
            (node, DCTERMS.source, URIRef(url)),
        ]
    return triples
