"""Turtle and TriG: prefixes that are used, lists and blank nodes in their place, lexical forms as given.

And the two of their family that have one statement a line: N-Triples and N-Quads. A graph without a name is
the default one; Turtle and N-Triples are what is written of it alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from montages.publish.syntax.prefixes import short
from montages.publish.syntax.statements import Statements
from montages.store.term_text import iri_text, string_text, term_text

# Literals that Turtle writes bare, where their lexical form is one that it reads back as the same.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+", re.ASCII),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+", re.ASCII),
    XSD.boolean: re.compile(r"true|false"),
}


class _TurtleWriter:
    """Writes one graph, and notes the prefixes it uses."""

    def __init__(self, content: Statements, used: dict[str, str]) -> None:
        self.content = content
        self.used = used

    def iri(self, iri: str) -> str:
        return short(iri, self.used) or iri_text(iri)

    def literal(self, node: Literal) -> str:
        bare = _BARE.get(node.datatype) if node.datatype else None
        if bare and bare.fullmatch(node):
            return str(node)
        if node.language or node.datatype in (None, XSD.string):
            return term_text(node)
        return f"{string_text(node)}^^{self.iri(str(node.datatype))}"

    def object(self, node: Node, depth: int) -> str:
        if isinstance(node, Literal):
            return self.literal(node)
        if isinstance(node, URIRef):
            return "()" if node == RDF.nil else self.iri(node)
        if not self.content.nested(node):
            return term_text(node, self.content.labels)
        if (members := self.content.items(node)) is not None:
            return f"( {' '.join(self.object(member, depth) for member in members)} )"
        body = self.predicates(node, depth + 1)
        return f"[ {body} ]" if body else "[]"

    def predicates(self, node: Node, depth: int) -> str:
        pad = "\n" + "    " * depth
        parts = []
        for predicate, objects in self.content.about.get(node, {}).items():
            verb = "a" if predicate == RDF.type else self.iri(predicate)
            parts.append(f"{verb} " + ", ".join(self.object(o, depth) for o in objects))
        return f" ;{pad}".join(parts)

    def blocks(self) -> Iterator[str]:
        for subject in self.content.blocks:
            if isinstance(subject, BNode) and not self.content.uses[subject]:
                head = "[]"
            else:
                head = self.object(subject, 1)
            yield f"{head} {self.predicates(subject, 1)} .\n"


def write_turtle(graphs: Mapping[str, Statements]) -> str:
    """Return graphs by their names as TriG; the default one alone is Turtle."""
    used: dict[str, str] = {}
    parts = []
    for name, content in graphs.items():
        writer = _TurtleWriter(content, used)
        blocks = "\n".join(writer.blocks())
        parts.append(f"{writer.iri(name)} {{\n{blocks}}}\n" if name else blocks)
    head = "".join(f"@prefix {p}: {iri_text(n)} .\n" for p, n in sorted(used.items()))
    return "\n".join(filter(None, [head, *parts]))


def statement_lines(content: Statements, graph: str = "") -> Iterator[str]:
    """Return the lines of a graph as N-Triples; with its name, as N-Quads."""
    end = f" {iri_text(graph)} .\n" if graph else " .\n"
    for subject, predicates in content.about.items():
        head = term_text(subject, content.labels)
        for predicate, objects in predicates.items():
            middle = iri_text(predicate)
            for thing in objects:
                yield f"{head} {middle} {term_text(thing, content.labels)}{end}"


def write_lines(graphs: Mapping[str, Statements]) -> str:
    """Return graphs by their names as N-Quads; the default one alone is N-Triples."""
    return "".join(
        line for name, content in graphs.items() for line in statement_lines(content, name)
    )
