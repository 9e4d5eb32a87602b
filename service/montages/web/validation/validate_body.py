"""Validate what was received: one text, or a table with a project a row."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache

from montages import settings
from montages.batch.readers import csv_table
from montages.batch.readers.stream import Stream
from montages.batch.tables import columns, row
from montages.bilingual import Text
from montages.description.limits import too_many
from montages.description.parsing import parse
from montages.description.places.place_index import Place
from montages.errors import TooLarge, UnreadableInput
from montages.names import PROJECT, SHAPE
from montages.publish.validation_report import Validation
from montages.validation.finding_places import answer_properties
from montages.validation.findings import Finding, Report
from montages.validation.validate_graph import SHAPE_SETS, validate_graph
from montages.validation.validate_text import (
    TextReport,
    merge_reports,
    nothing_checked,
)
from montages.web.app_state import AppState
from montages.web.requests.body_syntax import readable
from montages.web.validation.request_body import CSV, RequestBody

KINDS_OF_SHAPES = ("project", *SHAPE_SETS)
_ROW = str(SHAPE["Description-row"])
# More columns than there are, or cells longer than this, are no table of projects.
_MOST_CELL, _MOST_HEADER = 100_000, 20_000
# Lines that a row may take, its cells broken into lines included.
_LINES_A_ROW = 20


@dataclass(frozen=True)
class Wanted:
    """What a request asks of a validation: the shapes, the level at which it fails, how much is said."""

    shapes: str
    fail_on: str
    detail: str


def validate_body(
    state: AppState, body: RequestBody, wanted: Wanted, project: str | None = None
) -> Validation:
    """Return the validation of one text; raises as reading does."""
    text, syntax = readable(body.text, body.syntax)
    report = _examine(state, text, syntax, wanted.shapes, project)
    version = state.knowledge.version
    return Validation(report, wanted.shapes, wanted.fail_on, version, wanted.detail, body.name)


def _examine(
    state: AppState, text: bytes, syntax: str, shapes: str, project: str | None
) -> TextReport:
    if shapes != "project":
        if syntax == CSV:
            raise UnreadableInput(
                "Le CSV ne décrit que des projets.", "CSV describes projects only."
            )
        return validate_graph(text, syntax, shapes)
    if syntax == CSV:
        return _table(state, text)
    return state.knowledge.examine(text, syntax, project)


def check_count(count: int) -> None:
    """Raise TooLarge for more descriptions than one request may send."""
    limit = settings.number("max_batch")
    if count > limit:
        raise too_many(limit, "descriptions à la fois", "descriptions at a time", "max_batch")


def _table(state: AppState, text: bytes) -> TextReport:
    decoded = parse.decode(text)
    if decoded.find("\n", 0, _MOST_HEADER) < 0 <= len(decoded) - _MOST_HEADER:
        raise _too_wide()
    check_count(decoded.count("\n") // _LINES_A_ROW)
    raw = decoded.encode()
    keys = csv_table.header(Stream("CSV", io.BytesIO(raw)))
    cells, reports = cache(lambda: _Cells(decoded)), list[TextReport]()
    for count, record in enumerate(csv_table.read(Stream("CSV", io.BytesIO(raw))), 1):
        check_count(count)
        if record.fault is not None:
            reports.append(_row_fault(Text(record.fault.fr, record.fault.en), record.line))
            continue
        assert isinstance(record.content, bytes)
        cells_of_row = json.loads(record.content)
        if any(len(cell) > _MOST_CELL for cell in cells_of_row.values()):
            raise _too_wide()
        report = state.knowledge.examine_tree(row.tree(cells_of_row))
        reports.append(
            _with_places(report, record.line, keys, cells) if report.report.findings else report
        )
    return merge_reports(reports) if reports else nothing_checked()


def _too_wide() -> TooLarge:
    return TooLarge(
        "Ce tableau a trop de colonnes ou des cellules trop longues.",
        "This table has too many columns, or cells that are too long.",
    )


def _row_fault(text: Text, line: int) -> TextReport:
    finding = Finding("violation", _ROW, str(PROJECT), "", "", text, line=line, column=1)
    return TextReport(Report((finding,)))


def _with_places(
    report: TextReport, line: int, keys: list[str], cells: Callable[[], _Cells]
) -> TextReport:
    """Return an examination of a row with the line and column of the cell that each finding is about."""
    placed = []
    for finding in report.report.findings:
        first, *others = (
            cells().at(line, keys.index(column.key) if column and column.key in keys else 0)
            for column in _columns(finding)
        )
        related = tuple(Place(*other) for other in others)
        placed.append(replace(finding, line=first[0], column=first[1], related=related))
    return replace(report, report=replace(report.report, findings=tuple(placed)))


def _columns(finding: Finding) -> list[columns.Column | None]:
    """Return the columns that a finding is about, None for the whole row."""
    column = columns.at(finding.where or "/")
    paths = [finding.path] if finding.path else answer_properties(finding.constraint)
    return [column] if column is not None else [_of_property(path) for path in paths] or [None]


def _of_property(path: str) -> columns.Column | None:
    fitting = (c for c in columns.columns() if path and str(c.property) == path)
    return next(fitting, None)


class _Cells:
    """Where the cells of a table begin."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        for at, character in enumerate(text):
            if character == "\n":
                self._starts.append(at + 1)
        first = text.split("\n", 1)[0]
        self._delimiter = ";" if first.count(";") > first.count(",") else ","

    def at(self, line: int, number: int) -> tuple[int, int]:
        """Return the line and column of a cell of the row that begins on a line."""
        begun, quoted = self._starts[line - 1], False
        at = begun
        while number and at < len(self._text):
            character = self._text[at]
            if character == '"':
                quoted = not quoted
            elif not quoted and character == "\n":
                break
            elif not quoted and character == self._delimiter:
                number -= 1
                begun = at + 1
            at += 1
        before = self._text.count("\n", self._starts[line - 1], begun)
        return line + before, begun - self._starts[line - 1 + before] + 1
