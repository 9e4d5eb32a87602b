"""`/openapi.json`: the table of operations as OpenAPI 3.1 (O2)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Response, current_app

from montages.assessment.forms.schema import assessment_schema, legend_schema
from montages.bilingual import Text, message
from montages.description.reader.sentence_project import SENTENCE
from montages.guests import guests
from montages.knowledge.description_keys import (
    HOLDER_KEYS,
    LAYER_KEYS,
    PERIMETER_KEYS,
    PROJECT_KEYS,
    answer_keys,
)
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.publish.json_text import dump
from montages.publish.validation_report import validation_schema
from montages.web.app_state import current_state
from montages.web.linked_data.conditional import conditional, etag
from montages.web.requests.request_parameters import lang as asked_language
from montages.web.requests.request_parameters import parameters
from montages.web.route import (
    JSON,
    LANG,
    ROUTES_KEY,
    Route,
    RouteParameter,
    Routes,
    document_answers,
)
from montages.web.validation.samples import SAMPLE_JSON

_VARIABLE = re.compile(r"<(?:path:)?(\w+)>")
_TITLE = message("Montages: the programming interface")
_ABOUT = message(
    "Which contractual set-ups fit a smart-territory project, and why: validation, assessment, "
    "linked data, SPARQL. Every error is a problem (RFC 9457) in French or English."
)
# The token of a publisher.
SECURITY = "publisher"
TAGS = {
    "descriptions": message("Check and assess"),
    "linked data": message("Linked data"),
    "sparql": message("Query", context="to ask"),
    "pages": message("Pages"),
    "service": message("The service itself"),
}


ROUTES = Routes("service")


def tags() -> dict[str, Text]:
    """Return what routes are sorted by, those of guests before the service itself."""
    of_guests = {name: title for guest in guests().present for name, title in guest.tags.items()}
    *first, last = TAGS.items()
    return {**dict(first), **of_guests, last[0]: last[1]}


@ROUTES.get("/openapi.json", message("This document"), LANG, answers=document_answers(JSON, 400))
def openapi() -> Response:
    """Answer the OpenAPI document of all operations, in the reader's language."""
    parameters("lang")
    language, base = asked_language(), current_state().base_url()
    operations = current_app.extensions[ROUTES_KEY]
    response = conditional(
        etag("openapi", language, base),
        "application/json",
        lambda: dump(document(operations, language, base)),
        "Accept-Language",
    )
    response.headers["Content-Language"] = language
    return response


def path_of(rule: str) -> str:
    """Return the OpenAPI path of a rule of Flask: `/def/<path:path>` gives `/def/{path}`."""
    return _VARIABLE.sub(r"{\1}", rule)


def document(operations: Iterable[Route], lang: str, base: str) -> dict[str, Any]:
    """Return the OpenAPI document of some operations in a language."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(path_of(operation.path), {})[operation.method] = _operation(
            operation, lang
        )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": _TITLE[lang],
            "version": version("montages"),
            "description": _ABOUT[lang],
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": base}],
        "tags": [{"name": name, "description": text[lang]} for name, text in tags().items()],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {
                "Problem": _PROBLEM,
                "Description": _description(lang),
                **_apart("Assessment", assessment_schema()),
                **_apart("Legend", legend_schema()),
                **_apart("Validation", validation_schema()),
            },
            "securitySchemes": {SECURITY: {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(operation: Route, lang: str) -> dict[str, Any]:
    words = re.findall(r"\w+", path_of(operation.path)) or ["home"]
    out: dict[str, Any] = {
        "operationId": "_".join([operation.method, *words]),
        "tags": [operation.tag],
        "summary": operation.summary[lang],
    }
    if operation.secured:
        out["security"] = [{SECURITY: []}]
    if operation.parameters:
        out["parameters"] = [_parameter(parameter, lang) for parameter in operation.parameters]
    if operation.bodies:
        content = {
            media: {"schema": dict(schema)} | ({} if example is None else {"example": example})
            for media, (schema, example) in operation.bodies.items()
        }
        out["requestBody"] = {"required": True, "content": content}
    out["responses"] = {
        str(status): _answer(status, media) for status, media in sorted(operation.answers.items())
    }
    return out


def _parameter(parameter: RouteParameter, lang: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description[lang],
        "required": parameter.place == "path",
        "schema": dict(parameter.schema),
    }
    if parameter.example is not None:
        out["example"] = parameter.example
    return out


def _answer(status: int, media: Mapping[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if status == 303:
        schema = {"type": "string", "format": "uri-reference"}  # to a page it is a path
        out["headers"] = {"Location": {"schema": schema, "required": True}}
    if media:
        out["content"] = {kind: {"schema": schema} for kind, schema in media.items()}
    return out


def _apart(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Return a schema and what it defines, side by side, under names that tell whose they are."""
    text = json.dumps({k: v for k, v in schema.items() if k not in ("$schema", "$id")})
    whole = json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{name}.'))
    parts = whole.pop("$defs", {})
    return {name: whole, **{f"{name}.{part}": definition for part, definition in parts.items()}}


_PROBLEM = {
    "type": "object",
    "description": "RFC 9457, and what each kind of problem adds",
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "line": {"type": ["integer", "null"]},
        "column": {"type": ["integer", "null"]},
        "pointer": {"type": "string"},
        "accepted": {"type": "array", "items": {"type": "string"}},
        "suggestions": {
            "type": "array",
            "description": "the addresses that the one asked for may have meant, best first",
            "items": {"type": "object", "required": ["url", "path", "label"]},
        },
        "findings": {"type": "array", "items": {"$ref": "#/components/schemas/Validation.finding"}},
    },
    "required": ["type", "title", "status", "detail"],
}


def _description(lang: str) -> dict[str, Any]:
    """Return the schema of a description by our keys: its answers are those of the criteria."""
    criteria = rulebook().criteria
    answers = {key: _answer_schema(criteria[slug], lang) for key, slug in answer_keys().items()}
    text = {"type": "string"}
    holder, layer, part = (
        _closed({key: {} for key in keys}) for keys in (HOLDER_KEYS, LAYER_KEYS, PERIMETER_KEYS)
    )
    own = {
        "project": text,
        SENTENCE: text,
        "holder": {"anyOf": [text, holder]},
        "perimeters": {"type": "object", "additionalProperties": part},
        "layers": {"type": "array", "items": {"anyOf": [text, layer]}},
        "answers": _closed(answers),
    }
    return {
        "type": "object",
        "properties": {key: {} for key in PROJECT_KEYS} | own,
        "anyOf": [{"required": ["project"]}, {"required": [SENTENCE]}],
        "additionalProperties": False,
        "example": SAMPLE_JSON,
    }


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of an object that has some properties and no others."""
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _answer_schema(criterion: Criterion, lang: str) -> dict[str, Any]:
    if criterion.numeric_property:
        one: dict[str, Any] = {"type": "number", "exclusiveMinimum": 0}
    else:
        one = {"enum": [value.slug for value in criterion.values]}
    schema = {"anyOf": [one, {"type": "array", "items": one}]} if criterion.multiple else one
    return {"description": criterion.question[lang], **schema}
