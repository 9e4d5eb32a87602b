"""`POST /assess`: the same answer as the command line, byte for byte (R30)."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from montages.description.parsing.media_types import readable
from montages.operations.descriptions import ASSESS
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
from montages.publish.writers import ASSESSMENT_WRITERS
from montages.web.app_state import current_state
from montages.web.assessment_forms import (
    ASSESSMENT_SCHEMA,
    GUEST_FORMATS,
    form_asked_for,
    with_profile,
)
from montages.web.description_pool import run_apart
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation_routes import asked, operation_route
from montages.web.pages.home import form_assessment, form_body
from montages.web.requests.body_syntax import FORMS, is_form, syntax
from montages.web.requests.headers import in_language
from montages.web.requests.request_parameters import lang
from montages.web.route import ANY, TEXT, answer_format
from montages.web.validation.samples import SAMPLE


def assess() -> Response:
    """Answer the assessment of a body in the syntax asked for, that of a form as a page of this service."""
    options = asked(ASSESS, "format")
    wanted = format_asked_for(form_asked_for(), tuple(_WRITERS), form=is_form())
    body, body_syntax = form_body() if is_form() else (request.get_data(cache=False), syntax())
    if is_form() and wanted is HTML:
        return run_apart(form_assessment, body, syntax=body_syntax)
    return run_apart(assessed, body, syntax=body_syntax, form=wanted.extension, **options)


def assessed(
    body: bytes,
    syntax: str,
    form: str,
    project: str | None = None,
    detail: str | None = None,
    **options: Any,
) -> Response:
    """Answer the assessment of a description in one of the formats; `options` as `Knowledge.assess`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    assessment = knowledge.assess(description, lang=lang(), **options)
    written = next(candidate for candidate in _WRITERS if candidate.extension == form)
    response = Response(
        ASSESSMENT_WRITERS[_WRITERS[written]]([assessment], detail),
        content_type=written.content_type,
    )
    return in_language(with_profile(response, form))


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
    **GUEST_FORMATS,
}
_FORM = {
    "type": "object",
    "properties": {
        "description": {"type": "string"},
        "example": {"type": "string"},
        "file": {"type": "string", "format": "binary"},
    },
}
ROUTES = (
    operation_route(
        ASSESS,
        assess,
        {
            **{form.media_type: TEXT for form in _WRITERS},
            "application/json": ASSESSMENT_SCHEMA,
            "application/ld+json": ANY,
        },
        answer_format(tuple(_WRITERS)),
        bodies={media: (_FORM, {"description": SAMPLE}) for media in FORMS},
    ),
)
