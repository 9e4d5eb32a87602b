"""`POST /assess`: the same answer as the command line, byte for byte (R30)."""

from __future__ import annotations

from flask import Response, request

from montages.knowledge.model import Text
from montages.publish.assessment_writers import ASSESSMENT_WRITERS
from montages.publish.detail import DETAILS
from montages.publish.linked_data.formats import HTML, JSON, JSON_LD, TURTLE, Format
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
    refused,
)
from montages.web.pages.assessment_form import form_assessment, form_description
from montages.web.pages.page_context import html_response
from montages.web.requests.body_syntax import FORMS, is_form, syntax
from montages.web.requests.request_limits import run_in_turn
from montages.web.requests.request_parameters import flag, lang, one_of, parameters
from montages.web.validation.request_body import CSV, LINES
from montages.web.validation.samples import SAMPLE, body_samples


def assess() -> Response:
    """Answer the assessment of a body in the syntax asked for, that of a form as a page of this service."""
    state = current_state()
    values = parameters("as_of", "lang", "project", "anyway", "presumptions", "detail", "format")
    detail = values.get("detail") and one_of("detail", values["detail"], DETAILS)
    wanted = format_asked_for(values.get("format"), tuple(_WRITERS), form=is_form())
    if is_form() and wanted is HTML:
        return html_response(run_in_turn(lambda: form_assessment(state)))
    text = None if is_form() else (request.get_data(cache=False), syntax())
    anyway, presuming = flag("anyway"), flag("presumptions", "yes")

    def answer() -> bytes:
        description = (
            form_description(state)
            if text is None
            else state.knowledge.read(*text, values.get("project"))
        )
        assessment = state.knowledge.assess(
            description,
            as_of=values.get("as_of"),
            lang=lang(),
            anyway=anyway,
            presumptions=presuming,
        )
        return ASSESSMENT_WRITERS[_WRITERS[wanted]]([assessment], detail)

    response = Response(run_in_turn(answer), content_type=wanted.content_type)
    response.headers["Content-Language"] = lang()
    response.vary.update(("Accept", "Accept-Language"))
    return response


# The formats offered, the one given to who asks for none first, each with the name of its writer.
_WRITERS: dict[Format, str] = {
    JSON: "json",
    TURTLE: "turtle",
    JSON_LD: "jsonld",
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
_ANSWER_FORMAT = OperationParameter(
    "format",
    Text(
        "format de la réponse, à défaut celui d'Accept", "format of the answer, else that of Accept"
    ),
    {"enum": [form.extension for form in _WRITERS]},
    "json",
)
_REFUSED = refused(400, 404, 406, 413, 415, 422, 503)

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
        (AS_OF, LANG, PROJECT, _ANYWAY, _PRESUMPTIONS, DETAIL, _ANSWER_FORMAT),
        {
            200: {
                **{form.media_type: TEXT for form in _WRITERS},
                "application/json": {"$ref": "#/components/schemas/Assessment"},
                "application/ld+json": ANY,
            },
            **_REFUSED,
        },
        {
            **body_samples(CSV, LINES),
            **{media: (_FORM, {"description": SAMPLE}) for media in FORMS},
        },
    ),
)
