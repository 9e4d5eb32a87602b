"""The faults of files that were checked, as every pipeline is told of them: gravest first, in one order.

A fault breaks a rule, which has a stable identifier, a name and what it asks in both languages.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from rdflib import SH, Graph, Literal, URIRef
from rdflib.term import Node

from montages.bilingual import Text
from montages.description.places.place_index import Place
from montages.errors import MontagesError
from montages.knowledge.compiled.answer_shapes import answer_shapes
from montages.knowledge.description_keys import key_properties
from montages.knowledge.files import library
from montages.names import slug
from montages.publish.linked_data.problem_types import PROBLEM
from montages.publish.text.findings_text import whole_message
from montages.publish.validation_report import FileCheck
from montages.validation.findings import LEVELS, Finding, shape_message


@dataclass(frozen=True)
class FileFault:
    """A fault of a file: a finding, or that it cannot be read (`unread`).

    `fails` tells whether it is at the level from which the check fails. `fingerprint` is the same after lines
    have moved, and no other fault of the files has it.
    """

    file: str
    rule: FaultRule
    severity: str
    message: str
    fails: bool
    fingerprint: str
    line: int | None = None
    column: int | None = None
    pointer: str | None = None
    related: tuple[Place, ...] = ()
    unread: bool = False
    repair: Repair | None = None

    @property
    def place(self) -> str:
        """Return where it is, as compilers write it: `file:line:column`."""
        return f"{self.file}:{self.line}:{self.column or 1}" if self.line else self.file


@dataclass(frozen=True)
class Repair:
    """What to write instead of some signs of the line of a fault: from a column up to another."""

    column: int
    end_column: int
    text: str


def file_faults(checks: Sequence[FileCheck], lang: str) -> list[FileFault]:
    """Return the faults of all files, gravest first, then in the order of files and of their texts."""
    rule = cache(shape_rule)
    faults = [fault for check in checks for fault in _faults(check, lang, rule)]
    faults.sort(key=lambda fault: -LEVELS.index(fault.severity))
    alike = Counter[str]()
    numbered = []
    for fault in faults:
        alike[fault.fingerprint] += 1
        numbered.append(
            replace(fault, fingerprint=f"{fault.fingerprint}:{alike[fault.fingerprint]}")
        )
    return numbered


def _faults(check: FileCheck, lang: str, rule: Callable[[str], FaultRule]) -> Iterator[FileFault]:
    if check.error is not None and not check.findings:
        yield _unread(check.name, check.error, lang)
    for finding in check.findings:
        yield FileFault(
            file=check.name,
            rule=rule(finding.constraint),
            severity=finding.severity,
            message=whole_message(finding, lang),
            fails=LEVELS.index(finding.severity) >= LEVELS.index(check.fail_on),
            fingerprint=_fingerprint(
                check.name, finding.constraint, finding.focus, finding.path, finding.value,
                finding.where or "",
            ),
            line=finding.line,
            column=finding.column,
            pointer=finding.where,
            related=tuple(place for place in finding.related if place.line),
            repair=_repair(check.name, finding),
        )  # fmt: skip


def _repair(name: str, finding: Finding) -> Repair | None:
    """Return how to mend a misspelt key or value that stands once from its place to the end of its line."""
    misspelt, meant = finding.value or (finding.where or "").rpartition("/")[2], finding.suggestion
    if not (meant and misspelt and finding.line) or "/" in meant or misspelt in key_properties():
        return None
    try:
        line = Path(name).read_text("utf-8").splitlines()[finding.line - 1]
    except (OSError, ValueError, IndexError):
        return None
    start = (finding.column or 1) - 1
    if line.count(misspelt, start) != 1:
        return None
    first = line.index(misspelt, start) + 1
    return Repair(first, first + len(misspelt), meant)


def _unread(name: str, error: MontagesError, lang: str) -> FileFault:
    # The rule of a kind of problem: why a file could not be checked at all.
    kind = type(error)
    rule = FaultRule(kind.slug, PROBLEM + kind.slug, kind.title, kind.meaning())
    line, column = (error.extra.get(key) for key in ("line", "column"))
    return FileFault(
        file=name,
        rule=rule,
        severity="violation",
        message=error.message(lang),
        fails=True,
        fingerprint=_fingerprint(name, rule.iri),
        line=line if isinstance(line, int) and line > 0 else None,
        column=column if isinstance(column, int) and column > 0 else None,
        unread=True,
    )


def _fingerprint(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


@dataclass(frozen=True)
class FaultRule:
    """A rule: `identifier` is the last part of its address, a shape's or that of a kind of problem."""

    identifier: str
    iri: str
    name: Text
    help: Text

    def title(self, lang: str) -> str:
        """Return its name and its identifier, which some rules have for a name."""
        name = self.name[lang]
        return name if name == self.identifier else f"{name} ({self.identifier})"


def shape_rule(constraint: str) -> FaultRule:
    """Return the rule of a shape: its name, and the message it gives whoever breaks it."""
    shape = URIRef(constraint)
    for graph in (library.shapes(), answer_shapes()):
        name, (message, _) = _name(graph, shape), shape_message(graph, shape)
        if message.en:
            return FaultRule(slug(constraint), constraint, name, message)
    plain = Text(slug(constraint), slug(constraint))
    return FaultRule(plain.en, constraint, plain, plain)


def _name(graph: Graph, shape: Node) -> Text:
    names = {n.language: str(n) for n in graph.objects(shape, SH.name) if isinstance(n, Literal)}
    return Text(names.get("fr", slug(str(shape))), names.get("en", slug(str(shape))))
