"""`POST /assess`: the same answer as the command line, byte for byte (R30)."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from montages.bilingual import Text
from montages.publish.assessment_writers import ASSESSMENT_WRITERS
from montages.publish.detail import DETAILS
from montages.publish.linked_data.formats import (
    HTML,
    JSON,
    JSON_LD,
    N3,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    TRIG,
    TURTLE,
    Format,
)
from montages.web.app_state import current_state
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation import (
    ANY,
    AS_OF,
    DETAIL,
    LANG,
    PROJECT,
    TEXT,
    Operation,
    OperationParameter,
    answer_format,
    refused,
)
from montages.web.pages.assessment_form import form_assessment, form_body
from montages.web.pages.page_context import html_response
from montages.web.requests.body_syntax import FORMS, is_form, readable, syntax
from montages.web.requests.request_parameters import flag, lang, one_of, parameters
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import SAMPLE, body_samples
from montages.web.workers.run_apart import run_apart


def assess() -> Response:
    """Answer the assessment of a body in the syntax asked for, that of a form as a page of this service."""
    values = parameters("as_of", "lang", "project", "anyway", "presumptions", "detail", "format")
    detail = values.get("detail") and one_of("detail", values["detail"], DETAILS)
    wanted = format_asked_for(values.get("format"), tuple(_WRITERS), form=is_form())
    body, body_syntax = form_body() if is_form() else (request.get_data(cache=False), syntax())
    if is_form() and wanted is HTML:
        return run_apart(form_page, body, syntax=body_syntax)
    return run_apart(
        assessed,
        body,
        syntax=body_syntax,
        project=values.get("project"),
        form=wanted.extension,
        detail=detail,
        as_of=str(values["as_of"]) if "as_of" in values else None,
        anyway=flag("anyway"),
        presumptions=flag("presumptions", "yes"),
    )


def form_page(body: bytes, syntax: str) -> Response:
    """Answer the page that assesses the description of a form."""
    return html_response(form_assessment(current_state(), body, syntax))


def assessed(
    body: bytes, syntax: str, project: str | None, form: str, detail: str | None, **options: Any
) -> Response:
    """Answer the assessment of a description in one of the formats; `options` as `Knowledge.assess`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    assessment = knowledge.assess(description, lang=lang(), **options)
    written = next(each for each in _WRITERS if each.extension == form)
    response = Response(
        ASSESSMENT_WRITERS[_WRITERS[written]]([assessment], detail),
        content_type=written.content_type,
    )
    response.headers["Content-Language"] = lang()
    response.vary.update(("Accept", "Accept-Language"))
    return response


# The formats offered, the one given to who asks for none first, each with the name of its writer.
_WRITERS: dict[Format, str] = {
    JSON: "json",
    TURTLE: "turtle",
    JSON_LD: "jsonld",
    RDF_XML: "rdf",
    N_TRIPLES: "nt",
    N3: "turtle",
    TRIG: "trig",
    N_QUADS: "nq",
    HTML: "html",
}
_FORM = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "example": {"type": "string"},
        "file": {"type": "string", "format": "binary"},
    },
}
ANYWAY = OperationParameter(
    "anyway",
    Text("évaluer malgré les violations", "assess in spite of violations"),
    {"enum": ["0", "1"]},
    "1",
)
PRESUMPTIONS = OperationParameter(
    "presumptions",
    Text(
        "ce que présument la loi et l'usage : yes (sans cela), ou no pour ne rien présumer",
        "what law and practice presume: yes (without it), or no to presume nothing",
    ),
    {"enum": ["yes", "no"]},
    "no",
)
_REFUSED = refused(400, 404, 406, 413, 415, 422, 501, 503)

OPERATIONS = (
    Operation(
        "post",
        "/assess",
        "descriptions",
        Text(
            "Évalue un projet : quels montages sont possibles, et pourquoi",
            "Assess a project: which set-ups fit, and why",
        ),
        assess,
        (AS_OF, LANG, PROJECT, ANYWAY, PRESUMPTIONS, DETAIL, answer_format(tuple(_WRITERS))),
        {
            200: {
                **{form.media_type: TEXT for form in _WRITERS},
                "application/json": {"$ref": "#/components/schemas/Assessment"},
                "application/ld+json": ANY,
            },
            **_REFUSED,
        },
        {
            **body_samples(LINES),
            **{media: (_FORM, {"description": SAMPLE}) for media in FORMS},
        },
    ),
)
