"""The pages of what the ontology is made of: modules with their terms, shapes, compiled classes.

A module shows its terms by family: classes, properties, notions, individuals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from montages.bilingual import Text, message
from montages.knowledge.compiled.owl_compiler import CLASSES
from montages.names import MODULE, MTG, iris, slug
from montages.web.pages.graph_node import GraphNode
from montages.web.pages.page_context import STATIC, Link, PageContext
from montages.web.pages.things.render_term import facts, render_term

_MOST_MEMBERS = 150
# The families of what a module describes, each with its kinds; whatever has no such kind is an individual.
_FAMILIES = (
    (message("Classes"), {OWL.Class: message("Classes"), RDFS.Datatype: message("Datatypes")}),
    (
        message("Properties"),
        {
            OWL.ObjectProperty: message("Leading to a thing"),
            OWL.DatatypeProperty: message("Leading to a value"),
            OWL.AnnotationProperty: message("Annotations"),
            RDF.Property: message("Leading to a thing or a value"),
        },
    ),
    (
        message("Concepts"),
        {SKOS.ConceptScheme: message("Concept schemes"), SKOS.Concept: message("Concepts")},
    ),
    (
        message("Shapes", context="what descriptions are checked by"),
        {SH.NodeShape: message("On a thing"), SH.PropertyShape: message("On a property")},
    ),
)
_INDIVIDUALS = message("Individuals")


@dataclass(frozen=True)
class MemberKind:
    """The things of one kind: what the kind is called, the first of them, how many there are."""

    title: str
    members: Sequence[GraphNode]
    count: int


@dataclass(frozen=True)
class Family:
    """The kinds of one family, and how many things they have together."""

    title: str
    kinds: Sequence[MemberKind]

    @property
    def count(self) -> int:
        """Return how many things the family has."""
        return sum(kind.count for kind in self.kinds)


def module_values(thing: GraphNode) -> dict[str, Any]:
    """Return what the page of a module shows; a release shows what its module does."""
    iri, context = thing.iri, thing.context
    name = iri.removeprefix(str(MODULE)).split("/")[0]
    own = iri if iri in context.graphs else str(MODULE[name])
    graph = context.graphs[own]
    ref = URIRef(own)
    members = [s for s in iris(set(graph.subjects(RDF.type))) if s != ref and "#" not in s]
    used = set(re.findall(r"\bmtg:(\w+)", _example()))
    has_example = any(member.startswith(MTG) and slug(member) in used for member in members)
    return {
        "module": GraphNode(ref, context, graph),
        "families": _families(members, own, context),
        "importing": GraphNode(ref, context).links_from("owl:imports"),
        "example": _example() if has_example else None,
    }


@cache
def _example() -> str:
    """Return the description in twenty lines, which the README of the ontology shows."""
    return (STATIC / "description.ttl").read_text("utf-8")


def _families(members: Sequence[URIRef], own: str, context: PageContext) -> list[Family]:
    """Return the things of a module by family and by kind, terms first; empty families left out."""
    graph = context.graphs[own]
    by_kind: dict[URIRef, list[URIRef]] = {}
    for member in members:
        by_kind.setdefault(iris(graph.objects(member, RDF.type))[0], []).append(member)
    families = [
        Family(title[context.lang], list(_kinds(names, by_kind, context)))
        for title, names in _FAMILIES
    ]
    own_classes = {
        kind: Text(*(context.labels.name(str(kind), lang) for lang in ("fr", "en")))
        for kind in sorted(by_kind)
    }
    families.append(Family(_INDIVIDUALS[context.lang], list(_kinds(own_classes, by_kind, context))))
    return [family for family in families if family.kinds]


def _kinds(
    names: dict[URIRef, Text], by_kind: dict[URIRef, list[URIRef]], context: PageContext
) -> Iterator[MemberKind]:
    """Yield the kinds of a family that have things, and take these out of `by_kind`."""
    for kind, name in names.items():
        if things := by_kind.pop(kind, None):
            listed = [GraphNode(t, context) for t in things[:_MOST_MEMBERS]]
            listed.sort(key=lambda member: (member.link.key, member.code))
            yield MemberKind(name[context.lang], listed, len(things))


# What a page of a shape says above the table of what it checks.
_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
_ABOVE_TABLE = frozenset({SH.message, SH.name, SH.severity, SH.property, SH.path, *_TARGETS})


def term_values(term: GraphNode) -> dict[str, Any]:
    """Return whether a term is a class, and the lines from the most general terms down to it."""
    is_class = (term.node, RDF.type, OWL.Class) in term.graph
    return {"is_class": is_class, "ancestors": _ancestors(URIRef(term.iri), is_class, term.context)}


def _ancestors(ref: URIRef, is_class: bool, context: PageContext) -> list[list[Link]]:
    """Return the lines from the most general term down to this one, itself left out."""
    up = RDFS.subClassOf if is_class else RDFS.subPropertyOf
    lines, done = [[ref]], []
    while lines:
        line = lines.pop()
        parents = [p for p in iris(context.graph.objects(line[0], up)) if p not in line]
        if parents:
            lines += [[p, *line] for p in parents]
        elif len(line) > 1:
            done.append([context.link(t) for t in line[:-1]])
    return done


def shape_values(shape: GraphNode) -> dict[str, Any]:
    """Return the path of a shape and what it checks there."""
    graph, context = shape.graph, shape.context
    constraints = facts(shape.node, graph, context, without=_ABOVE_TABLE)
    path = graph.value(shape.node, SH.path)
    return {
        "path": render_term(path, graph, context) if path is not None else None,
        "constraints": [c for c in constraints if not (c.term.href or "").endswith("#type")],
    }


def compiled_class_values(thing: GraphNode) -> dict[str, Any]:
    """Return a compiled class under today's law, or the last that knew it, its periods, what leads in."""
    ref, context = thing.node, thing.context
    known = context.state.documents.rules_about(ref)
    graph = context.graph
    if known and known.keys().isdisjoint(context.state.dataset.default_graphs()):
        graph = Graph() + context.graphs[str(CLASSES)] + known[max(known)]
    ways = [render_term(node, graph, context) for node in graph.subjects(RDFS.subClassOf, ref)]
    return {
        "compiled": GraphNode(ref, context, graph),
        "ways": sorted(ways, key=lambda way: way.key),
        "periods": context.links(map(URIRef, known)),
    }
