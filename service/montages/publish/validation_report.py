"""The report of a validation in each of its forms."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, TypedDict

from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, Namespace, URIRef
from rdflib.term import Node
from rich.console import RenderableType

from montages.errors import MontagesError
from montages.json_schema import Rule, Schema, Version, json_schema
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.files import library
from montages.knowledge.graphs import add_text
from montages.names import SHAPE
from montages.publish.spreadsheets import csv_text
from montages.publish.text.findings_text import did_you_mean, report_text
from montages.publish.text.typeset import plain
from montages.validation.findings import (
    LEVELS,
    Finding,
    FindingEntry,
    FindingGroup,
    GroupEntry,
    ReadingEntry,
    Report,
    Severity,
    grouped,
    reading_entry,
)
from montages.validation.validate_text import KNOWN_KEYS, NOTHING_CHECKED

COLUMNS = (
    "severity", "focus", "path", "value", "message", "accepted", "suggestion", "pointer", "line", "column",
    "constraint", "cell", "field",
)  # fmt: skip


_Number = Annotated[int, Rule(minimum=0)]


class CountsEntry(TypedDict):
    """How many findings there are of each severity."""

    violation: _Number
    warning: _Number
    info: _Number


class CoverageEntry(TypedDict):
    """How many shapes looked at something."""

    applied: Annotated[_Number, "Shapes that looked at something."]
    shapes: Annotated[_Number, "Shapes there are."]


class ValidationEntry(TypedDict):
    """A report on a description, a rulebook or a catalogue."""

    conforms: Annotated[bool, "Whether there is no violation."]
    fails: Annotated[bool, "Whether there is a finding at the level of fail_on, or above."]
    fail_on: Severity
    worst: Severity | None
    counts: CountsEntry
    findings: list[FindingEntry]
    groups: Annotated[
        list[GroupEntry], "The findings again, those that say the same of several places as one."
    ]
    readings: list[ReadingEntry]
    projects: list[str]
    shapes: Annotated[str, Rule(enum=["project", "rulebook", "catalogue"])]
    coverage: CoverageEntry
    rulebook_version: Version
    lang: Annotated[str, Rule(enum=["fr", "en"])]


def validation_schema() -> Schema:
    """Return the JSON Schema of a report."""
    return json_schema(
        "validation",
        ValidationEntry,
        "A validation report by Montages",
        "What POST /validate, POST /check and montages check answer in JSON, and /validate on each line "
        "of JSON Lines.",
    )


@dataclass(frozen=True)
class Validation:
    """What was examined, against which shapes, and the level at which it fails."""

    examined: Report
    shapes: str
    fail_on: str
    version: str
    name: str = "-"

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings, gravest first."""
        return self.examined.findings

    @cached_property
    def groups(self) -> tuple[FindingGroup, ...]:
        """Return the findings, those that say the same of several places as one."""
        return grouped(self.findings)

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation."""
        return self.examined.conforms()

    @property
    def fails(self) -> bool:
        """Tell whether there is a finding at the level asked for, or above it."""
        return not self.examined.conforms(self.fail_on)

    @cached_property
    def counts(self) -> Mapping[str, int]:
        """Return how many findings there are of each severity, gravest first."""
        counts = Counter(finding.severity for finding in self.findings)
        return {level: counts[level] for level in reversed(LEVELS)}

    @property
    def looked(self) -> tuple[int, int]:
        """Return how many shapes looked at something, and how many there are."""
        counts = self.examined.looked_at
        return sum(1 for number in counts.values() if number), len(counts)

    def to_json(self, lang: str) -> ValidationEntry:
        """Return the flat report, the verdict at the level asked for and the findings on top."""
        applied, total = self.looked
        return {
            "conforms": self.conforms,
            "fails": self.fails,
            "fail_on": self.fail_on,
            "worst": self.examined.worst(),
            "counts": {
                "violation": self.counts["violation"],
                "warning": self.counts["warning"],
                "info": self.counts["info"],
            },
            "findings": [finding.to_json(lang) for finding in self.findings],
            "groups": [group.to_json(lang) for group in self.groups],
            "readings": [reading_entry(reading, lang) for reading in self.examined.readings],
            "projects": list(self.examined.projects),
            "shapes": self.shapes,
            "coverage": {"applied": applied, "shapes": total},
            "rulebook_version": self.version,
            "lang": lang,
        }

    def graph(self) -> Graph:
        """Return a sh:ValidationReport, its messages in both languages, each result with its place."""
        graph, report = Graph(), BNode()
        graph.add((report, RDF.type, SH.ValidationReport))
        # W3C: a report conforms when it has no result, whatever the severity.
        graph.add((report, SH.conforms, Literal(not self.findings)))
        for finding in self.findings:
            _add_result(graph, report, finding)
        return graph

    def rows(self, lang: str) -> Iterator[list[Any]]:
        """Yield the cells of a row a finding."""
        for finding in self.findings:
            row: dict[str, Any] = {**finding.to_json(lang)}
            row["pointer"] = row.get("where", "")
            row["accepted"] = "|".join(finding.accepted)
            yield [row.get(name, "") for name in COLUMNS]

    def report(self, lang: str) -> RenderableType:
        """Return the report for a terminal."""
        return report_text(self.name, self.examined, lang)

    def text(self, lang: str) -> str:
        """Return the report as `montages check` writes it, with lines and columns."""
        return plain(self.report(lang))


@dataclass(frozen=True)
class FileCheck:
    """A file that was checked: its path, and its validation or the error that kept it from being read."""

    path: Path
    validation: Validation | None
    error: MontagesError | None = None

    @property
    def name(self) -> str:
        """Return the path from the current folder, with slashes, whole where the file is outside of it."""
        whole, here = Path(os.path.normpath(self.path.absolute())), Path.cwd()
        return (whole.relative_to(here) if whole.is_relative_to(here) else whole).as_posix()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return the findings on the file; those of an error, where it has some."""
        if self.validation is not None:
            return self.validation.findings
        listed = getattr(self.error, "findings", ())
        return tuple(finding for finding in listed if isinstance(finding, Finding))

    @property
    def fail_on(self) -> str:
        """Return the level from which a finding fails the check."""
        return self.validation.fail_on if self.validation is not None else "violation"


def validations_csv(validations: Sequence[Validation], lang: str, several: bool = False) -> str:
    """Return a table of reports, a row a finding; the reports of several files name theirs."""
    rows: list[list[Any]] = [[*(["file"] if several else []), *COLUMNS]]
    for validation in validations:
        name = [validation.name] if several else []
        rows += ([*name, *row] for row in validation.rows(lang))
    return csv_text(rows)


# EARL and Pointers in RDF tell where in a text, DASH what to write instead.
EARL = Namespace("http://www.w3.org/ns/earl#")
PTR = Namespace("http://www.w3.org/2009/pointers#")
DASH = Namespace("http://datashapes.org/dash#")
_SEVERITY = {"violation": SH.Violation, "warning": SH.Warning, "info": SH.Info}
_COMPONENT_OF = {
    str(SHAPE["Description-knownTerms"]): SH.InConstraintComponent,
    NOTHING_CHECKED: SH.MinCountConstraintComponent,
    KNOWN_KEYS: SH.ClosedConstraintComponent,
}
# How SHACL names what a parameter of a shape checks; where a shape has several, the first of these is told.
_COMPONENTS = (
    "minCount", "maxCount", "class", "datatype", "nodeKind", "in", "hasValue", "or", "xone", "not", "and",
    "node", "sparql", "pattern", "minLength", "maxLength", "minExclusive", "minInclusive", "maxExclusive",
    "maxInclusive", "uniqueLang", "languageIn", "lessThan", "lessThanOrEquals", "equals", "disjoint",
    "closed", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShape",
)  # fmt: skip


def _linked(graph: Graph, subject: BNode, predicate: URIRef, kind: URIRef | None = None) -> BNode:
    """Return a new node of a class, to which a subject leads."""
    node = BNode()
    graph.add((subject, predicate, node))
    if kind is not None:
        graph.add((node, RDF.type, kind))
    return node


def _add_result(graph: Graph, report: BNode, finding: Finding) -> None:
    result = _linked(graph, report, SH.result, SH.ValidationResult)
    graph.add((result, SH.focusNode, _node(finding.focus)))
    graph.add((result, SH.resultSeverity, _SEVERITY[finding.severity]))
    graph.add((result, SH.sourceConstraintComponent, _component(finding)))
    graph.add((result, SH.sourceShape, URIRef(finding.constraint)))
    add_text(graph, result, SH.resultMessage, finding.message)
    if finding.path:
        graph.add((result, SH.resultPath, URIRef(finding.path)))
    if finding.value:
        graph.add((result, SH.value, _node(finding.value)))
    places = [(place.line, place.column) for place in finding.related]
    for line, column in ((finding.line, finding.column), *places):
        if line:
            place = _linked(graph, result, EARL.pointer, PTR.LineCharPointer)
            graph.add((place, PTR.lineNumber, Literal(line)))
            graph.add((place, PTR.charNumber, Literal(column)))
    if finding.where:
        pointer = _linked(graph, result, EARL.pointer, PTR.ExpressionPointer)
        graph.add((pointer, PTR.expression, Literal(finding.where)))
    if finding.suggestion:
        hint = _linked(graph, result, DASH.suggestion)
        for lang in ("fr", "en"):
            graph.add(
                (hint, RDFS.label, Literal(did_you_mean(finding.suggestion, lang), lang=lang))
            )


def _node(name: str) -> Node:
    """Return a node by its text: a finding no longer tells an IRI from a text that looks like one."""
    is_iri = name.startswith(("http://", "https://", "urn:"))
    is_iri = is_iri and not any(sign in name for sign in ' <>"{}|\\^`\n\t\r')
    return URIRef(name) if is_iri else Literal(name)


def _component(finding: Finding) -> URIRef:
    if finding.constraint in _COMPONENT_OF:
        return _COMPONENT_OF[finding.constraint]
    shape = URIRef(finding.constraint)
    for graph in (library.shapes(), answer_shapes()):
        parameters = set(graph.predicates(shape))
        for name in _COMPONENTS:
            # A value is there to be shown: what is missing is another matter.
            if SH[name] in parameters and not (name == "minCount" and finding.value):
                word = "SPARQL" if name == "sparql" else name[0].upper() + name[1:]
                return SH[f"{word}ConstraintComponent"]
    return SH.NodeConstraintComponent
