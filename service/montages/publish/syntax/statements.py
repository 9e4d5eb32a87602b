"""Triples in one order, blank nodes named by what they say: the same text each time, in every process.

A strong ETag promises the same bytes. rdflib iterates in the order of insertion and names blank nodes
at random, so nothing is written from a graph before it has been through here.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from rdflib import RDF, RDFS, SKOS, BNode, Graph, Literal, URIRef
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
# Predicates that a reader looks for first; the others follow by their IRI.
_FIRST = {
    str(p): n
    for n, p in enumerate((RDF.type, RDFS.label, SKOS.prefLabel, SKOS.altLabel, SKOS.definition))
}
# Of the texts of a predicate: plain ones, then the languages in the order of the data.
_LANGUAGES = {"": 0, "fr": 1, "en": 2}


# Sets a blank node apart from a text that reads like its hash.
_BLANK = URIRef("urn:blank")


class _Loop(Exception):
    """Blank nodes that lead back to themselves."""


@dataclass(frozen=True)
class Statements:
    """What is said of each subject, in order, to which blank nodes that leads, and their labels."""

    about: dict[Node, dict[URIRef, list[Node]]]
    blank_objects: dict[Node, list[BNode]]
    labels: dict[BNode, str]
    uses: Counter[Node]

    @cached_property
    def blocks(self) -> list[Node]:
        """Return the subjects that stand by themselves: all but blank nodes that stand where they are used.

        Of blank nodes that only lead to each other in a circle, the first stands by itself.
        """
        blocks = [subject for subject in self.about if not self._once(subject)]
        if len(blocks) == len(self.about):
            return blocks
        reached: set[Node] = set()
        for subject in [*blocks, *filter(self._once, self.about)]:
            if self._once(subject) and subject not in reached:
                blocks.append(subject)
            todo = [subject]
            while todo:
                node = todo.pop()
                if node not in reached:
                    reached.add(node)
                    todo += filter(self._once, self.blank_objects.get(node, ()))
        return blocks

    @cached_property
    def _first_of_circles(self) -> frozenset[Node]:
        return frozenset(filter(self._once, self.blocks))

    def _once(self, node: Node) -> bool:
        """Tell whether a node is blank and is the object of exactly one triple."""
        return isinstance(node, BNode) and self.uses[node] == 1

    def nested(self, node: Node) -> bool:
        """Tell whether a node is written where it is used, and has no block of its own."""
        return self._once(node) and node not in self._first_of_circles

    def items(self, node: Node) -> list[Node] | None:
        """Return the members of a list; None where it is no list, or other things use it."""
        members: list[Node] = []
        cells: set[Node] = set()
        while node != RDF.nil:
            cell = self.about.get(node, {})
            whole = set(cell) == {RDF.first, RDF.rest} and all(len(o) == 1 for o in cell.values())
            if not whole or not self.nested(node) or node in cells:
                return None
            cells.add(node)
            members.append(cell[RDF.first][0])
            node = cell[RDF.rest][0]
        return members


def statements(triples: Iterable[Triple], first: str = "", prefix: str = "b") -> Statements:
    """Return triples in order: `first`, then the other IRIs, then blank nodes nothing leads to.

    `prefix` begins the label of each blank node: another for each graph of a file.
    """
    unordered = _grouped(triples)
    keys: dict[Node, str] = {}
    try:
        for node in unordered:
            if isinstance(node, BNode):
                _content(node, unordered, keys, set())
    except (_Loop, RecursionError):
        graph = Graph()
        for subject, predicates in unordered.items():
            for predicate, objects in predicates.items():
                for thing in objects:
                    graph.add((subject, predicate, thing))
        unordered = _grouped(to_canonical_graph(graph))
        keys = {node: str(node) for node in unordered if isinstance(node, BNode)}

    def place(node: Node) -> tuple[int, int, str, str]:
        if isinstance(node, Literal):
            rank = _LANGUAGES.get(node.language or "", 3)
            return 1, rank, str(node), str(node.datatype or node.language)
        if isinstance(node, BNode):
            return 2, 0, keys.get(node, ""), ""
        return 0, 0, str(node), ""

    uses = Counter(o for ps in unordered.values() for objects in ps.values() for o in objects)
    iris = (node for node in unordered if isinstance(node, URIRef))
    blank = sorted((node for node in unordered if isinstance(node, BNode)), key=place)
    top = URIRef(first)
    todo: list[Node] = sorted(iris, key=lambda iri: (iri != top, iri))
    todo += [*(node for node in blank if not uses[node]), *blank]
    todo.reverse()
    about: dict[Node, dict[URIRef, list[Node]]] = {}
    blank_objects: dict[Node, list[BNode]] = {}
    labels: dict[BNode, str] = {}
    while todo:
        node = todo.pop()
        if node in about or node not in unordered:
            continue
        if isinstance(node, BNode):
            labels[node] = f"{prefix}{len(labels)}"
        says = unordered[node]
        about[node] = {p: sorted(says[p], key=place) for p in sorted(says, key=_rank)}
        below = [o for objects in about[node].values() for o in objects if isinstance(o, BNode)]
        if below:
            blank_objects[node] = below
            todo += reversed(below)
    for node in uses:  # said nothing of
        if isinstance(node, BNode) and node not in labels:
            labels[node] = f"{prefix}{len(labels)}"
    return Statements(about, blank_objects, labels, uses)


def _rank(predicate: Node) -> tuple[int, str]:
    return _FIRST.get(str(predicate), len(_FIRST)), str(predicate)


def _grouped(triples: Iterable[Triple]) -> dict[Node, dict[URIRef, set[Node]]]:
    by_subject: dict[Node, dict[URIRef, set[Node]]] = {}
    for subject, predicate, thing in triples:
        assert isinstance(predicate, URIRef), predicate
        by_subject.setdefault(subject, {}).setdefault(predicate, set()).add(thing)
    return by_subject


def _content(
    node: BNode,
    unordered: dict[Node, dict[URIRef, set[Node]]],
    keys: dict[Node, str],
    above: set[Node],
) -> str:
    """Return the hash of what a blank node says, the blank nodes it leads to included."""
    if node in keys:
        return keys[node]
    if node in above:
        raise _Loop
    above.add(node)
    parts = []
    for predicate, objects in unordered.get(node, {}).items():
        for thing in objects:
            if isinstance(thing, BNode):
                thing = Literal(_content(thing, unordered, keys, above), datatype=_BLANK)
            parts.append(f"{predicate} {thing.n3()}")
    above.discard(node)
    keys[node] = hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()
    return keys[node]
