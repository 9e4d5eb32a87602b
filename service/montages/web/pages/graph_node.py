"""A thing of the graph as templates read it: its name and texts, what it leads to, what leads to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDF, Graph, Literal, URIRef
from rdflib.term import Node

from montages.names import MTG, PREFIXES, VOCABULARIES, compact, iris, slug
from montages.web.pages.page_context import Link, PageContext

# A property by its name: `displayOrder` is one of ours, `skos:inScheme` one of another vocabulary.
Property = str | URIRef


@dataclass(frozen=True)
class GraphNode:
    """A node of the graph of a page, or of another graph that it is looked at within."""

    node: Node
    context: PageContext
    within: Graph | None = None

    @property
    def graph(self) -> Graph:
        """Return the graph that speaks of the node."""
        return self.context.graph if self.within is None else self.within

    @property
    def iri(self) -> str:
        """Return the node as text."""
        return str(self.node)

    @property
    def code(self) -> str:
        """Return its short identifier."""
        return compact(self.iri)

    @property
    def slug(self) -> str:
        """Return the end of its IRI."""
        return slug(self.iri)

    @property
    def anchor(self) -> str:
        """Return the part of its IRI after the number sign, empty where there is none."""
        return self.iri.partition("#")[2]

    @property
    def link(self) -> Link:
        """Return its name and its page."""
        return self.context.link(self.node)

    @property
    def definition(self) -> str:
        """Return its definition, empty where it has none."""
        return self.context.about(self.iri)

    def links(self, *names: Property) -> list[Link]:
        """Return the things that it leads to by some properties, by name."""
        return self.context.links(dict.fromkeys(iris(self._objects(names))))

    def links_from(self, *names: Property) -> list[Link]:
        """Return the things that lead to it by some properties, by name."""
        return self.context.links(dict.fromkeys(iris(self._subjects(names))))

    def projects(self, *names: Property) -> list[Link]:
        """Return the projects of which a part, or the whole, leads to it by some properties."""
        wholes = {URIRef(str(part).partition("#")[0]) for part in self._subjects(names)}
        return self.context.links(w for w in wholes if (w, RDF.type, MTG.Project) in self.graph)

    def nodes(self, name: Property, *by: Property) -> list[GraphNode]:
        """Return what it leads to by a property, in the order given, or by what `by` leads to from there."""
        return self._ordered(self._objects((name,)), by)

    def nodes_from(self, name: Property, *by: Property) -> list[GraphNode]:
        """Return what leads to it by a property, ordered likewise."""
        return self._ordered(self._subjects((name,)), by)

    def value(self, name: Property) -> Any:
        """Return the value of a property, None where it has none."""
        value = self.graph.value(self.node, _property(name, self.context))
        return value.toPython() if isinstance(value, Literal) else value

    def text(self, name: Property) -> str:
        """Return a text in the language of the reader, empty where it has none."""
        return self.context.labels.text(self.node, _property(name, self.context), self.context.lang)

    def texts(self, name: Property) -> list[str]:
        """Return all texts of a property that are in the language of the reader."""
        values = self._objects((name,))
        return sorted(
            str(v) for v in values if isinstance(v, Literal) and v.language == self.context.lang
        )

    def _objects(self, names: Iterable[Property]) -> Iterator[Node]:
        for name in names:
            yield from self.graph.objects(self.node, _property(name, self.context))

    def _subjects(self, names: Iterable[Property]) -> Iterator[Node]:
        for name in names:
            yield from self.graph.subjects(_property(name, self.context), self.node)

    def _ordered(self, nodes: Iterable[Node], by: tuple[Property, ...]) -> list[GraphNode]:
        ordered = [GraphNode(node, self.context, self.within) for node in sorted(nodes, key=str)]
        if by:
            return sorted(
                ordered, key=lambda node: [k.key for name in by for k in node.links(name)]
            )
        return sorted(ordered, key=lambda node: self.context.rank(node.node))


def node_named(name: str, context: PageContext) -> GraphNode:
    """Return the thing with a compact name: `layer:objects`."""
    return GraphNode(_iri(name), context)


def instances(rdf_class: URIRef, context: PageContext) -> list[GraphNode]:
    """Return the things of a class, in the order given."""
    things = iris(context.graph.subjects(RDF.type, rdf_class))
    return [GraphNode(thing, context) for thing in sorted(things, key=context.rank)]


def _property(name: Property, context: PageContext) -> URIRef:
    """Return a property by its name; raises LookupError for one of ours that does not exist."""
    iri = name if isinstance(name, URIRef) else _iri(name)
    if iri.startswith(str(MTG)) and str(iri) not in context.state.things:
        raise LookupError(f"No property {iri}")
    return iri


@cache
def _iri(name: str) -> URIRef:
    prefix, _, local = name.rpartition(":")
    return URIRef(f"{(VOCABULARIES | PREFIXES)[prefix or 'mtg']}{local}")
