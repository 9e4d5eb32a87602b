"""The reference check of a description: pySHACL with our shapes, then the vocabulary."""

from __future__ import annotations

import pyshacl
from rdflib import RDF, RDFS, SH, Graph, URIRef
from rdflib.term import Node

from montages.description.description import Description
from montages.knowledge.compiled.answer_shapes import description_shapes
from montages.names import iris, slug
from montages.validation.findings import SEVERITY, Finding, Report, shape_message, with_sign
from montages.validation.vocabulary import (
    background,
    name_findings,
    value_meant,
    vocabulary,
    without_repeats,
)

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)


def check(description: Description) -> Report:
    """Return what the shapes and the vocabulary say of a description, gravest finding first."""
    graph = description.graph
    triples = ((str(s), str(p), str(o) if isinstance(o, URIRef) else None) for s, p, o in graph)
    shapes = description_shapes()
    _, results, _ = pyshacl.validate(graph + background(), shacl_graph=shapes, advanced=False)
    assert isinstance(results, Graph)
    nodes = results.subjects(RDF.type, SH.ValidationResult)
    of_shapes = [finding_of(results, node, shapes) for node in nodes]
    findings = without_repeats([*of_shapes, *name_findings(triples, vocabulary())])
    located = {finding.located(description.places) for finding in findings}
    counts = count_focus_nodes(shapes, graph, graph + background())
    return Report(tuple(sorted(located, key=Finding.key)), counts)


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
        message=message if value is None else with_sign(message, str(value)),
        accepted=accepted,
        suggestion=value_meant(str(path), str(value), accepted) if value is not None else None,
    )


def count_focus_nodes(shapes: Graph, graph: Graph, classes: Graph) -> dict[str, int]:
    """Return the number of nodes of a graph on which each shape with a target focuses, 0 included."""
    targeted = iris({s for target in _TARGETS for s in shapes.subjects(target, None)})
    return {slug(str(s)): len(_focus_nodes(s, shapes, graph, classes)) for s in targeted}


def _focus_nodes(shape: Node, shapes: Graph, graph: Graph, classes: Graph) -> set[Node]:
    nodes = {n for n in shapes.objects(shape, SH.targetNode) if _is_in(n, graph)}
    for target in shapes.objects(shape, SH.targetClass):
        for cls in classes.transitive_subjects(RDFS.subClassOf, target):
            nodes |= set(graph.subjects(RDF.type, cls))
    for target in shapes.objects(shape, SH.targetSubjectsOf):
        nodes |= set(graph.subjects(target, None))
    for target in shapes.objects(shape, SH.targetObjectsOf):
        nodes |= set(graph.objects(None, target))
    return nodes


def _is_in(node: Node, graph: Graph) -> bool:
    return (node, None, None) in graph or (None, None, node) in graph
