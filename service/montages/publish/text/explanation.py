"""Why one arrangement has its verdict, at three depths: a sentence, the checklist, the full proof (R16)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.assessment import Assessment
from montages.assessment.forms.full_json import result_json
from montages.knowledge.logic import Verdict
from montages.names import VOCABULARIES, compact
from montages.publish.text import checklist, tables, verdict_rows
from montages.publish.text.assessment_rows import law
from montages.publish.text.assessment_text import footer
from montages.publish.text.messages import phrase
from montages.publish.text.reasons import reasons
from montages.publish.text.signs import VERDICT_SIGNS
from montages.publish.text.typeset import Line, indent, section
from montages.publish.text.typography import colon, quoted

# What the JSON of a sentence says.
_SENTENCE = (
    "project", "as_of", "rulebook_version", "unit", "contract", "label", "verdict", "in_force", "summary",
)  # fmt: skip
_TYPE = VOCABULARIES["rdf"] + "type"
_SHORTENED = {name: VOCABULARIES[name] for name in ("rdf", "rdfs", "owl")}


def explanation(
    assessment: Assessment,
    verdict: ArrangementVerdict,
    depth: str,
    steps: dict[str, Any] | None = None,
) -> RenderableType:
    """Return an explanation as something rich prints; the depth `proof` needs its `steps`."""
    lang = assessment.lang
    sign = VERDICT_SIGNS[verdict_rows.group(verdict)]
    why = [tables.reason_line(r, lang) for r in reasons(assessment.conclusions, verdict, lang)]
    summary = Line(f"{verdict.arrangement.label[lang]}{colon(lang)} ", style="bold")
    summary.append(f"{sign.symbol} {sign.one[lang]}", style=sign.colour)
    if depth == "sentence":
        if verdict.verdict.open and not verdict.folded and verdict.verdict is not Verdict.FITS:
            return summary.append(f" — {verdict.summary[lang].partition(' — ')[2]}", "default")
        for n, reason in enumerate(why):
            summary.append(" ; " if n else ", ").append(reason)
        return summary
    premises = assessment.premises
    about = Line(f"{premises.label[lang]} · {law(premises, lang)}", style="dim")
    head: list[RenderableType] = [summary, about, Line()]
    head += [indent(why), Line()] * bool(why)
    if depth == "proof":
        assert steps is not None
        # A step used twice is told once.
        by_name = {step["id"]: step for step in steps["steps"]}
        return Group(
            *head,
            Line(phrase("proof-help", lang), style="dim"),
            Line(),
            *_outline(by_name, steps["conclusion"], 0, set(), lang),
            Line(),
            Line(phrase("proof-verify", lang), style="dim"),
        )
    return Group(*head, *_checklist(verdict, lang), footer(assessment.premises, lang))


def _checklist(verdict: ArrangementVerdict, lang: str) -> list[RenderableType]:
    """Return checks, duties, points of attention and questions, each part only if it has any."""
    parts: list[RenderableType] = []
    for title, hard in (("hard", True), ("soft", False)):
        if any(check.requirement.hard == hard for check in verdict.checks):
            parts += section(phrase(title, lang), checklist.checks(verdict, lang, hard=hard))
        if hard and verdict.duties:
            parts += section(phrase("duties", lang), tables.duties(verdict.duties, lang))
    if verdict.attention:
        parts += section(phrase("attention", lang), checklist.attention(verdict, lang))
    if verdict.wanted:
        parts += section(phrase("to-answer", lang), checklist.questions(verdict.wanted, lang))
    return parts


def _outline(
    steps: dict[str, dict[str, Any]], name: str, depth: int, above: set[str], lang: str
) -> Iterator[RenderableType]:
    step = steps[name]
    line = Line(f"{name} ", style="bold").append(_shortened(step["conclusion"]), style="not bold")
    line.append(f"  [{step['rule']}]", style="not bold cyan")
    again = name in above and step["premises"]
    if again:
        line.append(f"  ({phrase('proof-above', lang)})", style="not bold dim")
    yield indent(line, 2 * depth)
    if "criterion" in step:
        searched = f"{phrase('proof-searched', lang)} {quoted(step['criterion'], lang)}"
        for pattern in step.get("searched", []):
            searched += f"\n  {_shortened(pattern)}"
        yield indent(Line(searched, style="dim"), 2 * depth + 2)
    if again:
        return
    above.add(name)
    for premise in step["premises"]:
        yield from _outline(steps, premise, depth + 1, above, lang)


def _shortened(text: str) -> str:
    """Return a conclusion with its IRIs shortened: `a` for a type, prefixes for ours and W3C's."""

    def one(match: re.Match[str]) -> str:
        iri = match[0]
        if iri == _TYPE:
            return "a"
        for prefix, namespace in _SHORTENED.items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri.removeprefix(namespace)}"
        return compact(iri)

    return re.sub(r"https?://[^\s<>,()]+", one, text).replace("<", "").replace(">", "")


def to_json(
    assessment: Assessment, verdict: ArrangementVerdict, unit: str | None, depth: str
) -> dict[str, Any]:
    """Return a sentence or a checklist as JSON, with what it is about."""
    tree: dict[str, Any] = json.loads(
        result_json(assessment.premises, verdict, unit, assessment.lang)
    )
    if depth == "sentence":
        return {name: tree[name] for name in _SENTENCE}
    return tree
