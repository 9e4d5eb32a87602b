"""Why one arrangement has its status, at three depths: a sentence, the checklist, the full proof (R16)."""

from __future__ import annotations

from typing import Any

from rich.console import Group, RenderableType

from montages.decision.assessment import Assessment, Verdict
from montages.publish import checklist
from montages.publish.proof import proof
from montages.publish.text import footer, section
from montages.publish.typeset import Line
from montages.publish.words import day, say

DEPTHS = ("sentence", "checklist", "proof")


def explanation(
    found: Assessment, verdict: Verdict, depth: str, steps: dict[str, Any] | None = None
) -> RenderableType:
    """Return an explanation as something rich prints; the depth `proof` needs its `steps`."""
    lang = found.lang
    summary = Line(verdict.summary[lang])
    if depth == "sentence":
        return summary
    law = f"{found.label[lang]} · {say('law', lang)} {day(found.as_of, lang)}"
    head: list[RenderableType] = [summary, Line(law, style="dim"), Line()]
    if depth == "proof":
        assert steps is not None
        return Group(*head, proof(steps, lang))
    return Group(*head, *_checklist(verdict, lang), footer(found, lang))


def _checklist(verdict: Verdict, lang: str) -> list[RenderableType]:
    """Return hard checks, soft ones, points of attention and questions, each part only if it has any."""
    parts: list[RenderableType] = []
    for title, hard in (("hard", True), ("soft", False)):
        if any(check.requirement.hard == hard for check in verdict.checks):
            parts += section(say(title, lang), checklist.checks(verdict, lang, hard=hard))
    if verdict.attention:
        parts += section(say("attention", lang), checklist.attention(verdict, lang))
    if verdict.missing:
        parts += section(say("to-answer", lang), checklist.questions(verdict.missing, lang))
    return parts


def to_json(found: Assessment, verdict: Verdict, unit: str | None, depth: str) -> dict[str, Any]:
    """Return a sentence or a checklist as JSON, with what it is about."""
    head: dict[str, Any] = {
        "project": str(found.project),
        "as_of": found.as_of.isoformat(),
        "rulebook_version": found.rulebook_version,
        "unit": unit,
    }
    body = verdict.to_json(found.lang)
    if depth == "sentence":
        body = {key: body[key] for key in ("contract", "label", "status", "summary")}
    return head | body
