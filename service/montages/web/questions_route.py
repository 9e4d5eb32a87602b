"""`POST /questions`: what to ask next of a description, the same JSON as the command line (R19, R30)."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from montages.bilingual import Text
from montages.publish.detail import BRIEF
from montages.publish.json_text import dump_bytes
from montages.publish.linked_data.formats import JSON
from montages.publish.schemas.questions_schema import QUESTIONS_SCHEMA
from montages.web.advice_request import about_parameter, named_set_ups
from montages.web.app_state import current_state
from montages.web.description_request import description_operation, description_options
from montages.web.linked_data.negotiation import format_asked_for
from montages.web.requests.body_syntax import readable, syntax
from montages.web.requests.negotiated_answer import in_language
from montages.web.requests.request_parameters import lang
from montages.web.workers.run_apart import run_apart


def questions() -> Response:
    """Answer the next questions of a body, which may be a description of nothing yet: `{}`, or no body."""
    options = description_options("about")
    format_asked_for(None, (JSON,))
    body = request.get_data(cache=False)
    return run_apart(
        next_questions_of,
        body if body.strip() else b"{}",
        syntax=syntax() if body.strip() else "json",
        about=named_set_ups(),
        **options,
    )


def next_questions_of(
    body: bytes, syntax: str, project: str | None, detail: str | None, **options: Any
) -> Response:
    """Answer the next questions of a description; `options` as `Knowledge.questions`."""
    knowledge = current_state().knowledge
    description = knowledge.read(*readable(body, syntax), project)
    interview = knowledge.questions(description, lang=lang(), **options)
    text = dump_bytes(interview.to_json(brief=detail == BRIEF))
    return in_language(Response(text, content_type=JSON.content_type))


_ABOUT = about_parameter(
    Text(
        "les montages dont le verdict importe, séparés par des virgules ; sans cela, contrats et procédures",
        "the set-ups whose verdict matters, separated by commas; without it, contracts and procedures",
    )
)

OPERATIONS = (
    description_operation(
        "/questions",
        Text(
            "Dit ce qu'il faut demander ensuite : les questions qui peuvent encore changer un verdict",
            "Tell what to ask next: the questions that can still change a verdict",
        ),
        questions,
        (_ABOUT,),
        {"application/json": QUESTIONS_SCHEMA},
    ),
)
