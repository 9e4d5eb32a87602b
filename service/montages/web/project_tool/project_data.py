"""The project of an address as data: its assessment, for programs (R30, R40), and its description, as a file.

The assessment is the answer of `POST /assess`, to a GET. The description is saved as YAML, JSON or Turtle,
as CSV or a workbook where a row can hold it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import yaml
from flask import Response, request

from montages.bilingual import Text
from montages.description.tables.read_table import workbooks, workbooks_supported
from montages.description.tables.table_row import tree_cells
from montages.errors import UnusableInput
from montages.names import slugify
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import HTML, JSON, JSON_LD, TURTLE, in_full
from montages.publish.spreadsheets import csv_text
from montages.publish.tables.labelled_cells import labelled_cells
from montages.publish.tables.table_schema import WORKBOOK
from montages.web.app_state import current_state
from montages.web.assessment_forms import GUEST_FORMATS, assessment_answer
from montages.web.project_tool.sound_tree import with_name
from montages.web.project_tool.tool_request import sent_pairs, tool_request
from montages.web.requests.request_parameters import lang

# What each answer about the project of an address says to browsers, caches and search engines: it is sent
# again only where the rules, the day or the project are others; never kept for others, nor told to them.
PRIVATE_HEADERS = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}

# The page first, which who asks for nothing in particular gets.
PROJECT_FORMATS = (HTML, JSON, TURTLE, JSON_LD, *GUEST_FORMATS)


def project_answer(body: bytes, form: str, detail: str | None, legend: bool) -> Response:
    """Answer the assessment of the project of the request's address in one of the formats.

    What the page tells and leaves out is refused here: a program would not read it.
    """
    reading = tool_request(sent_pairs()).reading
    if reading.faults:
        messages = [fault.message for fault in reading.faults]
        raise UnusableInput(
            Text(
                " ".join(sentence.fr for sentence in messages),
                " ".join(sentence.en for sentence in messages),
            )
        )
    address, knowledge = reading.address, current_state().knowledge
    description = knowledge.read(with_name(address.tree))
    assessment = knowledge.assess(description, lang=lang(), as_of=address.as_of)
    response = assessment_answer(assessment, form, detail, legend)
    response.headers.update(PRIVATE_HEADERS)
    return response


# Each form with its name and its media type.
FILE_FORMS = {
    "yaml": ("YAML", "application/yaml"),
    "json": ("JSON", "application/json"),
    "ttl": ("Turtle", "text/turtle"),
    "csv": ("CSV", "text/csv"),
    "xlsx": ("Excel (.xlsx)", WORKBOOK),
}
# The forms that a row must be able to hold.
_ROWS = ("csv", "xlsx")


def forms_that_hold(tree: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the forms that a project can be saved in, each with its name: a row of CSV cannot hold all."""
    forms = [
        (form, label)
        for form, (label, _) in FILE_FORMS.items()
        if form != "xlsx" or workbooks_supported()
    ]
    try:
        tree_cells(tree)
    except UnusableInput:
        return [(form, label) for form, label in forms if form not in _ROWS]
    return forms


def project_file(body: bytes, form: str) -> Response:
    """Answer the description of the project of the request's address in one of the forms, to be saved."""
    tree = with_name(tool_request(request.args.items(multi=True)).address.tree)
    _, media_type = FILE_FORMS[form]
    name = slugify(str(tree["project"]))
    response = Response(_FILE_WRITERS[form](tree), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    response.headers.update(PRIVATE_HEADERS)
    return response


def _yaml(tree: dict[str, Any]) -> str:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def _turtle(tree: dict[str, Any]) -> str:
    return in_full([current_state().knowledge.read(tree).graph], "ttl")


def _csv(tree: dict[str, Any]) -> str:
    row = tree_cells(tree)
    return "\ufeff" + csv_text([row, row.values()])


def _xlsx(tree: dict[str, Any]) -> bytes:
    return workbooks().filled([labelled_cells(tree, lang())], lang())


_FILE_WRITERS: dict[str, Callable[[dict[str, Any]], str | bytes]] = {
    "yaml": _yaml,
    "json": dump,
    "ttl": _turtle,
    "csv": _csv,
    "xlsx": _xlsx,
}
