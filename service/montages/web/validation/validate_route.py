"""POST /validate, and /check by its short name: what is wrong, where, and what to write instead (V1, V2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple
from typing import Any

from flask import Response
from markupsafe import Markup

from montages.bilingual import message
from montages.operations.descriptions import CHECK
from montages.operations.parameter import FAIL_ON
from montages.publish.json_text import dump
from montages.publish.linked_data.formats import CATALOGUES, CSV, HTML, JSON, Format, in_full
from montages.publish.validation_page import validation_page
from montages.publish.validation_report import Validation, validations_csv
from montages.web.description_pool import run_apart
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.pages.page_context import page_context
from montages.web.requests.body_syntax import FORMS, is_form
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import lang, one_of, parameters
from montages.web.route import (
    ANY,
    LANG,
    PROJECT,
    TEXT,
    RouteParameter,
    Routes,
    answers,
    query_parameter,
)
from montages.web.validation.request_body import LINES, NAMES, RequestBody, request_body
from montages.web.validation.samples import SAMPLE, body_samples
from montages.web.validation.validate_body import (
    KINDS_OF_SHAPES,
    WantedCheck,
    validate_body,
    validate_lines,
)

_TEXT = Format("txt", "text/plain", "Text", "TXT", aliases=("text",))
_LINES = Format("ndjson", "application/x-ndjson", "NDJSON", "JSON", aliases=("jsonl",))
OFFERED = (JSON, *CATALOGUES, CSV, HTML, _TEXT)


_FORM = {
    "type": "object",
    "properties": {
        "content": {"type": "string"},
        "syntax": {"enum": ["", *NAMES]},
        "file": {"type": "string", "format": "binary"},
    },
}
_REPORTS: dict[str, Any] = {
    **{form.media_type: TEXT for form in OFFERED},
    "application/json": {"$ref": "#/components/schemas/Validation"},
    "application/ld+json": ANY,
    "application/x-ndjson": TEXT,
}
_SHAPES = RouteParameter(
    "shapes", message("what is checked"), {"enum": list(KINDS_OF_SHAPES)}, "project"
)
_REPORT_FORMAT = RouteParameter(
    "format",
    message("format of the report, else that of Accept"),
    {"enum": [form.extension for form in OFFERED]},
    "json",
)
_ABOUT: dict[str, Any] = {
    "answers": answers(_REPORTS, 400, 404, 406, 413, 415, 422, 500, 501, 503),
    "bodies": {
        **body_samples(),
        **dict.fromkeys(FORMS, (_FORM, {"content": SAMPLE, "syntax": "yaml"})),
    },
}
_PARAMETERS = (_SHAPES, query_parameter(FAIL_ON), LANG, _REPORT_FORMAT, PROJECT)
ROUTES = Routes("descriptions")


@ROUTES.post("/check", CHECK.summary, *_PARAMETERS, **_ABOUT)
@ROUTES.post("/validate", CHECK.summary, *_PARAMETERS, **_ABOUT)
def validate() -> Response:
    """Answer the report of what is sent, in the format asked for; one report a line for JSON lines."""
    values = parameters("shapes", "fail_on", "lang", "format", "project")
    wanted = WantedCheck(
        one_of("shapes", values.get("shapes", "project"), KINDS_OF_SHAPES),
        one_of("fail_on", values.get("fail_on", FAIL_ON.default), FAIL_ON.choices),
    )
    form = format_asked_for(values.get("format"), OFFERED, form=is_form(), also=[_LINES])
    body = request_body()
    if body.syntax == LINES:
        return validate_lines(body.text, wanted)
    return run_apart(
        validated,
        body.text,
        syntax=body.syntax,
        name=body.name,
        wanted=astuple(wanted),
        project=values.get("project"),
        # Whoever takes one description a line gets one report a line.
        form=(JSON if form is _LINES else form).extension,
    )


def validated(
    text: bytes, syntax: str, name: str, wanted: list[str], project: str | None, form: str
) -> Response:
    """Answer the report of one text in one of the formats."""
    written = next(candidate for candidate in OFFERED if candidate.extension == form)
    validation = validate_body(RequestBody(text, syntax, name), WantedCheck(*wanted), project)
    response = Response(_WRITERS[written](validation, written), content_type=written.content_type)
    response.headers["Montages-Fails"] = "true" if validation.fails else "false"
    response.headers["Cache-Control"] = "no-store"
    return in_language(response)


def _page(validation: Validation, form: Format) -> str:
    context = page_context()
    body = validation_page([validation], context.lang, whole=False)
    return context.render("validation.html", body=Markup(body))  # noqa: S704  # made by a template that escapes


_WRITERS: dict[Format, Callable[[Validation, Format], str]] = {
    JSON: lambda validation, form: dump(validation.to_json(lang())),
    CSV: lambda validation, form: validations_csv([validation], lang()),
    _TEXT: lambda validation, form: validation.text(lang()),
    HTML: _page,
    **dict.fromkeys(
        CATALOGUES, lambda validation, form: in_full([validation.graph()], form.extension)
    ),
}
