"""The report of a validation in each of its forms: findings first, then, in full, what was looked at."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from rdflib import Graph
from rich.console import RenderableType

from montages.names import SHAPE
from montages.publish.csv_cell import safe_cell
from montages.publish.detail import FULL
from montages.publish.text.findings_text import report_text
from montages.publish.text.typeset import plain
from montages.publish.validation_graph import validation_graph
from montages.validation.findings import LEVELS, Finding
from montages.validation.validate_text import TextReport

COLUMNS = (
    "severity", "focus", "path", "value", "message", "accepted", "suggestion", "pointer", "line", "column",
    "constraint", "cell", "field",
)  # fmt: skip
# What stands for a severity in the rows that count what was looked at.
_LOOKED_AT = "looked-at"


@dataclass(frozen=True)
class Validation:
    """What was examined, against which shapes, the level at which it fails, and how much is said of it."""

    examined: TextReport
    shapes: str
    fail_on: str
    version: str
    detail: str = FULL
    name: str = "-"

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
        counts = self.examined.report.looked_at
        return sum(1 for number in counts.values() if number), len(counts)

    @cached_property
    def looked_at(self) -> Mapping[str, int]:
        """Return how many nodes each shape looked at, where it is asked for and there is one."""
        counts = self.examined.report.looked_at if self.detail == FULL else {}
        return {shape: number for shape, number in sorted(counts.items()) if number}

    def to_json(self, lang: str) -> dict[str, Any]:
        """Return the flat report, the verdict at the level asked for and the findings on top."""
        applied, total = self.looked
        tree: dict[str, Any] = {
            "conforms": self.conforms,
            "fails": self.fails,
            "failOn": self.fail_on,
            "worst": self.examined.report.worst(),
            "counts": dict(self.counts),
            "findings": [finding.to_json(lang) for finding in self.findings],
            "readings": [reading.to_json(lang) for reading in self.examined.report.readings],
            "projects": list(self.examined.projects),
            "shapes": self.shapes,
            "coverage": {"applied": applied, "shapes": total},
            "rulebook_version": self.version,
            "lang": lang,
        }
        return tree | ({"looked_at": dict(self.looked_at)} if self.detail == FULL else {})

    def graph(self) -> Graph:
        """Return a sh:ValidationReport, its messages in both languages, each result with its place."""
        return validation_graph(self.findings, self.looked_at)

    def rows(self, lang: str) -> Iterator[list[Any]]:
        """Yield the cells of a row a finding, then of a row a shape that looked at something."""
        for finding in self.findings:
            row = finding.to_json(lang)
            row["pointer"] = row.get("where", "")
            row["accepted"] = "|".join(finding.accepted)
            yield [safe_cell(row.get(name, "")) for name in COLUMNS]
        for shape, number in self.looked_at.items():
            row = {"severity": _LOOKED_AT, "value": number, "constraint": SHAPE[shape]}
            yield [row.get(name, "") for name in COLUMNS]

    def report(self, lang: str) -> RenderableType:
        """Return the report for a terminal."""
        return report_text(self.name, self.examined.report, lang, self.looked_at)

    def text(self, lang: str) -> str:
        """Return the report as `montages check` writes it, with lines and columns."""
        return plain(self.report(lang))


def validations_csv(validations: Sequence[Validation], lang: str, several: bool = False) -> str:
    """Return a table of reports, a row a finding; the reports of several files name theirs."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow((*(["file"] if several else []), *COLUMNS))
    for validation in validations:
        name = [safe_cell(validation.name)] if several else []
        rows.writerows([*name, *row] for row in validation.rows(lang))
    return text.getvalue()
