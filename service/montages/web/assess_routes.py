"""`POST /assess`: the same answer as the command line, byte for byte (R30)."""

from __future__ import annotations

from flask import Response, request

from montages.assessment.json_pieces import documents
from montages.knowledge.model import Text
from montages.web.app_state import current_state
from montages.web.operation import (
    AS_OF,
    LANG,
    PROJECT,
    TEXT,
    Operation,
    OperationParameter,
    refused,
)
from montages.web.pages.assessment_form import form_assessment
from montages.web.pages.page_context import html_response
from montages.web.requests.body_syntax import FORMS, is_form, syntax
from montages.web.requests.request_limits import run_in_turn
from montages.web.requests.request_parameters import flag, lang, parameters
from montages.web.validation.request_body import CSV, LINES
from montages.web.validation.samples import SAMPLE, body_samples


def assess() -> Response:
    """Answer the assessment of a body as JSON, that of a form as a page."""
    state = current_state()
    if is_form():
        return html_response(run_in_turn(lambda: form_assessment(state)))
    values = parameters("as_of", "lang", "project", "anyway", "presumptions")
    text, name, anyway = request.get_data(cache=False), syntax(), flag("anyway")
    presuming = flag("presumptions", "yes")
    assessment = run_in_turn(
        lambda: state.knowledge.assess(
            state.knowledge.read(text, name, values.get("project")),
            as_of=values.get("as_of"),
            lang=lang(),
            anyway=anyway,
            presumptions=presuming,
        )
    )
    return _answer(documents([assessment.json_text()]))


def _answer(body: bytes) -> Response:
    response = Response(body, mimetype="application/json")
    response.headers["Content-Language"] = lang()
    response.vary.add("Accept-Language")
    return response


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
        (AS_OF, LANG, PROJECT, _ANYWAY, _PRESUMPTIONS),
        {
            200: {
                "application/json": {"$ref": "#/components/schemas/Assessment"},
                "text/html": TEXT,
            },
            **_REFUSED,
        },
        {
            **body_samples(CSV, LINES),
            **{media: (_FORM, {"description": SAMPLE}) for media in FORMS},
        },
    ),
)
