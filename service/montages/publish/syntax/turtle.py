"""Turtle and TriG: prefixes that are used, lists and blank nodes in their place, lexical forms as given.

And the two of their family that have one statement a line: N-Triples and N-Quads.
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
        self.inlined: set[Node] = set()

    def iri(self, iri: str) -> str:
        return short(iri, self.used) or iri_text(iri)

    def literal(self, node: Literal) -> str:
        if node.language:
            return f"{string_text(node)}@{node.language}"
        if node.datatype is None or node.datatype == XSD.string:
            return string_text(node)
        bare = _BARE.get(node.datatype)
        if bare and bare.fullmatch(node):
            return str(node)
        return f"{string_text(node)}^^{self.iri(node.datatype)}"

    def object(self, node: Node, depth: int, inside: tuple[Node, ...]) -> str:
        if isinstance(node, Literal):
            return self.literal(node)
        if isinstance(node, URIRef):
            return "()" if node == RDF.nil else self.iri(node)
        assert isinstance(node, BNode)
        if not self.content.once(node) or node in inside:
            return f"_:{self.content.labels[node]}"
        if (cells := self.content.items(node)) is not None:
            self.inlined |= cells[1]
            members = [self.object(m, depth, (*inside, node)) for m in cells[0]]
            return f"( {' '.join(members)} )"
        self.inlined.add(node)
        body = self.predicates(node, depth + 1, (*inside, node))
        return f"[ {body} ]" if body else "[]"

    def predicates(self, node: Node, depth: int, inside: tuple[Node, ...]) -> str:
        pad = "\n" + "    " * depth
        parts = []
        for predicate, objects in self.content.about.get(node, {}).items():
            verb = "a" if predicate == RDF.type else self.iri(predicate)
            parts.append(f"{verb} " + ", ".join(self.object(o, depth, inside) for o in objects))
        return f" ;{pad}".join(parts)

    def blocks(self) -> list[str]:
        """Return a block a subject; blank nodes written inside another have none of their own."""
        blocks = []
        for subject in self.content.about:
            if subject in self.inlined or self._later(subject):
                continue
            head = self.iri(subject) if isinstance(subject, URIRef) else self._blank(subject)
            blocks.append(f"{head} {self.predicates(subject, 1, (subject,))} .\n")
        # What only leads to itself was left out as a part of something: it is not.
        for subject in self.content.about:
            if isinstance(subject, BNode) and self._later(subject) and subject not in self.inlined:
                self.inlined.add(subject)
                blocks.append(
                    f"_:{self.content.labels[subject]} {self.predicates(subject, 1, (subject,))} .\n"
                )
        return blocks

    def _later(self, subject: Node) -> bool:
        return self.content.once(subject)

    def _blank(self, subject: Node) -> str:
        assert isinstance(subject, BNode)
        return "[]" if not self.content.uses[subject] else f"_:{self.content.labels[subject]}"


def _head(used: Mapping[str, str]) -> str:
    return "".join(f"@prefix {p}: {iri_text(n)} .\n" for p, n in sorted(used.items()))


def write_turtle(content: Statements) -> str:
    """Return a graph as Turtle."""
    used: dict[str, str] = {}
    blocks = _TurtleWriter(content, used).blocks()
    return "\n".join(filter(None, [_head(used), *blocks]))


def write_trig(graphs: Mapping[str, Statements]) -> str:
    """Return named graphs as TriG; one without a name is the default graph."""
    used: dict[str, str] = {}
    parts = []
    for name, content in graphs.items():
        writer = _TurtleWriter(content, used)
        blocks = "\n".join(writer.blocks())
        parts.append(f"{writer.iri(name)} {{\n{blocks}}}\n" if name else blocks)
    return "\n".join(filter(None, [_head(used), *parts]))


def ntriples_lines(content: Statements, graph: str = "") -> Iterator[str]:
    """Return the lines of a graph; with its name, those of N-Quads."""
    end = f" {iri_text(graph)} .\n" if graph else " .\n"
    for subject, predicates in content.about.items():
        head = term_text(subject, content.labels)
        for predicate, objects in predicates.items():
            middle = iri_text(predicate)
            for thing in objects:
                yield f"{head} {middle} {term_text(thing, content.labels)}{end}"


def write_ntriples(content: Statements) -> str:
    """Return a graph as N-Triples."""
    return "".join(ntriples_lines(content))


def write_nquads(graphs: Mapping[str, Statements]) -> str:
    """Return named graphs as N-Quads; one without a name is the default graph."""
    return "".join(
        line for name, content in graphs.items() for line in ntriples_lines(content, name)
    )
