"""The page to contest by: a text with rule, version, answer, day and link filled in (R32)."""

from __future__ import annotations

from flask import Response, request

from montages.bilingual import message
from montages.publish.contacts import contest_href
from montages.publish.text.contest_text import (
    CONTRACT,
    OUTCOME,
    REQUIREMENT,
    contest_subject,
    contest_text,
    contest_title,
)
from montages.web.pages.page_context import page_context
from montages.web.route import FREE_LANG, PAGE, RouteParameter, Routes, answers

ROUTES = Routes("pages")


@ROUTES.get(
    "/contest",
    message(
        "Contest a result: a text filled in with the rule, the version, the answer, the "
        "day and the link"
    ),
    RouteParameter(
        REQUIREMENT, message("the rule contested"), example="mpgp-performance-commitments"
    ),
    RouteParameter(CONTRACT, message("the set-up contested"), example="mpgp"),
    RouteParameter(OUTCOME, message("what the tool answers"), example="closed"),
    FREE_LANG,
    answers=answers(PAGE, 400, 404),
)
def contest() -> Response:
    """Answer the page, with the text for what the request names, kept nowhere, and for nobody else."""
    context, subject = page_context(), contest_subject(list(request.args.items(multi=True)))
    lang, state = context.lang, context.state
    title = contest_title(subject, lang)
    body = contest_text(subject, lang, state.knowledge.version, state.base_url())
    response = context.answer(
        "contest.html", contest_title=title, contest_body=body, contest_to=contest_href(title, body)
    )
    if request.args:
        response.headers["Cache-Control"] = "private, no-cache"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
