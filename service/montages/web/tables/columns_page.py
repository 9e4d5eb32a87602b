"""`/schema`: every column of a table of projects, with what it asks and what it accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from montages.description.tables.columns import Column, columns
from montages.description.tables.workbook import workbooks_supported
from montages.publish.tables.labelled_cells import column_values, takes_several
from montages.publish.tables.table_schema import (
    ABOUT,
    EXAMPLE_FILE,
    SCHEMA_FILE,
    TABLE_FILE,
    TEMPLATE_FILE,
    TITLE,
    example_of,
    table_schema,
)
from montages.web.pages.page_context import PageContext


@dataclass(frozen=True)
class ColumnEntry:
    """A column as the page shows it."""

    column: Column
    texts: Sequence[str]
    answers: Sequence[tuple[str, str]]
    several: bool
    example: str


def column_entries(lang: str) -> list[ColumnEntry]:
    """Return every column with its question, its answers (code and label) and an example."""
    entries = []
    for column in columns():
        criterion = column.criterion
        texts = [criterion.question[lang]] if criterion else []
        texts += [text for text in (column.hint[lang],) if text]
        answers = [(code, name[lang]) for code, name in column_values(column).items()]
        if column.kind == "flag":
            answers = [("oui", "oui"), ("non", "non")]
        entries.append(
            ColumnEntry(column, texts, answers, takes_several(column), example_of(column))
        )
    return entries


def columns_page(context: PageContext) -> str:
    """Return the page of the columns in the reader's language."""
    schema = table_schema(context.lang)
    values: dict[str, Any] = {
        "title": TITLE[context.lang],
        "about": ABOUT[context.lang],
        "version": schema["version"],
        "modified": date.fromisoformat(schema["lastModified"]),
        "entries": column_entries(context.lang),
        "files": {
            "schema": SCHEMA_FILE,
            "example": EXAMPLE_FILE,
            "table": TABLE_FILE,
            "template": TEMPLATE_FILE if workbooks_supported() else "",
        },
    }
    return context.render("columns.html", **values)
