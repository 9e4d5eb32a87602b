"""The arguments of a call, read by the inputs of its tool: all that is wrong with them is told at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from montages.bilingual import Text
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import nearest_hint
from montages.mcp.assistant_tool import AssistantTool
from montages.mcp.tool_input import NUMBER, ToolInput

_SHOWN = 60  # characters of a value that a message repeats
_MOST_UNKNOWN = 10  # unknown arguments that are told: to look for what each meant takes time


def tool_arguments(tool: AssistantTool, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for each input of a tool: the one given, else its default; raises UnreadableInput."""
    values, faults = {}, list(islice(_unknown(tool, arguments), _MOST_UNKNOWN))
    for each in tool.inputs:
        given = arguments.get(each.name)
        if given is None:
            values[each.name] = each.default
            if each.required:
                faults.append(_missing(each))
            continue
        values[each.name] = value = each.kind.read(given)
        if value is None or not _is_allowed(each, value):
            faults.append(_wrong(each, given))
    if faults:
        raise UnreadableInput("\n".join(f.fr for f in faults), "\n".join(f.en for f in faults))
    return values


def _unknown(tool: AssistantTool, arguments: Mapping[str, Any]) -> Iterator[Text]:
    names = [each.name for each in tool.inputs]
    for name in arguments:
        if name not in names:
            hint, known = nearest_hint(name, names), ", ".join(names)
            yield Text(
                f"{name[:_SHOWN]} : argument inconnu.{hint.fr} Arguments de {tool.name} : {known}.",
                f"{name[:_SHOWN]}: unknown argument.{hint.en} Arguments of {tool.name}: {known}.",
            )


def _missing(each: ToolInput) -> Text:
    return Text(
        f"{each.name} : il manque. Donnez {each.kind.name.fr} : {each.text.fr}",
        f"{each.name}: it is missing. Give {each.kind.name.en}: {each.text.en}",
    )


def _is_allowed(each: ToolInput, value: Any) -> bool:
    if each.choices:
        return value in each.choices
    if each.kind is NUMBER:
        return bool(value >= each.least and (each.most is None or value <= each.most))
    return True


def _wrong(each: ToolInput, given: Any) -> Text:
    """Return what is wrong with a value: what stands there, and what may."""
    text = repr(given)
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    expected = _expected(each)
    return Text(
        f"{each.name} : {expected.fr} est attendu, pas {shown}.",
        f"{each.name}: {expected.en} is needed, not {shown}.",
    )


def _expected(each: ToolInput) -> Text:
    if each.choices:
        hint = ", ".join(each.choices)
        return Text(f"l'un de {hint}", f"one of {hint}")
    if each.kind is NUMBER and each.most is not None:
        return Text(
            f"un nombre entier de {each.least} à {each.most}",
            f"a whole number from {each.least} to {each.most}",
        )
    return each.kind.name
