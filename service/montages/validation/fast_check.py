"""Check a description by a compiled SHACL engine: the same report as `validation.shape_check`, much sooner.

It raises Unsupported for whatever is out of the ordinary: that is for the reference check.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from rdflib import RDF, RDFS, XSD

from montages.bilingual import message
from montages.description.facts import Facts
from montages.errors import BrokenKnowledge, Unsupported
from montages.names import PROJECT
from montages.validation.check_tables import CheckTables, check_tables
from montages.validation.findings import Finding, Report, with_sign
from montages.validation.vocabulary import (
    RESERVED,
    TERM_PREFIXES,
    THING_PREFIXES,
    name_findings,
    value_meant,
    without_repeats,
)

if TYPE_CHECKING:
    from shacl import Shapes

SYNTAX = "ntriples"
_TYPE, _SUBCLASS, _PROJECT = str(RDF.type), str(RDFS.subClassOf), str(PROJECT)

# From 4,096 pairs of a shape and a node on, the engine starts threads, and a process that forks
# after that could wait for ever for threads it does not have.
MOST_PAIRS = 3000

# The characters that N-Triples allows in an IRI.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*").fullmatch

# Typed values on which all engines agree. Of others, rdflib and the engine may think differently
# (2024-02-30T00:00:00 as a date, 1e3 as a decimal), and the engine stops at a number over 64 bits.
_YEAR, _WHOLE = r"[1-9]\d{3}", r"-?(?:0|[1-9]\d{0,11})"
_FORMS = {
    XSD.integer: _WHOLE,
    XSD.decimal: rf"{_WHOLE}(?:\.\d{{1,12}})?",
    XSD.boolean: "true|false",
    XSD.date: rf"{_YEAR}-\d\d-\d\d",
    XSD.gYearMonth: rf"{_YEAR}-\d\d",
    XSD.gYear: _YEAR,
}
_USUAL = re.compile(
    "|".join(rf'"(?:{form})"\^\^<{re.escape(str(kind))}>' for kind, form in _FORMS.items()),
    re.ASCII,
).fullmatch


def check_facts(facts: Facts, places: Mapping[str, str]) -> Report:
    """Return what the shapes and the vocabulary say of a project's facts, gravest finding first.

    Equal to `validation.shape_check.check`. Raises Unsupported for facts that the engine may misjudge,
    BrokenKnowledge for shapes that it cannot honour.
    """
    tables = check_tables()
    counts = dict.fromkeys(tables.targeted, 0)
    for shapes in shapes_of_nodes(facts, tables):
        for name in set(shapes):
            counts[name] += 1
    if sum(counts.values()) > MOST_PAIRS:
        raise Unsupported
    data = shacl_input(facts, tables)
    # Names first: too many unknown ones are refused before the engine looks at each.
    triples = ((s, p, o if isinstance(o, str) else None) for s, p, o in facts)
    findings = name_findings(triples, tables.vocabulary) if data.doubtful else []
    findings += _shacl(data.text(tables), tables)
    located = {finding.located(places) for finding in without_repeats(findings)}
    return Report(tuple(sorted(located, key=Finding.key)), counts)


@cache
def _engine() -> Shapes:
    tables = check_tables()
    return compile_shapes(tables.shapes, tables.count)


def compile_shapes(text: str, count: int) -> Shapes:
    """Return shapes in N-Triples as the engine compiles them.

    Raises BrokenKnowledge unless all are compiled, Unsupported on a machine without the engine.
    """
    try:
        import shacl
    except ImportError as error:
        raise Unsupported from error
    shapes = shacl.Shapes.from_text(text, format=SYNTAX)
    if len(shapes) != count:
        raise BrokenKnowledge(
            message(
                "The SHACL engine compiled {compiled} shapes of {count}. Choose --engine "
                "reference.",
                compiled=len(shapes),
                count=count,
            )
        )
    return shapes


def _shacl(text: str, tables: CheckTables) -> Iterator[Finding]:
    try:
        results = _engine().validate_text(text, format=SYNTAX).results
    except ValueError as error:  # an IRI that the engine does not read
        raise Unsupported from error
    for result in results:
        template, focus, value = (
            tables.templates.get(result.source_shape or ""),
            result.focus_node,
            "",
        )
        if template is None or focus[0] != "<":
            raise Unsupported
        suggestion = None
        if result.value_plain is not None:
            value = result.value_plain
            suggestion = value_meant(template.path, value, template.accepted)
        yield Finding(
            severity=template.severity,
            constraint=template.constraint,
            focus=focus[1:-1],
            path=template.path,
            value=value,
            message=with_sign(template.message, value),
            accepted=template.accepted,
            suggestion=suggestion,
        )


def shapes_of_nodes(facts: Facts, tables: CheckTables) -> Iterator[list[str]]:
    """Yield for each node the shapes that focus on it, each once for a property or class it focuses by."""
    of_subjects, of_class = tables.of_subjects, tables.of_class
    for properties in facts.by_subject.values():
        shapes = [name for p in properties if p in of_subjects for name in of_subjects[p]]
        for c in properties.get(_TYPE, ()):
            if type(c) is str and c in of_class:
                shapes += of_class[c]
        yield shapes


@dataclass
class ShaclInput:
    """The lines of a description, and the names in them whose background goes with them (`referenced`).

    `undescribed` are the names that the description does not describe itself; `doubtful` tells that some
    name may be misspelt or reserved, which `validation.vocabulary` decides.
    """

    lines: list[str] = field(default_factory=list)
    referenced: set[str] = field(default_factory=set)
    undescribed: set[str] = field(default_factory=set)
    doubtful: bool = False

    def text(self, tables: CheckTables) -> str:
        """Return the lines and their background as N-Triples."""
        lines = dict.fromkeys(self.lines)
        for name in self.referenced:
            lines |= dict.fromkeys(tables.background[name])
        return "".join(lines)


def shacl_input(facts: Facts, tables: CheckTables) -> ShaclInput:
    """Return what the shapes look at in some facts; raises Unsupported for what the engine may misread."""
    data, described, along = ShaclInput(), facts.by_subject, tables.looked_along
    lines, referenced, undescribed = data.lines, data.referenced, data.undescribed
    background, terms, things = tables.background, tables.vocabulary.terms, tables.vocabulary.things
    for s, properties in described.items():
        if not _IRI(s):
            raise Unsupported
        if RESERVED in s:
            data.doubtful = True
        if s in background:
            referenced.add(s)
        for p, values in properties.items():
            if p not in terms and p.startswith(TERM_PREFIXES):
                data.doubtful = True
            if p == _SUBCLASS:  # classes of its own
                raise Unsupported
            start = along.get(p)
            if start is not None:
                start = f"<{s}>{start}"
            names, ours = (terms, TERM_PREFIXES) if p == _TYPE else (things, THING_PREFIXES)
            for o in values:
                if type(o) is str:
                    if o in background:
                        referenced.add(o)
                    if o not in names:
                        if o.startswith(ours) and not o.startswith(_PROJECT):
                            data.doubtful = True
                        if o not in described:
                            if start is not None and not _IRI(o):
                                raise Unsupported
                            undescribed.add(o)
                    if start is not None:
                        lines.append(f"{start}<{o}> .\n")
                elif start is not None:
                    literal = str(o)
                    if literal[-1] == ">" and not _USUAL(literal):
                        raise Unsupported
                    lines.append(f"{start}{literal} .\n")
    return data
