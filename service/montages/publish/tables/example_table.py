"""The example of a table of projects that its Table Schema points to, and a table with titles only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from montages.description.tables.columns import Column, columns
from montages.knowledge.panel import panel
from montages.publish.csv_cell import safe_cell
from montages.publish.tables.labelled_cells import labelled_cells

# The cases of the panel that the example shows, the first of each set-up that is expected.
_SHOWN = 6


def example_table() -> str:
    """Return some cases of the panel as the rows of a CSV in French, with every column of the schema."""
    rows = list[dict[str, str]]()
    for case in panel():
        if len(rows) == _SHOWN:
            break
        tree = {"project": case.title.fr, "id": case.slug, **case.tree}
        if not tree.get("perimeters"):
            rows.append(labelled_cells(tree, "fr"))
    return csv_text(columns(), rows)


def empty_table() -> str:
    """Return the titles of every column, for a CSV to be filled in."""
    return csv_text([c for c in columns() if c.kind != "layers"], [])


def csv_text(used: Sequence[Column], rows: Iterable[dict[str, str]]) -> str:
    """Return rows as a CSV in the French manner: titles in French, semicolons."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(column.name for column in used)
    for row in rows:
        writer.writerow(safe_cell(row.get(column.key, "")) for column in used)
    return out.getvalue()
