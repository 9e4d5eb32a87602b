"""The reference check of a description: pySHACL with our shapes, then the vocabulary."""

from __future__ import annotations

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from montages.description.description import Description
from montages.knowledge.compiled.answer_shapes import description_shapes
from montages.names import iris, slug
from montages.validation.findings import SEVERITY, Finding, Report, shape_message
from montages.validation.vocabulary import (
    RESERVED,
    UnknownNames,
    background,
    reserved,
    value_meant,
    vocabulary,
    without_repeats,
)

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def check(description: Description) -> Report:
    """Return what the shapes and the vocabulary say of a description, gravest finding first."""
    graph = description.graph
    findings = without_repeats([*_shacl(graph), *_vocabulary(graph)])
    located = [finding.located(description.places) for finding in findings]
    return Report(tuple(sorted(set(located), key=Finding.key)), count_focus_nodes(graph))


def _shacl(graph: Graph) -> list[Finding]:
    shapes = description_shapes()
    _, results, _ = pyshacl.validate(graph + background(), shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    nodes = results.subjects(RDF.type, SH.ValidationResult)
    return [finding_of(results, node, shapes) for node in nodes]


def finding_of(results: Graph, node: Node, shapes: Graph) -> Finding:
    """Return one result of a SHACL validation as a finding; its messages are those of its shape."""
    shape = results.value(node, SH.sourceShape)
    message, accepted = shape_message(shapes, shape)
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
        suggestion=value_meant(str(path), str(value), accepted) if value is not None else None,
    )


def _vocabulary(graph: Graph) -> list[Finding]:
    unknown = UnknownNames(vocabulary())
    findings = [reserved(str(node)) for node in iris(set(graph.subjects())) if RESERVED in node]
    for s, p, o in graph:
        findings += unknown.findings(str(s), str(p), str(o) if isinstance(o, URIRef) else None)
    return findings


def count_focus_nodes(graph: Graph) -> dict[str, int]:
    """Return the number of focus nodes of each shape with a target, 0 included."""
    shapes, counts = description_shapes(), {}
    with_background = graph + background()
    for shape in {s for target in TARGETS for s in shapes.subjects(target, None)}:
        counts[slug(str(shape))] = len(focus_nodes(shape, graph, with_background, shapes))
    return counts


def focus_nodes(shape: Node, graph: Graph, with_background: Graph, shapes: Graph) -> set[Node]:
    """Return the nodes of a graph on which a shape focuses by its target classes and properties."""
    nodes: set[Node] = set()
    for target in shapes.objects(shape, SH.targetClass):
        for cls in with_background.transitive_subjects(RDFS.subClassOf, target):
            nodes |= set(graph.subjects(RDF.type, cls))
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        nodes |= set(graph.subjects(target, None))
    for target in shapes.objects(shape, SH.targetObjectsOf):
        nodes |= set(graph.objects(None, target))
    return nodes
