"""The media types of descriptions, by every name they go by, and the syntax that each stands for."""

from __future__ import annotations

import re

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
