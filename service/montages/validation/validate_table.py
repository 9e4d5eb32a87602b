"""A table of projects against keys, shapes and vocabulary: every finding of every row, each in its cell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from montages.bilingual import Text, message
from montages.description.places.place_index import Place
from montages.description.tables import table_row
from montages.description.tables.read_table import RowPlaces, read_table
from montages.errors import UnknownName
from montages.names import PROJECT, SHAPE, slug
from montages.validation.finding_places import in_cells, in_order
from montages.validation.findings import Finding, Report, merge_reports
from montages.validation.validate_text import DescriptionChecker, nothing_checked, validate_tree

_ROW = str(SHAPE["Description-row"])
_NO_ROW = message(
    "Nothing was checked: this table has no row of a project, below that of the titles."
)
# Told of a row before it is read; raises where there are too many.
_Count = Callable[[int], None]


def validate_table(
    source: bytes | str,
    syntax: str,
    engine: DescriptionChecker,
    project: str | None = None,
    count: _Count = lambda number: None,
) -> Report:
    """Return the findings of keys, shapes and vocabulary on each row of a table, `csv` or `xlsx`.

    `count` is told how many rows there are so far. Raises as `read_table`, and UnknownName for a `project`
    that is in no row.
    """
    table, reports = read_table(source, syntax), list[Report]()
    first_rows: dict[str, Place] = {}
    for number, row in enumerate(table.rows, 1):
        count(number)
        places = table.places(row)
        if row.fault is not None:
            reports.append(_row_report(row.fault.readable, row.fault.extra))
            continue
        report = validate_row(table_row.row_tree(row.cells), engine, places)
        iri = report.projects[0]
        if project not in (None, iri, slug(iri)):
            continue
        before = first_rows.setdefault(iri, places.of(None))
        if before.line != row.line:
            reports.append(_namesake(iri, before, places))
        reports.append(report)
    if not reports and project is not None:
        raise UnknownName(message("No project “{project}” in this table.", project=project))
    if not reports:
        return nothing_checked(_NO_ROW)
    remark = table.remark()
    if remark:
        reports.insert(0, _row_report(remark, {}, "info"))
    report = merge_reports(reports)
    return replace(report, findings=in_order(report.findings))


def validate_row(tree: dict[str, Any], engine: DescriptionChecker, places: RowPlaces) -> Report:
    """Return the findings on the tree of a row, each in its cell."""
    report = validate_tree(tree, engine, None)
    findings = tuple(in_cells(finding, places) for finding in report.findings)
    return replace(report, findings=findings)


def _row_report(text: Text, extra: dict[str, Any], severity: str = "violation") -> Report:
    """Return the report on a row, or a table, that is not as it should be."""
    line, cell = extra.get("line", 1), extra.get("cell")
    finding = Finding(severity, _ROW, str(PROJECT), "", "", text, line=line, column=1, cell=cell)
    return Report((finding,))


def _namesake(iri: str, before: Place, places: RowPlaces) -> Report:
    """Return the report on a row that describes a project which another row describes."""
    column = next(
        c
        for key in ("id", "project")
        if (c := places.column_at(f"/{key}")) and key in places.row.cells
    )
    here, name = places.of(column), slug(iri)
    text = message(
        "Two rows describe the project “{name}”: give them two identifiers (the other is at "
        "{cell}).",
        name=name,
        cell=before.cell,
    )
    return Report((Finding("violation", _ROW, iri, "", "", text).at(here, before),))
