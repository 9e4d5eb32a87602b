"""A proof for the terminal: each step with its rule, under what it helps to conclude."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rich.console import Group, RenderableType

from montages.names import VOCABULARIES, compact
from montages.publish.text.messages import phrase
from montages.publish.text.typeset import Line, indent
from montages.publish.text.typography import quoted

_TYPE = VOCABULARIES["rdf"] + "type"
_SHORTENED = {name: VOCABULARIES[name] for name in ("rdf", "rdfs", "owl")}


def short(text: str) -> str:
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


def proof(tree: dict[str, Any], lang: str) -> RenderableType:
    """Return the steps of a proof as an indented outline; a step used twice is told once."""
    steps = {step["id"]: step for step in tree["steps"]}
    return Group(
        Line(phrase("proof-help", lang), style="dim"),
        Line(),
        *_outline(steps, tree["conclusion"], 0, set(), lang),
        Line(),
        Line(phrase("proof-verify", lang), style="dim"),
    )


def _outline(
    steps: dict[str, dict[str, Any]], name: str, depth: int, above: set[str], lang: str
) -> Iterator[RenderableType]:
    step = steps[name]
    line = Line(f"{name} ", style="bold").append(short(step["conclusion"]), style="not bold")
    line.append(f"  [{step['rule']}]", style="not bold cyan")
    again = name in above and step["premises"]
    if again:
        line.append(f"  ({phrase('proof-above', lang)})", style="not bold dim")
    yield indent(line, 2 * depth)
    if "criterion" in step:
        searched = f"{phrase('proof-searched', lang)} {quoted(step['criterion'], lang)}"
        for pattern in step.get("searched", []):
            searched += f"\n  {short(pattern)}"
        yield indent(Line(searched, style="dim"), 2 * depth + 2)
    if again:
        return
    above.add(name)
    for premise in step["premises"]:
        yield from _outline(steps, premise, depth + 1, above, lang)
