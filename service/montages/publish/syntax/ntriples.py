"""N-Triples and N-Quads: one statement a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rdflib import XSD, BNode, Literal
from rdflib.term import Node

from montages.publish.syntax.statements import Statements

_ESCAPES = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t",
    "\b": "\\b",
    "\f": "\\f",
} | {chr(n): f"\\u{n:04X}" for n in (*range(0x08), 0x0B, *range(0x0E, 0x20), 0x7F)}
_TABLE = str.maketrans(_ESCAPES)
_IRI = str.maketrans({c: f"\\u{ord(c):04X}" for c in '<>"{}|^`\\' + "".join(map(chr, range(0x21)))})


def quoted(text: str) -> str:
    """Return a text between quotes, with the escapes of N-Triples, which Turtle shares."""
    return f'"{text.translate(_TABLE)}"'


def bracketed(iri: str) -> str:
    """Return an IRI between angle brackets."""
    return f"<{iri.translate(_IRI)}>"


def term(node: Node, labels: Mapping[BNode, str]) -> str:
    """Return a term as N-Triples writes it."""
    if isinstance(node, BNode):
        return f"_:{labels[node]}"
    if isinstance(node, Literal):
        if node.language:
            return f"{quoted(node)}@{node.language}"
        if node.datatype and node.datatype != XSD.string:
            return f"{quoted(node)}^^{bracketed(node.datatype)}"
        return quoted(node)
    return bracketed(str(node))


def lines(said: Statements, graph: str = "") -> Iterator[str]:
    """Return the lines of a graph; with its name, those of N-Quads."""
    end = f" {bracketed(graph)} .\n" if graph else " .\n"
    for subject, predicates in said.about.items():
        head = term(subject, said.labels)
        for predicate, objects in predicates.items():
            middle = bracketed(predicate)
            for thing in objects:
                yield f"{head} {middle} {term(thing, said.labels)}{end}"


def write(said: Statements) -> str:
    """Return a graph as N-Triples."""
    return "".join(lines(said))


def write_quads(graphs: Mapping[str, Statements]) -> str:
    """Return named graphs as N-Quads."""
    return "".join(line for name, said in graphs.items() for line in lines(said, name))
