"""Validate what was received: one text, a table with a project a row, or one description a line.

Of lines, a bad one never fails the others, and the answer has a ceiling.
"""

from __future__ import annotations

import json
import time
from collections.abc import Generator, Iterator
from contextlib import closing, suppress
from dataclasses import astuple, dataclass
from typing import Any

from flask import Response, stream_with_context

from montages import settings
from montages.bilingual import message
from montages.description.limits import too_many
from montages.description.parsing.source_text import CSV, TABLE_SYNTAXES, readable
from montages.errors import ClientLeft, MontagesError, TookTooLong, TooLarge, UnreadableInput
from montages.publish.validation_report import Validation
from montages.validation.validate_graph import SHAPE_SETS, validate_graph
from montages.web.app_state import current_state
from montages.web.description_pool import batch_place, run_apart
from montages.web.requests.request_parameters import lang
from montages.web.validation.request_body import LINES, NAMES, RequestBody

KINDS_OF_SHAPES = ("project", *SHAPE_SETS)
# Lines that a row may take, its cells broken into lines included.
_LINES_A_ROW = 20
# A batch takes as long as this many descriptions at their deadlines.
_TURNS = 3
_MEDIA_TYPE = "application/x-ndjson"
_LONGEST_NAME = 200  # characters
_FINAL = 1000  # bytes kept for the line that says where an answer stops


@dataclass(frozen=True)
class WantedCheck:
    """What a request asks of a validation: the shapes, and the level at which it fails."""

    shapes: str
    fail_on: str


def validate_body(body: RequestBody, wanted: WantedCheck, project: str | None = None) -> Validation:
    """Return the validation of one text; raises as reading does."""
    text, syntax = readable(body.text, body.syntax)
    knowledge = current_state().knowledge
    if wanted.shapes == "project":
        if syntax == CSV:
            check_count(text.count(b"\n") // _LINES_A_ROW)
        report = knowledge.examine(text, syntax, project, check_count)
    elif syntax in TABLE_SYNTAXES:
        raise UnreadableInput(message("A table describes projects only."))
    else:
        report = validate_graph(text, syntax, wanted.shapes)
    level, version = wanted.fail_on, knowledge.version
    return Validation(report, wanted.shapes, level, version, body.name)


def check_count(count: int) -> None:
    """Raise TooLarge for more descriptions than one request may send."""
    if count > settings.number("max_batch"):
        raise too_many("max_batch")


def validate_lines(text: bytes, wanted: WantedCheck) -> Response:
    """Answer the report of each line of JSON, or its problem, as they come; raises TooLarge or Busy.

    A line ends with a line feed, as in batches: a carriage return is a space.
    """
    check_count(text.count(b"\n") + 1)
    reports = _reports(text, wanted)
    first = next(reports, b"")  # raises what is told by a status: the rest is told in lines
    response = Response(stream_with_context(_begun(first, reports)), content_type=_MEDIA_TYPE)
    response.headers["Content-Language"] = lang()
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def line_report(line: bytes, number: int, wanted: list[str]) -> Response:
    """Answer the report of one line, which is the `number`th, or its problem."""
    name = None
    try:
        content, syntax, name = _item(line)
        body = RequestBody(content, syntax)
        report = validate_body(body, WantedCheck(*wanted)).to_json(lang())
    except MontagesError as error:
        return Response(_problem_line(number, error), content_type=_MEDIA_TYPE)
    start = {"item": number, **({"id": name} if name is not None else {})}
    return Response(_line({**start, **report}), content_type=_MEDIA_TYPE)


def _begun(first: bytes, reports: Generator[bytes, None, None]) -> Iterator[bytes]:
    with closing(reports), suppress(ClientLeft):
        yield first
        yield from reports


def _reports(text: bytes, wanted: WantedCheck) -> Generator[bytes, None, None]:
    with batch_place():
        end = time.monotonic() + _TURNS * settings.number("run_seconds")
        room = settings.number("batch_bytes") - _FINAL
        options = astuple(wanted)
        for number, line in enumerate(filter(bytes.strip, text.split(b"\n")), 1):
            try:
                if time.monotonic() > end:
                    raise TookTooLong(
                        message(
                            "The time of the batch is over: send this description again with those "
                            "after it."
                        )
                    )
                report = run_apart(
                    line_report, line.rstrip(), "item", number=number, wanted=options
                ).get_data()
            except ClientLeft:
                raise
            except MontagesError as error:
                report = _problem_line(number, error)
            room -= len(report)
            if room < 0:
                yield _problem_line(number, _answer_full())
                return
            yield report


def _problem_line(number: int, error: MontagesError) -> bytes:
    return _line({"item": number, "problem": error.problem(lang())})


def _line(report: dict[str, Any]) -> bytes:
    return json.dumps(report, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _answer_full() -> TooLarge:
    most = settings.number("batch_bytes")
    return TooLarge(
        message(
            "The answer stops here, at {most} bytes (setting MONTAGES_BATCH_BYTES): send this "
            "description and those after it again.",
            most=most,
        ),
        limit=most,
        setting="batch_bytes",
    )


def _item(line: bytes) -> tuple[bytes, str, Any]:
    """Return a line's text, its syntax, and what the sender calls it.

    A line is a description by our keys, JSON-LD, or `{"id": …, "syntax": "turtle", "content": "…"}`.
    """
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        return line, "json", None
    if isinstance(item, dict) and isinstance(item.get("content"), str):
        syntax = NAMES.get(str(item.get("syntax", "turtle")).lower())
        if syntax in (None, *TABLE_SYNTAXES, LINES):
            raise UnreadableInput(
                message("“syntax”: turtle, json-ld, json, rdfxml, ntriples, trig, nquads or yaml.")
            )
        name = item.get("id")
        is_short = isinstance(name, (str, int)) and len(str(name)) <= _LONGEST_NAME
        return item["content"].encode("utf-8", "replace"), syntax, name if is_short else None
    return line, "json", None
