"""What a description has to pass before it is written, in the processes that judge descriptions (G1, V1)."""

from __future__ import annotations

import json

from flask import Response

from montages.description.parsing.media_types import PLAIN, readable
from montages.errors import MontagesError
from montages.web.app_state import current_state
from montages.web.description_pool import run_apart
from montages.web.requests.body_syntax import MEDIA_TYPES
from montages.web.requests.request_parameters import lang
from montages_registry.entry_check import examine_entry
from montages_registry.publish.entry_summary import EntrySummary, entry_summary


def judge(body: bytes, syntax: str, slug: str) -> Response:
    """Return what judging a description gives, a status other than 200 where it is refused."""
    return run_apart(judgement_answer, body, syntax=syntax, slug=slug)


def judgement_answer(body: bytes, syntax: str, slug: str) -> Response:
    """Answer the findings and the summary of a description that may be written; raises what refuses it.

    One project a description, and no violation: the gate of the command line too.
    """
    knowledge = current_state().knowledge
    text, written = readable(body, syntax)
    examined = examine_entry(knowledge, text, written, slug)
    tree = {
        "findings": [finding.to_json(lang()) for finding in examined.findings],
        "summary": _summary(text, written).to_json(),
    }
    return Response(json.dumps(tree, ensure_ascii=False), content_type="application/json")


def summary_answer(body: bytes, syntax: str) -> Response:
    """Answer the summary of a description that is written."""
    summary = _summary(*readable(body, syntax))
    text = json.dumps(summary.to_json(), ensure_ascii=False)
    return Response(text, content_type="application/json")


def summary_of(body: bytes, media_type: str) -> EntrySummary | None:
    """Return the summary of a description that is written, None where it cannot be worked out now."""
    syntax = MEDIA_TYPES.get(media_type, PLAIN)
    try:
        answer = run_apart(summary_answer, body, syntax=syntax)
    except MontagesError:
        return None
    return (
        EntrySummary.from_json(json.loads(answer.get_data())) if answer.status_code == 200 else None
    )


def _summary(text: bytes, syntax: str) -> EntrySummary:
    state = current_state()
    description = state.knowledge.read(text, syntax)
    day = state.dataset.day
    lines = {
        language: state.knowledge.assessment_line(
            description, as_of=day, lang=language, anyway=True
        )
        for language in ("fr", "en")
    }
    return entry_summary(description, lines)
