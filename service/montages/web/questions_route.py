"""`POST /questions`: what to ask next of a description, the same JSON as the command line (R19, R30)."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from montages.bilingual import Text
from montages.publish.detail import BRIEF, DETAILS, FULL
from montages.publish.json_text import dump_bytes
from montages.publish.linked_data.formats import JSON
from montages.publish.schemas.questions_schema import QUESTIONS_SCHEMA
from montages.web.app_state import current_state
from montages.web.assess_routes import ANYWAY, PRESUMPTIONS
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.operation import (
    AS_OF,
    DETAIL,
    LANG,
    PROJECT,
    Operation,
    OperationParameter,
    refused,
)
from montages.web.requests.body_syntax import readable, syntax
from montages.web.requests.request_parameters import flag, lang, one_of, parameters
from montages.web.validation.request_body import LINES
from montages.web.validation.samples import body_samples
from montages.web.workers.run_apart import run_apart


def questions() -> Response:
    """Answer the next questions of a body, which may be a description of nothing yet: `{}`, or no body."""
    values = parameters("as_of", "lang", "project", "anyway", "presumptions", "detail", "about")
    detail = one_of("detail", values.get("detail", FULL), DETAILS)
    format_asked_for(None, (JSON,))
    body = request.get_data(cache=False)
    return run_apart(
        next_questions_of,
        body if body.strip() else b"{}",
        syntax=syntax() if body.strip() else "json",
        project=values.get("project"),
        brief=detail == BRIEF,
        as_of=str(values["as_of"]) if "as_of" in values else None,
        about=[name for name in values.get("about", "").split(",") if name],
        anyway=flag("anyway"),
        presumptions=flag("presumptions", "yes"),
    )


def next_questions_of(
    body: bytes, syntax: str, project: str | None, brief: bool, **options: Any
) -> Response:
    """Answer the next questions of a description; `options` as `Knowledge.questions`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    interview = knowledge.questions(description, lang=lang(), **options)
    response = Response(dump_bytes(interview.to_json(brief=brief)), content_type=JSON.content_type)
    response.headers["Content-Language"] = lang()
    response.vary.update(("Accept", "Accept-Language"))
    return response


_ABOUT = OperationParameter(
    "about",
    Text(
        "les montages dont le verdict importe, séparés par des virgules ; sans cela, contrats et procédures",
        "the set-ups whose verdict matters, separated by commas; without it, contracts and procedures",
    ),
    example="mpgp,accord-cadre",
)


OPERATIONS = (
    Operation(
        "post",
        "/questions",
        "descriptions",
        Text(
            "Dit ce qu'il faut demander ensuite : les questions qui peuvent encore changer un verdict",
            "Tell what to ask next: the questions that can still change a verdict",
        ),
        questions,
        (AS_OF, LANG, PROJECT, ANYWAY, PRESUMPTIONS, DETAIL, _ABOUT),
        {
            200: {"application/json": QUESTIONS_SCHEMA},
            **refused(400, 404, 406, 413, 415, 422, 501, 503),
        },
        body_samples(LINES),
    ),
)
