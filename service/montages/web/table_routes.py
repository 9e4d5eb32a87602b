"""Tables of projects: `/schema` with every column, their Table Schema, an example, files to fill in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response

from montages.bilingual import message
from montages.description.tables.columns import Column, columns
from montages.description.tables.workbooks import workbooks, workbooks_supported
from montages.publish.json_text import dump
from montages.publish.tables.labelled_cells import column_values, takes_several
from montages.publish.tables.table_schema import (
    ABOUT,
    EXAMPLE_FILE,
    SCHEMA_FILE,
    TABLE_FILE,
    TEMPLATE_FILE,
    TITLE,
    WORKBOOK,
    empty_table,
    example_of,
    example_table,
    table_schema,
)
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.pages.page_context import PageContext, html_response, page_context
from montages.web.requests.request_parameters import lang as language
from montages.web.route import ANY, FREE_LANG, PAGE, TEXT, Route, document_answers

_CSV, _JSON = "text/csv; charset=utf-8", "application/json"


def columns_page(context: PageContext) -> str:
    """Return the page of the columns in the reader's language."""
    schema = table_schema(context.lang)
    return context.render(
        "columns.html",
        title=TITLE[context.lang],
        about=ABOUT[context.lang],
        version=schema["version"],
        modified=schema["lastModified"],
        columns=columns(),
        answers_of=_answers_of,
        takes_several=takes_several,
        example_of=example_of,
        files={
            "schema": SCHEMA_FILE,
            "example": EXAMPLE_FILE,
            "table": TABLE_FILE,
            "template": TEMPLATE_FILE if workbooks_supported() else "",
        },
    )


def _answers_of(column: Column, lang: str) -> list[tuple[str, str]]:
    """Return the answers that a column takes: code and label."""
    if column.kind == "flag":
        return [("oui", "oui"), ("non", "non")]
    return [(code, name[lang]) for code, name in column_values(column).items()]


def columns_of_tables() -> Response:
    """Answer the page of the columns."""
    return html_response(columns_page(page_context(current_state())))


def file_of_tables(name: str) -> Response:
    """Answer a file that helps to fill in a table; raises NotInstalled for a workbook without its library."""
    state, lang = current_state(), language()
    content_type, write = _FILES[name]
    ending = name.rpartition(".")[2]
    saved = [] if ending == "json" else [("Content-Disposition", f'attachment; filename="{name}"')]
    return conditional(
        state,
        etag(state, name, lang),
        content_type,
        lambda: write(lang),
        vary="Accept-Language",
        headers=lambda: [("Content-Language", lang), *saved],
    )


_FILES: dict[str, tuple[str, Callable[[str], str | bytes]]] = {
    SCHEMA_FILE: (_JSON, lambda lang: dump(table_schema(lang))),
    EXAMPLE_FILE: (_CSV, lambda lang: example_table()),
    TABLE_FILE: (_CSV, lambda lang: empty_table().encode("utf-8-sig")),
    TEMPLATE_FILE: (WORKBOOK, lambda lang: workbooks().template(lang)),
}
_SUMMARIES = {
    SCHEMA_FILE: message(
        "The columns of a table of projects, as Table Schema (schema.data.gouv.fr)"
    ),
    EXAMPLE_FILE: message("An example of a table of projects"),
    TABLE_FILE: message("A table to fill in, as CSV"),
    TEMPLATE_FILE: message("A table to fill in, with drop-down lists (.xlsx)"),
}
_SCHEMAS: dict[str, Any] = {SCHEMA_FILE: ANY}

ROUTES = (
    Route(
        "get",
        "/schema",
        "descriptions",
        message("The columns of a table of projects, one by one"),
        columns_of_tables,
        (FREE_LANG,),
        {200: PAGE},
    ),
    *(
        Route(
            "get",
            f"/{name}",
            "descriptions",
            _SUMMARIES[name],
            partial(file_of_tables, name),
            (FREE_LANG,),
            document_answers(
                {content_type.partition(";")[0]: _SCHEMAS.get(name, TEXT)},
                *([501] if name == TEMPLATE_FILE else []),
            ),
        )
        for name, (content_type, _) in _FILES.items()
    ),
)
