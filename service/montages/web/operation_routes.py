"""The routes of operations: `POST` of a description, answered as the other doors answer it (R30).

Path, words, parameters and the schema of the answer come from the table; what an address says is read here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Response, request

from montages.bilingual import message
from montages.description.dates import read_day
from montages.description.parsing.source_text import readable
from montages.errors import UnreadableInput
from montages.operations.operation import Operation, loaded
from montages.operations.parameter import DAY, FLAG, NAMES, NUMBER, Parameter, names_in
from montages.operations.table import ADVICE
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump_bytes
from montages.publish.linked_data.formats import HTML, JSON, SVG, Format
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.requests.body_syntax import syntax
from montages.web.requests.headers import SELF_STYLED_POLICY, in_language
from montages.web.requests.request_parameters import flag, lang, one_of, parameters
from montages.web.route import (
    TEXT,
    Media,
    Route,
    RouteParameter,
    answer_format,
    query_parameter,
    refused,
)
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples


def operation_route(
    operation: Operation,
    handler: Callable[[], Response],
    media: Media,
    *own: RouteParameter,
    bodies: Mapping[str, tuple[Mapping[str, Any], Any]] | None = None,
) -> Route:
    """Return the route of an operation, with what a handler of its own takes besides."""
    taken = (*operation.shared_parameters("http"), *operation.own_parameters("http"))
    return Route(
        "post",
        f"/{operation.name}",
        "descriptions",
        operation.summary,
        handler,
        (*map(query_parameter, taken), *own),
        {200: media, **refused(400, 404, 406, 413, 415, 422, 501, 503)},
        {**body_samples(LINES), **(bodies or {})},
    )


def asked(operation: Operation, *own: str) -> dict[str, Any]:
    """Return what a request asks of an operation, by name, else its defaults, without what has none.

    `own` are the names of what its handler takes besides. Raises UnreadableInput for a parameter of another
    name, or for a value at fault.
    """
    taken = (*operation.shared_parameters("http"), *operation.own_parameters("http"))
    parameters(*(parameter.name for parameter in taken), *own)
    values = {p.name: _read(p) if p.name in request.args else p.default for p in taken}
    del values["lang"]
    return {name: value for name, value in values.items() if value is not None}


def _read(parameter: Parameter) -> Any:
    name, text = parameter.name, request.args[parameter.name]
    if parameter.kind is FLAG:
        return flag(name)
    if parameter.kind is DAY:
        return str(read_day(text))
    if parameter.kind is NAMES:
        return names_in(",".join(request.args.getlist(name)))
    if parameter.kind is NUMBER:
        return _number(parameter, text)
    return one_of(name, text, parameter.choices) if parameter.choices else text


def _number(parameter: Parameter, text: str) -> int:
    most = parameter.most or 0
    if text not in map(str, range(parameter.least, most + 1)):
        expected = parameter.expected
        raise UnreadableInput(
            message(
                "{name}={text}: {expected} is needed.",
                name=parameter.name,
                text=text[:80],
                expected=expected,
            )
        )
    return int(text)


def _forms(operation: Operation) -> tuple[Format, ...]:
    """Return the formats that advice is given in, JSON first."""
    return (JSON, *(form for form in (HTML, SVG) if form.extension in operation.forms))


def answer_advice(operation: Operation) -> Response:
    """Answer what an operation advises on the description of a body, worked out apart."""
    options = asked(operation, "format")
    form = format_asked_for(request.args.get("format"), _forms(operation))
    body = request.get_data(cache=False)
    is_empty = operation.takes_nothing and not body.strip()
    body, body_syntax = (b"{}", "json") if is_empty else (body, syntax())
    about = {"name": operation.name, "syntax": body_syntax, "form": form.extension}
    return run_apart(advice_on_body, body, **about, **options)


_BY_NAME = {operation.name: operation for operation in ADVICE}


def advice_on_body(
    body: bytes,
    name: str,
    syntax: str,
    form: str,
    project: str | None = None,
    detail: str | None = None,
    **options: Any,
) -> Response:
    """Answer what an operation advises on a description."""
    operation, knowledge, text = _BY_NAME[name], current_state().knowledge, readable(body, syntax)
    description = knowledge.read(*text, project)
    answer = getattr(knowledge, operation.method)(description, lang=lang(), **options)
    written = next(candidate for candidate in _forms(operation) if candidate.extension == form)
    if written is JSON:
        answer_bytes = dump_bytes(answer.to_json(brief=detail == BRIEF))
        return in_language(Response(answer_bytes, content_type=JSON.content_type))
    links = {}
    if href := operation.doors["http"].href:
        links["href"] = loaded(href)(description, answer.as_of if "as_of" in options else None)
    page = loaded(operation.forms[form])(answer, lang(), **links)
    response = Response(page, content_type=written.content_type)
    response.headers["Content-Security-Policy"] = SELF_STYLED_POLICY
    return in_language(response)


def _advice_route(operation: Operation) -> Route:
    forms = _forms(operation)
    schema = loaded(operation.output)
    media = {form.media_type: schema if form is JSON else TEXT for form in forms}
    return operation_route(
        operation, partial(answer_advice, operation), media, answer_format(forms)
    )


ROUTES = tuple(_advice_route(operation) for operation in ADVICE)
