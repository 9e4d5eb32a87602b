"""Turtle and TriG: prefixes that are used, lists and blank nodes in their place, lexical forms as given."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rdflib import RDF, XSD, BNode, Literal, URIRef
from rdflib.term import Node

from montages.publish.syntax.ntriples import bracketed, quoted
from montages.publish.syntax.prefixes import short
from montages.publish.syntax.statements import Statements

# Literals that Turtle writes bare, where their lexical form is one that it reads back as the same.
_BARE = {
    XSD.integer: re.compile(r"[+-]?[0-9]+", re.ASCII),
    XSD.decimal: re.compile(r"[+-]?[0-9]*\.[0-9]+", re.ASCII),
    XSD.boolean: re.compile(r"true|false"),
}


class _Writer:
    """Writes one graph, and notes the prefixes it uses."""

    def __init__(self, said: Statements, used: dict[str, str]) -> None:
        self.said = said
        self.used = used
        self.inlined: set[Node] = set()

    def iri(self, iri: str) -> str:
        return short(iri, self.used) or bracketed(iri)

    def literal(self, node: Literal) -> str:
        if node.language:
            return f"{quoted(node)}@{node.language}"
        if node.datatype is None or node.datatype == XSD.string:
            return quoted(node)
        bare = _BARE.get(node.datatype)
        if bare and bare.fullmatch(node):
            return str(node)
        return f"{quoted(node)}^^{self.iri(node.datatype)}"

    def object(self, node: Node, depth: int, inside: tuple[Node, ...]) -> str:
        if isinstance(node, Literal):
            return self.literal(node)
        if isinstance(node, URIRef):
            return "()" if node == RDF.nil else self.iri(node)
        assert isinstance(node, BNode)
        if not self.said.once(node) or node in inside:
            return f"_:{self.said.labels[node]}"
        if (listed := self.said.items(node)) is not None:
            self.inlined |= listed[1]
            written = [self.object(m, depth, (*inside, node)) for m in listed[0]]
            return f"( {' '.join(written)} )"
        self.inlined.add(node)
        body = self.predicates(node, depth + 1, (*inside, node))
        return f"[ {body} ]" if body else "[]"

    def predicates(self, node: Node, depth: int, inside: tuple[Node, ...]) -> str:
        pad = "\n" + "    " * depth
        parts = []
        for predicate, objects in self.said.about.get(node, {}).items():
            verb = "a" if predicate == RDF.type else self.iri(predicate)
            parts.append(f"{verb} " + ", ".join(self.object(o, depth, inside) for o in objects))
        return f" ;{pad}".join(parts)

    def blocks(self) -> list[str]:
        """Return a block a subject; blank nodes written inside another have none of their own."""
        found = []
        for subject in self.said.about:
            if subject in self.inlined or self._later(subject):
                continue
            head = self.iri(subject) if isinstance(subject, URIRef) else self._blank(subject)
            found.append(f"{head} {self.predicates(subject, 1, (subject,))} .\n")
        # What only leads to itself was left out as a part of something: it is not.
        for subject in self.said.about:
            if isinstance(subject, BNode) and self._later(subject) and subject not in self.inlined:
                self.inlined.add(subject)
                found.append(
                    f"_:{self.said.labels[subject]} {self.predicates(subject, 1, (subject,))} .\n"
                )
        return found

    def _later(self, subject: Node) -> bool:
        return self.said.once(subject)

    def _blank(self, subject: Node) -> str:
        assert isinstance(subject, BNode)
        return "[]" if not self.said.uses[subject] else f"_:{self.said.labels[subject]}"


def _head(used: Mapping[str, str]) -> str:
    return "".join(f"@prefix {p}: {bracketed(n)} .\n" for p, n in sorted(used.items()))


def write(said: Statements) -> str:
    """Return a graph as Turtle."""
    used: dict[str, str] = {}
    blocks = _Writer(said, used).blocks()
    return "\n".join(filter(None, [_head(used), *blocks]))


def write_graphs(graphs: Mapping[str, Statements]) -> str:
    """Return named graphs as TriG."""
    used: dict[str, str] = {}
    parts = []
    for name, said in graphs.items():
        writer = _Writer(said, used)
        parts.append(f"{writer.iri(name)} {{\n" + "\n".join(writer.blocks()) + "}\n")
    return "\n".join(filter(None, [_head(used), *parts]))
