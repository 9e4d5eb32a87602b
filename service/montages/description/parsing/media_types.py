"""The media types of descriptions, by every name they go by, and the syntax that each stands for."""

from __future__ import annotations

import re

from montages.description.parsing.graph_names import WITHOUT_GRAPHS, without_graph_names
from montages.description.parsing.source_text import MEDIA_TYPES as OWN_TYPES
from montages.description.parsing.source_text import decode
from montages.description.parsing.syntax_errors import SyntaxFault

PLAIN = "plain"
# The names that clients give to each syntax, beside those that are its own.
MEDIA_TYPES = {
    **OWN_TYPES,
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
    """Return a text and its syntax as a parser here reads it: plain text is what it looks like.

    Graphs of TriG and N-Quads are taken together. It may take long: a text is read apart from the service's
    own threads. Raises UnreadableInput for what is no text, or a block that is not closed.
    """
    if syntax == PLAIN:
        return text, likely_syntax(text)
    if syntax not in WITHOUT_GRAPHS:
        return text, syntax
    try:
        together = without_graph_names(decode(text), syntax)
    except SyntaxFault as fault:
        raise fault.error() from fault
    return together.encode(), WITHOUT_GRAPHS[syntax]


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
