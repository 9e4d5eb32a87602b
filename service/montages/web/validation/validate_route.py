"""POST /validate: all that is wrong with what is sent, where, and what to write instead (V1, V2)."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from flask import Response, request

from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import nearest, suggestion
from montages.knowledge.model import Text
from montages.publish.json_text import dump
from montages.publish.linked_data.document_context import whole_context
from montages.publish.linked_data.formats import (
    JSON_LD,
    N_TRIPLES,
    RDF_XML,
    TURTLE,
    Context,
    Format,
    write,
)
from montages.publish.validation_report import Validation
from montages.validation.findings import LEVELS
from montages.web.app_state import AppState, current_state
from montages.web.linked_data import negotiation
from montages.web.operation import ANY, LANG, PROJECT, TEXT, Operation, OperationParameter, refused
from montages.web.pages.page_context import page_context
from montages.web.requests.body_syntax import FORMS, is_form
from montages.web.requests.request_parameters import lang, parameters
from montages.web.validation.request_body import LINES, NAMES, RequestBody, request_body
from montages.web.validation.samples import SAMPLE, body_samples
from montages.web.validation.validate_body import KINDS_OF_SHAPES, check_lines, lines, validate_body

_JSON = Format("json", "application/json", "JSON", "JSON")
_CSV = Format("csv", "text/csv", "CSV", "CSV")
_HTML = Format("html", "text/html", "HTML", "HTML")
_TEXT = Format("txt", "text/plain", "Text", "TXT", aliases=("text",))
_LINES = Format("ndjson", "application/x-ndjson", "NDJSON", "JSON", aliases=("jsonl",))
_GRAPHS = (TURTLE, JSON_LD, RDF_XML, N_TRIPLES)
OFFERED = (_JSON, *_GRAPHS, _CSV, _HTML, _TEXT)


def validate() -> Response:
    """Answer the report of what is sent, in the format asked for; one report a line for JSON lines."""
    state, values = current_state(), parameters("shapes", "failOn", "lang", "format", "project")
    shapes = _one_of("shapes", values.get("shapes", "project"), KINDS_OF_SHAPES)
    fail_on = _one_of("failOn", values.get("failOn", "violation"), LEVELS)
    form = _form(values.get("format"))
    body = request_body()
    if body.syntax == LINES:
        return _batch(state, body, shapes, fail_on)
    validation = validate_body(
        state, body.text, body.syntax, shapes, fail_on, values.get("project")
    )
    response = Response(_WRITERS[form](state, validation, body), content_type=form.content_type)
    response.headers["Content-Language"] = lang()
    response.headers["Montages-Fails"] = "true" if validation.fails else "false"
    response.headers["Cache-Control"] = "no-store"
    response.vary.update(("Accept", "Accept-Language"))
    return response


def _one_of(name: str, value: str, accepted: tuple[str, ...]) -> str:
    if value in accepted:
        return value
    hint, listed, start = suggestion(nearest(value, accepted)), ", ".join(accepted), value[:80]
    raise UnreadableInput(
        f"{name} : {start} n'est pas admis.{hint.fr} Valeurs admises : {listed}.",
        f"{name}: {start} is not accepted.{hint.en} Values accepted: {listed}.",
        accepted=list(accepted),
    )


def _form(name: str | None) -> Format:
    if name:
        form = negotiation.format_by_parameter(name, None, OFFERED)
        if form is None:
            raise negotiation.not_acceptable(
                [(form, f"?format={form.extension}") for form in OFFERED]
            )
        return form
    # A browser that sends a form wants a page; whoever takes one description a line gets one report a line.
    offered = (_HTML, *OFFERED) if is_form() else (*OFFERED, _LINES)
    best = negotiation.best_format(request.accept_mimetypes, offered)
    if best is None:
        raise negotiation.not_acceptable([(form, f"?format={form.extension}") for form in OFFERED])
    return best if best is not _LINES else _JSON


def _batch(state: AppState, body: RequestBody, shapes: str, fail_on: str) -> Response:
    check_lines(body.text)
    language = lang()

    reports = [
        json.dumps(report, ensure_ascii=False, separators=(",", ":")) + "\n"
        for report in lines(state, body.text, shapes, fail_on, language)
    ]
    response = Response("".join(reports), content_type=_LINES.media_type)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "no-store"
    response.vary.add("Accept-Language")
    return response


def _graph(form: Format) -> Callable[[AppState, Validation, RequestBody], str]:
    def writer(state: AppState, validation: Validation, body: RequestBody) -> str:
        triples = list(validation.graph())
        return write(triples, form, Context(*whole_context(triples)))

    return writer


def _page(state: AppState, validation: Validation, body: RequestBody) -> str:
    context = page_context(state)
    return context.render(
        "validation.html",
        validation=validation,
        report=validation.to_json(context.lang),
        name=body.name,
    )


_WRITERS: dict[Format, Callable[[AppState, Validation, RequestBody], Any]] = {
    _JSON: lambda state, validation, body: dump(validation.to_json(lang())),
    _CSV: lambda state, validation, body: validation.csv(lang()),
    _TEXT: lambda state, validation, body: validation.text(body.name, lang()),
    _HTML: _page,
    **{form: _graph(form) for form in _GRAPHS},
}

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
_SHAPES = OperationParameter(
    "shapes",
    Text("ce qu'on contrôle", "what is checked"),
    {"enum": list(KINDS_OF_SHAPES)},
    "project",
)
_FAIL_ON = OperationParameter(
    "failOn",
    Text("niveau à partir duquel « fails » est vrai", "level from which “fails” is true"),
    {"enum": ["violation", "warning", "info"]},
    "warning",
)
_REPORT_FORMAT = OperationParameter(
    "format",
    Text("format du rapport, à défaut celui d'Accept", "format of the report, else that of Accept"),
    {"enum": [form.extension for form in OFFERED]},
    "json",
)

OPERATIONS = (
    Operation(
        "post",
        "/validate",
        "descriptions",
        Text(
            "Dit tout ce qui ne va pas : où (ligne, colonne, pointeur JSON), quoi, et que faire",
            "Say all that is wrong: where (line, column, JSON pointer), what, and what to do",
        ),
        validate,
        (_SHAPES, _FAIL_ON, LANG, _REPORT_FORMAT, PROJECT),
        {200: _REPORTS, **refused(400, 403, 404, 406, 413, 415, 422, 500, 502, 503)},
        {
            **body_samples(),
            **dict.fromkeys(FORMS, (_FORM, {"content": SAMPLE, "syntax": "yaml"})),
        },
    ),
)
