"""The pages of what the ontology is made of: modules with their drawing, terms, shapes, compiled classes.

A module shows its terms by family: classes, properties, notions, individuals.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.names import MODULE, MTG, compact, iris, slug
from montages.publish.linked_data.diagram import diagram, drawable
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.render_term import Fact, RenderedTerm, facts, render_term

_MOST_MEMBERS = 150
# The families of what a module describes, each with its kinds; whatever has no such kind is an individual.
_FAMILIES = (
    (
        Text("Classes", "Classes"),
        {OWL.Class: Text("Classes", "Classes"), RDFS.Datatype: Text("Types", "Datatypes")},
    ),
    (
        Text("Propriétés", "Properties"),
        {
            OWL.ObjectProperty: Text("Vers une chose", "Leading to a thing"),
            OWL.DatatypeProperty: Text("Vers une valeur", "Leading to a value"),
            OWL.AnnotationProperty: Text("Annotations", "Annotations"),
            RDF.Property: Text("Vers une chose ou une valeur", "Leading to a thing or a value"),
        },
    ),
    (
        Text("Notions", "Concepts"),
        {
            SKOS.ConceptScheme: Text("Listes de notions", "Concept schemes"),
            SKOS.Concept: Text("Notions", "Concepts"),
        },
    ),
    (
        Text("Contrôles", "Shapes"),
        {
            SH.NodeShape: Text("Sur une chose", "On a thing"),
            SH.PropertyShape: Text("Sur une propriété", "On a property"),
        },
    ),
)
_INDIVIDUALS = Text("Individus", "Individuals")


@dataclass(frozen=True)
class Member:
    """A thing that a module describes: its name and page, its short identifier, its definition."""

    link: Link
    code: str
    definition: str


@dataclass(frozen=True)
class MemberKind:
    """The things of one kind: what the kind is called, the first of them, how many there are."""

    title: str
    members: Sequence[Member]
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


def module_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a module shows; a release shows what its module does."""
    name = iri.removeprefix(str(MODULE)).split("/")[0]
    own = iri if iri in context.graphs else str(MODULE[name])
    graph = context.graphs.get(own)
    if graph is None:
        raise LookupError(iri)
    ref = URIRef(own)
    members = [s for s in iris(set(graph.subjects(RDF.type))) if s != ref and "#" not in s]
    return {
        "families": _families(members, own, context),
        "imports": context.links(graph.objects(ref, OWL.imports)),
        "importing": context.links(context.graph.subjects(OWL.imports, ref)),
        "diagram": slug(own),
        "drawing": module_drawing(own, context, styled=False),
        "triples": len(graph),
        "version": str(graph.value(ref, OWL.versionInfo) or ""),
    }


def module_drawing(module: str, context: PageContext, styled: bool) -> Markup | None:
    """Return the diagram of a module, None where there is nothing to draw."""
    graph = context.graphs[module]
    if "/compiled/" in module or not drawable(graph):
        return None

    def address(term: str) -> str | None:
        return context.link(term).href

    def name(term: str) -> str:
        return context.labels.name(term, context.lang)

    drawn = diagram(graph, module, context.lang, name, address, styled)
    return Markup(drawn)  # noqa: S704  # the diagram escapes every text itself


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
            listed = [
                Member(context.link(t), compact(t), context.about(str(t)))
                for t in things[:_MOST_MEMBERS]
            ]
            listed.sort(key=lambda member: (member.link.key, member.code))
            yield MemberKind(name[context.lang], listed, len(things))


_MOST_THINGS = 24
_ABOVE_TABLE = frozenset({SH.message, SH.name, SH.severity, SH.property, SH.path})
_OF = (MTG.outcomeOf, MTG.statusOf)
_SAYS = (MTG.outcome, MTG.status)
_MOST_CLASSES = 40


def term_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a class or a property shows."""
    graph, ref = context.graph, URIRef(iri)
    is_class = (ref, RDF.type, OWL.Class) in graph
    up = RDFS.subClassOf if is_class else RDFS.subPropertyOf
    things = iris(graph.subjects(RDF.type, ref)) if is_class else []
    return {
        "is_class": is_class,
        "ancestors": _ancestors(ref, up, context),
        "below": context.links(iris(graph.subjects(up, ref))),
        "domain": context.links(iris(graph.objects(ref, RDFS.domain))),
        "range": context.links(iris(graph.objects(ref, RDFS.range))),
        "inverse": context.links(
            {*iris(graph.objects(ref, OWL.inverseOf)), *iris(graph.subjects(OWL.inverseOf, ref))}
        ),
        "properties": context.links(iris(graph.subjects(RDFS.domain, ref))),
        "leading": context.links(iris(graph.subjects(RDFS.range, ref))),
        "shapes": _shapes_about(ref, context),
        "things": context.links(things)[:_MOST_THINGS],
        "things_count": len(things),
    }


def _ancestors(ref: URIRef, up: URIRef, context: PageContext) -> list[list[Link]]:
    """Return the lines from the most general term down to this one, itself left out."""
    graph = context.graph
    lines, done = [[ref]], []
    while lines:
        line = lines.pop()
        parents = [p for p in iris(graph.objects(line[0], up)) if p not in line]
        if parents:
            lines += [[p, *line] for p in parents]
        elif len(line) > 1:
            done.append([context.link(t) for t in line[:-1]])
    return done


def _shapes_about(ref: URIRef, context: PageContext) -> list[Link]:
    """Return the shapes that target a class or check a property, generated ones left to the list."""
    graph = context.graph
    predicates = (SH.targetClass, SH.path, SH.targetSubjectsOf, SH.targetObjectsOf, SH["class"])
    return context.links({s for p in predicates for s in iris(graph.subjects(p, ref))})


def shape_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a shape shows."""
    ref = URIRef(iri)
    graph = context.graph
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    constraints = facts(ref, graph, context, without=frozenset({*_ABOVE_TABLE, *targets}))
    path = graph.value(ref, SH.path)
    return {
        "message": context.labels.text(iri, SH.message, context.lang),
        "severity": context.links(graph.objects(ref, SH.severity)),
        "targets": [
            (context.link(p), context.links(iris(graph.objects(ref, p))))
            for p in targets
            if (ref, p, None) in graph
        ],
        "path": render_term(path, graph, context) if path is not None else None,
        "constraints": [c for c in constraints if not _is_type(c)],
        "parts": context.links(iris(graph.objects(ref, SH.property))),
        "within": context.links(_containing_shapes(ref, graph)),
    }


def _is_type(fact: Fact) -> bool:
    return fact.term.href is not None and fact.term.href.endswith("#type")


def _containing_shapes(ref: URIRef, graph: Graph) -> list[Node]:
    return [s for p in (SH.property, SH.node) for s in iris(graph.subjects(p, ref))]


def compiled_class_values(iri: str, context: PageContext) -> dict[str, Any]:
    """Return what the page of a compiled class shows, under today's law or the last that knew it."""
    ref = URIRef(iri)
    graph = _compiled_graph(ref, context)
    above = iris(graph.objects(ref, RDFS.subClassOf))
    return {
        "of": context.links(o for p in _OF for o in graph.objects(ref, p)),
        "conclusions": context.links(o for p in _SAYS for o in graph.objects(ref, p)),
        "follows": context.links(above)[:_MOST_CLASSES],
        "ways": _ways(ref, graph, context)[:_MOST_CLASSES],
        "others": context.links(iris(graph.subjects(RDFS.subClassOf, ref)))[:_MOST_CLASSES],
        "periods": context.links(
            URIRef(name)
            for name, compiled in context.graphs.items()
            if "/compiled/" in name and (ref, None, None) in compiled
        ),
    }


def _ways(ref: URIRef, graph: Graph, context: PageContext) -> list[RenderedTerm]:
    """Return what makes something be in a class."""
    ways = [render_term(node, graph, context) for node in graph.subjects(RDFS.subClassOf, ref)]
    return sorted(ways, key=lambda way: way.key)


def _compiled_graph(ref: URIRef, context: PageContext) -> Graph:
    """Return the default graph, else the last of the compiled graphs that know the class."""
    if (ref, None, None) in context.graph:
        return context.graph
    graphs = [g for name, g in sorted(context.graphs.items()) if (ref, None, None) in g]
    return graphs[-1] if graphs else context.graph
