"""A proof for the terminal: each step with its rule, under what it helps to conclude."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType

from montages.names import compact
from montages.publish.typeset import Line, indent
from montages.publish.words import quoted, say

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_PREFIXES = {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/2000/01/rdf-schema#": "rdfs:",
    "http://www.w3.org/2002/07/owl#": "owl:",
}


def short(text: str) -> str:
    """Return a conclusion with its IRIs shortened: `a` for a type, prefixes for ours and W3C's."""

    def one(match: re.Match[str]) -> str:
        iri = match[0]
        if iri == _TYPE:
            return "a"
        for base, prefix in _PREFIXES.items():
            if iri.startswith(base):
                return prefix + iri.removeprefix(base)
        return compact(iri)

    return re.sub(r"https?://[^\s<>,()]+", one, text).replace("<", "").replace(">", "")


def proof(found: dict[str, Any], lang: str) -> RenderableType:
    """Return the steps of a proof as an indented outline; a step used twice is told once."""
    steps = {step["id"]: step for step in found["steps"]}
    return Group(
        Line(say("proof-help", lang), style="dim"),
        Line(),
        *_outline(steps, found["conclusion"], 0, set(), lang),
        Line(),
        Line(say("proof-verify", lang), style="dim"),
    )


def _outline(
    steps: dict[str, dict[str, Any]], name: str, depth: int, told: set[str], lang: str
) -> Iterator[RenderableType]:
    step = steps[name]
    line = Line(f"{name} ", style="bold").append(short(step["conclusion"]), style="not bold")
    line.append(f"  [{step['rule']}]", style="not bold cyan")
    again = name in told and step["premises"]
    if again:
        line.append(f"  ({say('proof-above', lang)})", style="not bold dim")
    yield indent(line, 2 * depth)
    if "criterion" in step:
        searched = f"{say('proof-searched', lang)} {quoted(step['criterion'], lang)}"
        for pattern in step.get("searched", []):
            searched += f"\n  {short(pattern)}"
        yield indent(Line(searched, style="dim"), 2 * depth + 2)
    if again:
        return
    told.add(name)
    for premise in step["premises"]:
        yield from _outline(steps, premise, depth + 1, told, lang)
