"""Tables of projects: `/schema` with every column, their Table Schema, an example, files to fill in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from flask import Response

from montages.bilingual import Text, message
from montages.description.tables.columns import Column, columns
from montages.description.tables.read_table import workbooks, workbooks_supported
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
from montages.web.linked_data.conditional import conditional, etag
from montages.web.pages.page_context import page_context
from montages.web.requests.request_parameters import lang as language
from montages.web.route import ANY, FREE_LANG, PAGE, TEXT, Routes, document_answers

_CSV, _JSON = "text/csv; charset=utf-8", "application/json"


ROUTES = Routes("descriptions")


@ROUTES.get(
    "/schema",
    message("The columns of a table of projects, one by one"),
    FREE_LANG,
    answers={200: PAGE},
)
def columns_of_tables() -> Response:
    """Answer the page of the columns."""
    context = page_context()
    schema = table_schema(context.lang)
    return context.answer(
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


def file_of_tables(name: str) -> Response:
    """Answer a file that helps to fill in a table; raises NotInstalled for a workbook without its library."""
    lang = language()
    _, content_type, write = _FILES[name]
    ending = name.rpartition(".")[2]
    saved = [] if ending == "json" else [("Content-Disposition", f'attachment; filename="{name}"')]
    return conditional(
        etag(name, lang), content_type, lambda: write(lang), language=lang, headers=lambda: saved
    )


# Of each file what it is, its media type, and what writes it in a language.
_FILES: dict[str, tuple[Text, str, Callable[[str], str | bytes]]] = {
    SCHEMA_FILE: (
        message("The columns of a table of projects, as Table Schema (schema.data.gouv.fr)"),
        _JSON,
        lambda lang: dump(table_schema(lang)),
    ),
    EXAMPLE_FILE: (
        message("An example of a table of projects"),
        _CSV,
        lambda lang: example_table(),
    ),
    TABLE_FILE: (
        message("A table to fill in, as CSV"),
        _CSV,
        lambda lang: empty_table().encode("utf-8-sig"),
    ),
    TEMPLATE_FILE: (
        message("A table to fill in, with drop-down lists (.xlsx)"),
        WORKBOOK,
        lambda lang: workbooks().template(lang),
    ),
}
for _name, (_summary, _type, _) in _FILES.items():
    ROUTES.get(
        f"/{_name}",
        _summary,
        FREE_LANG,
        answers=document_answers(
            {_type.partition(";")[0]: ANY if _name == SCHEMA_FILE else TEXT},
            *([501] if _name == TEMPLATE_FILE else []),
        ),
    )(partial(file_of_tables, _name))
