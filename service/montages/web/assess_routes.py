"""`POST /assess`: the same answer as the command line, byte for byte (R30)."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Response, request

from montages.assessment.forms.references import whole_legend
from montages.bilingual import message
from montages.description.parsing.source_text import readable
from montages.knowledge.periods import rules_at
from montages.operations.descriptions import ASSESS
from montages.publish.linked_data.formats import HTML, JSON
from montages.web.app_state import current_state
from montages.web.assessment_forms import (
    ASSESSMENT_FORMATS,
    ASSESSMENT_SCHEMA,
    LEGEND,
    LEGEND_PATH,
    assessment_answer,
    form_asked_for,
)
from montages.web.description_pool import made_apart, run_apart
from montages.web.linked_data.conditional import conditional, etag
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation_routes import asked, operation_route
from montages.web.pages.home import form_assessment, form_body
from montages.web.requests.body_syntax import FORMS, is_form, syntax
from montages.web.requests.request_parameters import asked_day, flag, lang, parameters
from montages.web.route import ANY, AS_OF, LANG, TEXT, Route, answer_format, document_answers
from montages.web.validation.samples import SAMPLE


def assess() -> Response:
    """Answer the assessment of a body in the syntax asked for, that of a form as a page of this service."""
    options = {**asked(ASSESS, "format", "legend"), "legend": flag("legend")}
    wanted = format_asked_for(form_asked_for(), ASSESSMENT_FORMATS, form=is_form())
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
    legend: bool = False,
    **options: Any,
) -> Response:
    """Answer the assessment of a description in one of the formats; `options` as `Knowledge.assess`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    assessment = knowledge.assess(description, lang=lang(), **options)
    return assessment_answer(assessment, form, detail, legend)


def legend() -> Response:
    """Answer what the slugs of whole assessments stand for, under the law of a day."""
    parameters("as_of", "lang")
    day, language = asked_day() or date.today(), lang()
    return conditional(
        etag("legend", str(day), language),
        JSON.content_type,
        lambda: made_apart(_legend, day=day.isoformat(), language=language),
        language=language,
    )


def _legend(body: bytes, day: str, language: str) -> Response:
    return Response(whole_legend(rules_at(date.fromisoformat(day)), language))


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
            **{form.media_type: TEXT for form in ASSESSMENT_FORMATS},
            "application/json": ASSESSMENT_SCHEMA,
            "application/ld+json": ANY,
        },
        answer_format(ASSESSMENT_FORMATS),
        LEGEND,
        bodies={media: (_FORM, {"description": SAMPLE}) for media in FORMS},
    ),
    Route(
        "get",
        LEGEND_PATH,
        "descriptions",
        message("What the slugs of whole assessments stand for, under the law of a day"),
        legend,
        (AS_OF, LANG),
        document_answers({"application/json": {"$ref": "#/components/schemas/Legend"}}, 400, 503),
    ),
)
