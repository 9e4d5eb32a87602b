"""Validate what was received: one text, or a table with a project a row."""

from __future__ import annotations

from dataclasses import dataclass

from montages import settings
from montages.description.limits import too_many
from montages.description.parsing.source_text import CSV, TABLE_SYNTAXES
from montages.errors import UnreadableInput
from montages.publish.validation_report import Validation
from montages.validation.validate_graph import SHAPE_SETS, validate_graph
from montages.validation.validate_text import TextReport
from montages.web.app_state import AppState
from montages.web.requests.body_syntax import readable
from montages.web.validation.request_body import RequestBody

KINDS_OF_SHAPES = ("project", *SHAPE_SETS)
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
        if syntax in TABLE_SYNTAXES:
            raise UnreadableInput(
                "Un tableau ne décrit que des projets.", "A table describes projects only."
            )
        return validate_graph(text, syntax, shapes)
    if syntax == CSV:
        check_count(text.count(b"\n") // _LINES_A_ROW)
    return state.knowledge.examine(text, syntax, project, check_count)


def check_count(count: int) -> None:
    """Raise TooLarge for more descriptions than one request may send."""
    limit = settings.number("max_batch")
    if count > limit:
        raise too_many(limit, "descriptions à la fois", "descriptions at a time", "max_batch")
