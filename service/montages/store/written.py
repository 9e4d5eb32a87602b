"""A term as N-Quads and SPARQL write it, whatever its text holds."""

from __future__ import annotations

from rdflib import BNode, Literal, URIRef
from rdflib.term import Node

_ESCAPED = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def written(term: Node) -> str:
    """Return a term as text: an IRI in brackets, a literal in quotes with escapes, a blank node."""
    if isinstance(term, URIRef):
        return f"<{term}>"
    if isinstance(term, BNode):
        return f"_:{term}"
    assert isinstance(term, Literal)
    text = f'"{str(term).translate(_ESCAPED)}"'
    if term.language:
        return f"{text}@{term.language}"
    return f"{text}^^<{term.datatype}>" if term.datatype else text
