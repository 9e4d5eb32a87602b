"""The page of a term of the ontology: where it stands, what it applies to, which shapes speak of it."""

from __future__ import annotations

from typing import Any

from rdflib import OWL, RDF, RDFS, SH, URIRef

from montages.names import iris
from montages.web.pages.frame import Frame, Link

_FEW = 24


def make(iri: str, frame: Frame) -> dict[str, Any]:
    """Return what the page of a class or a property shows."""
    graph, ref = frame.graph, URIRef(iri)
    is_class = (ref, RDF.type, OWL.Class) in graph
    up = RDFS.subClassOf if is_class else RDFS.subPropertyOf
    things = iris(graph.subjects(RDF.type, ref)) if is_class else []
    return {
        "is_class": is_class,
        "ancestors": _ancestors(ref, up, frame),
        "below": frame.links(iris(graph.subjects(up, ref))),
        "domain": frame.links(iris(graph.objects(ref, RDFS.domain))),
        "range": frame.links(iris(graph.objects(ref, RDFS.range))),
        "inverse": frame.links(
            {*iris(graph.objects(ref, OWL.inverseOf)), *iris(graph.subjects(OWL.inverseOf, ref))}
        ),
        "properties": frame.links(iris(graph.subjects(RDFS.domain, ref))),
        "leading": frame.links(iris(graph.subjects(RDFS.range, ref))),
        "shapes": _shapes(ref, frame),
        "things": frame.links(things)[:_FEW],
        "things_count": len(things),
    }


def _ancestors(ref: URIRef, up: URIRef, frame: Frame) -> list[list[Link]]:
    """Return the lines from the most general term down to this one, itself left out."""
    graph = frame.graph
    lines, done = [[ref]], []
    while lines:
        line = lines.pop()
        parents = [p for p in iris(graph.objects(line[0], up)) if p not in line]
        if parents:
            lines += [[p, *line] for p in parents]
        elif len(line) > 1:
            done.append([frame.link(t) for t in line[:-1]])
    return done


def _shapes(ref: URIRef, frame: Frame) -> list[Link]:
    """Return the shapes that target a class or check a property, generated ones left to the list."""
    graph = frame.graph
    predicates = (SH.targetClass, SH.path, SH.targetSubjectsOf, SH.targetObjectsOf, SH["class"])
    return frame.links({s for p in predicates for s in iris(graph.subjects(p, ref))})
