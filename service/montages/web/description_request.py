"""What the addresses about a description are asked, may refuse, and how those that advise answer (R30)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from flask import Response, request

from montages.bilingual import Text
from montages.description.description import Description
from montages.errors import UnreadableInput
from montages.publish.detail import BRIEF, DETAILS
from montages.publish.json_text import dump_bytes
from montages.publish.linked_data.formats import HTML, JSON, SVG, Format
from montages.publish.writers import ADVICE_WRITERS
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation import (
    AS_OF,
    DETAIL,
    LANG,
    PROJECT,
    TEXT,
    Media,
    Operation,
    OperationParameter,
    answer_format,
    refused,
)
from montages.web.project_tool.project_views import change_links
from montages.web.requests.body_syntax import readable, syntax
from montages.web.requests.headers import SELF_STYLED_POLICY, in_language
from montages.web.requests.request_parameters import flag, lang, one_of, parameters
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples

_ANYWAY = OperationParameter(
    "anyway",
    Text("évaluer malgré les violations", "assess in spite of violations"),
    {"enum": ["0", "1"]},
    "1",
)
_PRESUMPTIONS = OperationParameter(
    "presumptions",
    Text(
        "ce que présument la loi et l'usage : yes (sans cela), ou no pour ne rien présumer",
        "what law and practice presume: yes (without it), or no to presume nothing",
    ),
    {"enum": ["yes", "no"]},
    "no",
)
_PARAMETERS = (AS_OF, LANG, PROJECT, _ANYWAY, _PRESUMPTIONS, DETAIL)


def description_options(*own: str) -> dict[str, Any]:
    """Return the project, the day, the detail and the leniency that a request asks for.

    `own` are its other parameters; raises UnreadableInput for one of another name, or for a value at fault.
    """
    values = parameters(*(parameter.name for parameter in _PARAMETERS), *own)
    detail = values.get("detail")
    return {
        "project": values.get("project"),
        "detail": detail and one_of("detail", detail, DETAILS),
        "as_of": str(values["as_of"]) if "as_of" in values else None,
        "anyway": flag("anyway"),
        "presumptions": flag("presumptions", "yes"),
    }


def description_operation(
    path: str,
    summary: Text,
    handler: Callable[..., Response],
    own: Sequence[OperationParameter],
    media: Media,
    bodies: Mapping[str, tuple[Mapping[str, Any], Any]] | None = None,
) -> Operation:
    """Return the operation that takes a description, with its `own` parameters beside those of all."""
    return Operation(
        "post",
        path,
        "descriptions",
        summary,
        handler,
        (*_PARAMETERS, *own),
        {200: media, **refused(400, 404, 406, 413, 415, 422, 501, 503)},
        {**body_samples(LINES), **(bodies or {})},
    )


def advice_formats(advice: str) -> tuple[Format, ...]:
    """Return the formats that some advice is given in, JSON first."""
    return (
        JSON,
        *(form for form in (HTML, SVG) if form.extension in ADVICE_WRITERS.get(advice, {})),
    )


def advice_options(advice: str, *own: str) -> dict[str, Any]:
    """Return what a request asks for: the syntax of its body, the project, how much, the day, the format.

    `own` are its other parameters. One of another name or value is refused; so is a format that there is not.
    """
    options = description_options("format", *own)
    form = format_asked_for(request.args.get("format"), advice_formats(advice))
    return {**options, "form": form.extension, "syntax": syntax()}


def named_set_ups() -> list[str]:
    """Return the set-ups that `about` names, separated by commas or said several times."""
    named = ",".join(request.args.getlist("about")).split(",")
    return list(dict.fromkeys(name for name in map(str.strip, named) if name))


def advise(advice: str, **options: Any) -> Response:
    """Answer what a method of `Knowledge` says of the description of a body, worked out apart."""
    return run_apart(advice_on_body, request.get_data(cache=False), advice=advice, **options)


def advice_on_body(
    body: bytes,
    advice: str,
    syntax: str,
    project: str | None,
    detail: str | None,
    form: str = JSON.extension,
    other: str | None = None,
    of_form: Mapping[str, Any] = MappingProxyType({}),
    **options: Any,
) -> Response:
    """Answer what a method says of a description, and of another one of the same body if it is named.

    `of_form` is what the writer of the form is asked for besides.
    """
    knowledge, text = current_state().knowledge, readable(body, syntax)
    if other is not None:
        options["other"] = knowledge.read(*text, other)
    description = knowledge.read(*text, project)
    answer = getattr(knowledge, advice)(description, lang=lang(), **options)
    written = next(candidate for candidate in advice_formats(advice) if candidate.extension == form)
    if written is JSON:
        text_of_answer: str | bytes = dump_bytes(answer.to_json(brief=detail == BRIEF))
    else:
        links = {}
        if advice in _PAGE_LINKS:
            links = _PAGE_LINKS[advice](description, answer.as_of if options.get("as_of") else None)
        text_of_answer = ADVICE_WRITERS[advice][form](answer, lang(), **of_form, **links)
    response = Response(text_of_answer, content_type=written.content_type)
    if written is not JSON:
        response.headers["Content-Security-Policy"] = SELF_STYLED_POLICY
    return in_language(response)


# What the page of some advice is given besides: where it leads in this service.
_PAGE_LINKS: dict[str, Callable[[Description, date | None], dict[str, Any]]] = {
    "what_ifs": lambda description, as_of: {"href": change_links(description, as_of)},
}


def asked_number(name: str, default: int, most: int) -> int:
    """Return how many a parameter asks for, `default` without it; raises UnreadableInput beyond `most`."""
    value = request.args.get(name, str(default))
    if value not in map(str, range(1, most + 1)):
        raise UnreadableInput(
            f"{name}={value[:80]} : un nombre entier de 1 à {most} est attendu.",
            f"{name}={value[:80]}: a whole number from 1 to {most} is needed.",
        )
    return int(value)


def number_parameter(name: str, description: Text, most: int) -> OperationParameter:
    """Return the parameter that asks for so many."""
    return OperationParameter(
        name, description, {"type": "integer", "minimum": 1, "maximum": most}, 3
    )


def advice_operation(
    advice: str,
    path: str,
    summary: Text,
    handler: Callable[..., Response],
    parameters: Sequence[OperationParameter],
    schema: Mapping[str, Any],
) -> Operation:
    """Return the operation that takes a description and gives advice: JSON of a schema, other forms too."""
    forms = advice_formats(advice)
    media = {form.media_type: schema if form is JSON else TEXT for form in forms}
    return description_operation(path, summary, handler, (answer_format(forms), *parameters), media)


def about_parameter(description: Text) -> OperationParameter:
    """Return the parameter that names set-ups."""
    return OperationParameter("about", description, example="mpgp,accord-cadre")
