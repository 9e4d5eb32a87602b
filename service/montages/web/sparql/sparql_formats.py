"""The formats of an answer, by kind of answer: a table of rows, or a graph (S1)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

from montages.bilingual import message
from montages.errors import NotAcceptable
from montages.publish.linked_data.formats import N3, N_QUADS, N_TRIPLES, RDF_XML, TRIG, TURTLE
from montages.web.requests.accept_header import media_ranges

# For each format: how it is announced, then the other names that clients ask for it by. In order of
# preference, for a client that takes any.
RESULTS = {
    "json": ("application/sparql-results+json", "application/json"),
    "xml": ("application/sparql-results+xml", "application/xml", "text/xml"),
    "csv": ("text/csv",),
    "tsv": ("text/tab-separated-values",),
}
GRAPHS = {
    "turtle": TURTLE.media_types,
    "jsonld": ("application/ld+json", "application/json"),
    "rdf": RDF_XML.media_types,
    "nt": N_TRIPLES.media_types,
    "trig": TRIG.media_types,
    "nq": N_QUADS.media_types,
    "n3": N3.media_types,
}
OF_FORM = {"SELECT": RESULTS, "ASK": RESULTS, "CONSTRUCT": GRAPHS, "DESCRIBE": GRAPHS}
# Short names in use elsewhere.
_ALIASES = {
    "ttl": "turtle",
    "json": "jsonld",
    "json-ld": "jsonld",
    "xml": "rdf",
    "rdf+xml": "rdf",
    "ntriples": "nt",
    "n-triples": "nt",
    "nquads": "nq",
}


def content_type(table: Mapping[str, tuple[str, ...]], form: str) -> str:
    """Return the Content-Type of a format."""
    media = table[form][0]
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def result_format(kind: str, accept: str, name: str = "") -> str:
    """Return the format for the answer to a form of query. Raises NotAcceptable."""
    return negotiate(OF_FORM[kind], accept, name)


@lru_cache(maxsize=512)
def acceptable_formats(accept: str, name: str = "") -> tuple[str, ...]:
    """Return the formats that a client takes for a query of unknown form: of a table, of a graph, if any."""
    formats = []
    for table in (RESULTS, GRAPHS):
        with suppress(NotAcceptable):
            formats.append(negotiate(table, accept, name))
    return tuple(formats)


def negotiate(table: Mapping[str, tuple[str, ...]], accept: str, name: str = "") -> str:
    """Return a format among some, by a name asked in the address, else by Accept.

    Raises NotAcceptable with the list of what exists.
    """
    for alias in (name.lower(), _ALIASES.get(name.lower(), "")):
        if alias in table:
            return alias
    # Clients name a format in the address in words of their own, and say it well in Accept.
    return _negotiated(tuple(table.items()), name if "/" in name else accept)


@lru_cache(maxsize=512)
def _negotiated(table: tuple[tuple[str, tuple[str, ...]], ...], accept: str) -> str:
    accepted = media_ranges(accept)
    if not accepted:
        return table[0][0]
    quality = {name: accepted.preference(media)[0] for name, media in table}
    best = max(quality, key=lambda name: quality[name])
    if quality[best] > 0:
        return best
    listed = [media[0] for _, media in table]
    raise NotAcceptable(
        message("The answer exists as: {listed}.", listed=", ".join(listed)),
        available=[{"mediaType": media} for media in listed],
    )


@lru_cache(maxsize=256)
def wants_html(accept: str) -> bool:
    """Tell whether a reader, not a program, is asking: HTML is named, and nothing of ours more wanted."""
    accepted = media_ranges(accept)
    wanted = max(
        (q for media, q in accepted if media in ("text/html", "application/xhtml+xml")), default=0
    )
    ours = [media[0] for table in (RESULTS, GRAPHS) for media in table.values()]
    explicit = {media for media, _ in accepted}
    return wanted > 0 and all(accepted.quality(m) < wanted for m in ours if m in explicit)
