"""The page of a module: its drawing, and its terms by family: classes, properties, notions, individuals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from montages.bilingual import Text
from montages.names import MODULE, compact, iris, slug
from montages.publish.linked_data.diagram import diagram, drawable
from montages.web.pages.page_context import Link, PageContext

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
        "drawing": drawing(own, context, styled=False),
        "triples": len(graph),
        "version": str(graph.value(ref, OWL.versionInfo) or ""),
    }


def drawing(module: str, context: PageContext, styled: bool) -> Markup | None:
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
