"""The pages of what the ontology is made of: terms, shapes, compiled classes."""

from __future__ import annotations

from typing import Any

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from montages.names import MTG, iris
from montages.web.pages.page_context import Link, PageContext
from montages.web.pages.things.render_term import Fact, RenderedTerm, facts, render_term

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
