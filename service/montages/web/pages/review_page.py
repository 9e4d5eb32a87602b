"""The page that a rule is reviewed by: its text, what turns on it, and the file of the review to fill in."""

from __future__ import annotations

from flask import Response

from montages.bilingual import message
from montages.knowledge.panel import panel
from montages.knowledge.periods import rules_at
from montages.quality.rule_effect import (
    FLIPS,
    NO_FLIPS,
    SHOWN,
    case_lines,
    effect_lines,
    review_form,
    rule_effect,
)
from montages.quality.rules_index import rule
from montages.web.description_pool import run_apart
from montages.web.pages.page_context import page_context
from montages.web.route import FREE_LANG, PAGE, Routes, answers, path_parameter

ROUTES = Routes("pages")


@ROUTES.get(
    "/review/<slug>",
    message("What a rule is judged by, and the file in which an organisation reviews it"),
    path_parameter("slug", message("the rule reviewed"), "mpgp-performance-commitments"),
    FREE_LANG,
    answers=answers(PAGE, 400, 404, 503),
)
def review(slug: str) -> Response:
    """Answer the page of the version in force today, else of the last; raises UnknownName."""
    rule(slug)
    return run_apart(review_answer, b"", "period", slug=slug)


def review_answer(body: bytes, slug: str) -> Response:
    """Answer the page, for which the law of other days may have to be compiled."""
    context, entry = page_context(), rule(slug)
    today = context.state.dataset.day
    version = entry.on(today) or entry.latest
    day = today if version.span.holds(today) else version.span.first
    cases = rule_effect(version, rules_at(day)).cases
    return context.answer(
        "review.html",
        rule=entry,
        version=version,
        effects=effect_lines(version, day),
        counted=FLIPS.fill(n=len(cases)) if cases else NO_FLIPS,
        flips=[(case, case_lines(cases[case.slug])) for case in panel() if case.slug in cases],
        shown=SHOWN,
        file=review_form(version, context.lang),
    )
