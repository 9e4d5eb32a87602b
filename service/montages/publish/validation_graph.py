"""The report of a validation as a sh:ValidationReport: each result in both languages, with its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import RDF, RDFS, SH, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.names import SHAPE
from montages.publish.text.messages import phrase
from montages.publish.text.typography import quoted
from montages.validation.findings import Finding
from montages.validation.validate_text import KNOWN_KEYS, NOTHING_CHECKED

# EARL and Pointers in RDF tell where in a text, DASH what to write instead, DQV how much was looked at.
EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
DASH = Namespace("http://datashapes.org/dash#")
DQV = Namespace("http://www.w3.org/ns/dqv#")
_SEVERITY = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
_UNLISTED = str(SHAPE["Description-knownTerms"])
# How SHACL names what a parameter of a shape checks; where a shape has several, the first of these is told.
_COMPONENTS = (
    "minCount", "maxCount", "class", "datatype", "nodeKind", "in", "hasValue", "or", "xone", "not", "and",
    "node", "sparql", "pattern", "minLength", "maxLength", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "uniqueLang", "languageIn", "lessThan", "lessThanOrEquals", "equals", "disjoint",
    "closed", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShape",
)  # fmt: skip


def validation_graph(findings: Iterable[Finding], looked_at: Mapping[str, int]) -> Graph:
    """Return a sh:ValidationReport of findings; of each shape of `looked_at`, how many nodes it looked at."""
    graph = Graph()
    top = BNode()
    results = [_result(graph, finding) for finding in findings]
    graph.add((top, RDF.type, SH.ValidationReport))
    # W3C: a report conforms when it has no result, whatever the severity.
    graph.add((top, SH.conforms, Literal(not results)))
    for result in results:
        graph.add((top, SH.result, result))
    for shape, number in looked_at.items():
        measure = BNode()
        graph.add((top, DQV.hasQualityMeasurement, measure))
        graph.add((measure, RDF.type, DQV.QualityMeasurement))
        graph.add((measure, DQV.isMeasurementOf, SHAPE[shape]))
        graph.add((measure, DQV.value, Literal(number, datatype=XSD.integer)))
    return graph


def _result(graph: Graph, finding: Finding) -> BNode:
    result = BNode()
    statements: list[tuple[URIRef, Node]] = [
        (RDF.type, SH.ValidationResult),
        (SH.focusNode, _node(finding.focus)),
        (SH.resultSeverity, _SEVERITY[finding.severity]),
        (SH.sourceConstraintComponent, _component(finding)),
        (SH.sourceShape, URIRef(finding.constraint)),
    ]
    statements += [
        (SH.resultMessage, Literal(finding.message[lang], lang=lang)) for lang in ("fr", "en")
    ]
    if finding.path:
        statements.append((SH.resultPath, URIRef(finding.path)))
    if finding.value:
        statements.append((SH.value, _node(finding.value)))
    for predicate, value in statements:
        graph.add((result, predicate, value))
    lines = [(finding.line, finding.column)] if finding.line else []
    for line, column in (
        *lines,
        *((place.line, place.column) for place in finding.related if place.line),
    ):
        place = BNode()
        graph.add((result, EARL.pointer, place))
        graph.add((place, RDF.type, PTR.LineCharPointer))
        graph.add((place, PTR.lineNumber, Literal(line)))
        graph.add((place, PTR.charNumber, Literal(column)))
    if finding.where:
        pointer = BNode()
        graph.add((result, EARL.pointer, pointer))
        graph.add((pointer, RDF.type, PTR.ExpressionPointer))
        graph.add((pointer, PTR.expression, Literal(finding.where)))
    if finding.suggestion:
        hint = BNode()
        graph.add((result, DASH.suggestion, hint))
        for lang in ("fr", "en"):
            mark = " ?" if lang == "fr" else "?"
            words = f"{phrase('did-you-mean', lang)} {quoted(finding.suggestion, lang)}{mark}"
            graph.add((hint, RDFS.label, Literal(words, lang=lang)))
    return result


def _node(name: str) -> Node:
    """Return a node by its text: a finding no longer tells an IRI from a text that looks like one."""
    plain_iri = name.partition(":")[1] and not any(c in name for c in ' <>"{}|\\^`\n\t\r')
    return (
        URIRef(name)
        if plain_iri and name.startswith(("http://", "https://", "urn:"))
        else Literal(name)
    )


def _component(finding: Finding) -> URIRef:
    if finding.constraint in (_UNLISTED, NOTHING_CHECKED, KNOWN_KEYS):
        component = {_UNLISTED: "In", NOTHING_CHECKED: "MinCount", KNOWN_KEYS: "Closed"}[
            finding.constraint
        ]
        return SH[f"{component}ConstraintComponent"]
    shape = URIRef(finding.constraint)
    for graph in (library.shapes(), answer_shapes()):
        told_of = set(graph.predicates(shape))
        for name in _COMPONENTS:
            # A value is there to be shown: what is missing is another matter.
            if SH[name] in told_of and not (name == "minCount" and finding.value):
                word = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
                return SH[f"{word}ConstraintComponent"]
    return SH.NodeConstraintComponent
