"""Check a description: the shapes, then the terms no shape can know are misspelt."""

from __future__ import annotations

from functools import cache

import pyshacl
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from montages.decision.description import Description, part
from montages.decision.findings import SEVERITY, Finding, Report
from montages.decision.spelling import meant
from montages.decision.vocabulary import RESERVED, misspellings, names, reserved
from montages.knowledge import library
from montages.knowledge.answer_shapes import description_shapes
from montages.knowledge.model import Text
from montages.names import MTG, iris, slug

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def check(description: Description) -> Report:
    """Return what the shapes and the vocabulary say of a description, gravest finding first."""
    graph = part(description)
    findings = [*_shacl(graph), *_vocabulary(graph)]
    located = [finding.located(description.places) for finding in findings]
    return Report(tuple(sorted(set(located), key=Finding.key)), looked_at(graph))


@cache
def background() -> Graph:
    """Return what shapes need to know beside the description: classes, and what each thing is."""
    graph = Graph()
    for triple in library.ontology().triples((None, RDFS.subClassOf, None)):
        if isinstance(triple[2], URIRef):
            graph.add(triple)
    for s, p, o in library.data():
        if p in (RDF.type, SKOS.inScheme, MTG.group) and isinstance(s, URIRef):
            graph.add((s, p, o))
    return graph


def _shacl(graph: Graph) -> list[Finding]:
    shapes = description_shapes()
    _, results, _ = pyshacl.validate(graph + background(), shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    found = results.subjects(RDF.type, SH.ValidationResult)
    return [finding_of(results, node, shapes) for node in found]


def finding_of(results: Graph, node: Node, shapes: Graph) -> Finding:
    """Return one result of a SHACL validation as a finding; its messages are those of its shape."""
    shape = results.value(node, SH.sourceShape)
    message, accepted = told(shapes, shape)
    value = results.value(node, SH.value)
    path = results.value(node, SH.resultPath)
    return Finding(
        severity=SEVERITY.get(str(results.value(node, SH.resultSeverity)), "violation"),
        constraint=str(shape),
        focus=str(results.value(node, SH.focusNode)),
        path=str(path) if isinstance(path, URIRef) else "",
        value="" if value is None else str(value),
        message=message,
        accepted=accepted,
        suggestion=meant(slug(str(value)), accepted) if accepted and value is not None else None,
    )


def told(shapes: Graph, shape: Node | None) -> tuple[Text, tuple[str, ...]]:
    """Return the message of a shape in both languages, and the values it lists."""
    # Not sh:resultMessage: pySHACL drops its language when the constraint is a query.
    said = shapes.objects(shape, SH.message)
    messages = {m.language: str(m) for m in said if isinstance(m, Literal)}
    some = next(iter(messages.values()), "")
    listed = shapes.value(shape, SH["in"])
    accepted = [slug(str(v)) for v in Collection(shapes, listed)] if listed is not None else []
    return Text(messages.get("fr", some), messages.get("en", some)), tuple(accepted)


def _vocabulary(graph: Graph) -> list[Finding]:
    known = names()
    findings = [reserved(str(node)) for node in iris(set(graph.subjects())) if RESERVED in node]
    for s, p, o in graph:
        findings += misspellings(str(s), str(p), str(o) if isinstance(o, URIRef) else None, known)
    return findings


def looked_at(graph: Graph) -> dict[str, int]:
    """Return how many nodes each targeted shape looks at, shapes that look at none included."""
    shapes, counts = description_shapes(), {}
    known = graph + background()
    for shape in {s for target in TARGETS for s in shapes.subjects(target, None)}:
        counts[slug(str(shape))] = len(looked_at_by(shape, graph, known, shapes))
    return counts


def looked_at_by(shape: Node, graph: Graph, known: Graph, shapes: Graph) -> set[Node]:
    """Return the nodes of a graph that the classes and properties a shape targets make it look at."""
    nodes: set[Node] = set()
    for target in shapes.objects(shape, SH.targetClass):
        for cls in known.transitive_subjects(RDFS.subClassOf, target):
            nodes |= set(graph.subjects(RDF.type, cls))
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        nodes |= set(graph.subjects(target, None))
    for target in shapes.objects(shape, SH.targetObjectsOf):
        nodes |= set(graph.objects(None, target))
    return nodes
