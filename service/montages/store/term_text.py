"""A term as N-Triples, N-Quads, Turtle and SPARQL all write it, whatever its text holds."""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import XSD, BNode, Literal
from rdflib.term import Node

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
} | {chr(n): f"\\u{n:04X}" for n in (*range(0x08), 0x0B, *range(0x0E, 0x20), 0x7F)}
_IN_A_STRING = str.maketrans(_ESCAPES)
_IN_AN_IRI = str.maketrans(
    {c: f"\\u{ord(c):04X}" for c in '<>"{}|^`\\' + "".join(map(chr, range(0x21)))}
)


def string_text(text: str) -> str:
    """Return a text between quotes, with its escapes."""
    return f'"{text.translate(_IN_A_STRING)}"'


def iri_text(iri: str) -> str:
    """Return an IRI between angle brackets, with its escapes."""
    return f"<{iri.translate(_IN_AN_IRI)}>"


def term_text(term: Node, labels: Mapping[BNode, str] | None = None) -> str:
    """Return an IRI, a literal or a blank node as text; `labels` rename the blank nodes."""
    if isinstance(term, BNode):
        return f"_:{term if labels is None else labels[term]}"
    if isinstance(term, Literal):
        if term.language:
            return f"{string_text(term)}@{term.language}"
        if term.datatype and term.datatype != XSD.string:
            return f"{string_text(term)}^^{iri_text(term.datatype)}"
        return string_text(term)
    return iri_text(str(term))
