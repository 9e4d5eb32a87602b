"""The report of a validation in each of its forms: JSON, RDF, CSV, text; HTML is a page of the service."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.names import SHAPE
from montages.publish.text.findings_text import report_text
from montages.publish.text.messages import phrase
from montages.publish.text.typeset import plain
from montages.publish.text.typography import quoted
from montages.validation.findings import LEVELS, Finding
from montages.validation.validate_text import KNOWN_KEYS, NOTHING_CHECKED, TextReport

# EARL and Pointers in RDF tell where in a text, DASH what to write instead.
EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
DASH = Namespace("http://datashapes.org/dash#")
COLUMNS = (
    "severity", "focus", "path", "value", "message", "accepted", "suggestion", "pointer", "line", "column",
    "constraint",
)  # fmt: skip
_SEVERITY = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
_UNLISTED = str(SHAPE["Description-knownTerms"])
# How SHACL names what a parameter of a shape checks; where a shape has several, the first of these is told.
_COMPONENTS = (
    "minCount", "maxCount", "class", "datatype", "nodeKind", "in", "hasValue", "or", "xone", "not", "and",
    "node", "sparql", "pattern", "minLength", "maxLength", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "uniqueLang", "languageIn", "lessThan", "lessThanOrEquals", "equals", "disjoint",
    "closed", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShape",
)  # fmt: skip


@dataclass(frozen=True)
class Validation:
    """What was examined, against which shapes, and the level at which it fails."""

    examined: TextReport
    shapes: str
    fail_on: str
    version: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, gravest first."""
        return self.examined.report.findings

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation."""
        return self.examined.report.conforms()

    @property
    def fails(self) -> bool:
        """Tell whether there is a finding at the level asked for, or above it."""
        return not self.examined.report.conforms(self.fail_on)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Return how many findings there are of each severity, gravest first."""
        counts = Counter(finding.severity for finding in self.findings)
        return {level: counts[level] for level in reversed(LEVELS)}

    @property
    def looked(self) -> tuple[int, int]:
        """Return how many shapes looked at something, and how many there are."""
        counts = self.examined.report.looked_at.values()
        return sum(1 for number in counts if number), len(counts)

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the flat report: that of `montages check`, and the verdict at the level asked for."""
        report = self.examined.report.to_json(lang)
        return {
            "conforms": report["conforms"],
            "fails": self.fails,
            "failOn": self.fail_on,
            "worst": report["worst"],
            "counts": dict(self.counts),
            "shapes": self.shapes,
            "projects": list(self.examined.projects),
            "rulebook_version": self.version,
            "lang": lang,
            "looked_at": report["looked_at"],
            "findings": report["findings"],
        }

    def graph(self) -> Graph:
        """Return a sh:ValidationReport, its messages in both languages, each result with its place."""
        graph = Graph()
        top = BNode()
        graph.add((top, RDF.type, SH.ValidationReport))
        # W3C: a report conforms when it has no result, whatever the severity.
        graph.add((top, SH.conforms, Literal(not self.findings)))
        for finding in self.findings:
            graph.add((top, SH.result, _result(graph, finding)))
        return graph

    def csv(self, lang: str) -> str:
        """Return a row a finding."""
        text = io.StringIO()
        rows = csv.writer(text, lineterminator="\r\n")
        rows.writerow(COLUMNS)
        for finding in self.findings:
            row = finding.to_json(lang)
            row["pointer"] = row.get("where", "")
            row["accepted"] = "|".join(finding.accepted)
            rows.writerow([_cell(row.get(name, "")) for name in COLUMNS])
        return text.getvalue()

    def text(self, name: str, lang: str) -> str:
        """Return the report as `montages check` writes it, with lines and columns."""
        return plain(report_text(name, self.examined.report, lang))


def _cell(value: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


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
    if finding.line:
        place = BNode()
        graph.add((result, EARL.pointer, place))
        graph.add((place, RDF.type, PTR.LineCharPointer))
        graph.add((place, PTR.lineNumber, Literal(finding.line)))
        graph.add((place, PTR.charNumber, Literal(finding.column)))
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
