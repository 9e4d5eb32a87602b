"""The page of a module: what it defines, what it imports, its diagram."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup
from rdflib import OWL, RDF, SH, URIRef

from montages.names import MODULE, iris, slug
from montages.publish.diagram import diagram, drawable
from montages.web.pages.frame import Frame, Link

_CLASSES = (OWL.Class,)
_PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty, RDF.Property)
_FEW = 150


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a module shows; a release shows what its module does."""
    name = iri.removeprefix(str(MODULE)).split("/")[0]
    own = iri if iri in frame.graphs else str(MODULE[name])
    graph = frame.graphs.get(own)
    if graph is None:
        raise LookupError(iri)
    ref = URIRef(own)
    members = [s for s in iris(set(graph.subjects(RDF.type))) if s != ref and "#" not in s]
    return {
        "members": _groups(members, own, frame),
        "imports": frame.links(graph.objects(ref, OWL.imports)),
        "importing": frame.links(frame.graph.subjects(OWL.imports, ref)),
        "diagram": slug(own),
        "drawing": drawing(own, frame, styled=False),
        "triples": len(graph),
        "version": str(graph.value(ref, OWL.versionInfo) or ""),
    }


def drawing(module: str, frame: Frame, styled: bool) -> Markup | None:
    """Return the diagram of a module, None where there is nothing to draw."""
    graph = frame.graphs[module]
    if "/compiled/" in module or not drawable(graph, module):
        return None

    def address(term: str) -> str | None:
        return frame.link(term).href

    def name(term: str) -> str:
        return frame.labels.name(term, frame.lang)

    drawn = diagram(graph, module, frame.lang, name, address, styled)
    return Markup(drawn)  # noqa: S704  # the diagram escapes every text itself


def _groups(
    members: Sequence[URIRef], own: str, frame: Frame
) -> list[tuple[Link, list[Link], int]]:
    """Return the things of a module under their kinds, terms first."""
    graph = frame.graphs[own]
    groups: dict[URIRef, list[URIRef]] = {}
    for member in members:
        kinds = iris(graph.objects(member, RDF.type))
        groups.setdefault(kinds[0], []).append(member)
    first = (*_CLASSES, *_PROPERTIES, SH.NodeShape)
    order = sorted(groups, key=lambda k: (first.index(k) if k in first else 99, str(k)))
    return [(frame.link(k), frame.links(groups[k][:_FEW]), len(groups[k])) for k in order]
