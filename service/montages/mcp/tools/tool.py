"""A tool as an assistant sees it: its texts, its inputs, and how the arguments of a call are read by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from montages.bilingual import Text
from montages.errors import UnreadableInput
from montages.knowledge.did_you_mean import nearest_hint


@dataclass(frozen=True)
class AssistantTool:
    """What a tool is called, when to call it, and what it takes."""

    name: str
    title: Text
    text: Text
    inputs: tuple[ToolInput, ...]

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON schema of the arguments of a call."""
        schema: dict[str, Any] = {
            "type": "object",
            "properties": {tool_input.name: tool_input.schema(lang) for tool_input in self.inputs},
            "additionalProperties": False,
        }
        required = [tool_input.name for tool_input in self.inputs if tool_input.required]
        return schema | ({"required": required} if required else {})


@dataclass(frozen=True)
class InputKind:
    """A kind of value: its schema, what it is called, and what a value of the kind is read as.

    `read` gives None for a value that is not of the kind.
    """

    schema: dict[str, Any]
    name: Text
    read: Callable[[Any], Any]


def _whole(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    # JSON does not tell 5 from 5.0; what is no number of those is not finite either.
    return int(value) if isinstance(value, (int, float)) and value == value // 1 else None


def _names(value: Any) -> list[str] | None:
    """Return a list of names; one name alone is a list of one."""
    if isinstance(value, str):
        return [name.strip() for name in value.split(",") if name.strip()]
    is_list = isinstance(value, list) and all(isinstance(name, str) for name in value)
    return value if is_list else None


def _texts(value: Any) -> dict[str, str] | None:
    """Return texts by name; a number is its text."""
    if not isinstance(value, dict):
        return None
    plain = all(
        isinstance(item, (str, int)) and not isinstance(item, bool) for item in value.values()
    )
    return {name: str(item) for name, item in value.items()} if plain else None


TEXT = InputKind(
    {"type": "string"},
    Text("un texte", "a text"),
    lambda value: value if isinstance(value, str) else None,
)
FLAG = InputKind(
    {"type": "boolean"},
    Text("true ou false", "true or false"),
    lambda value: value if isinstance(value, bool) else None,
)
NUMBER = InputKind({"type": "integer"}, Text("un nombre entier", "a whole number"), _whole)
NAMES = InputKind(
    {"type": "array", "items": {"type": "string"}},
    Text("une liste de noms", "a list of names"),
    _names,
)
TEXTS = InputKind(
    {"type": "object", "additionalProperties": {"type": "string"}},
    Text("un objet, un texte par nom", "an object, a text a name"),
    _texts,
)
DESCRIPTION = InputKind(
    {"anyOf": [{"type": "object"}, {"type": "string"}]},
    Text("un texte (YAML, JSON, Turtle…) ou un objet", "a text (YAML, JSON, Turtle…) or an object"),
    lambda value: value if isinstance(value, (str, dict)) else None,
)


@dataclass(frozen=True)
class ToolInput:
    """An input: without it, a call has its `default`; of some `choices`, or between `least` and `most`."""

    name: str
    kind: InputKind
    text: Text
    required: bool = False
    default: Any = None
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int | None = None

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON schema of its values."""
        schema = {**self.kind.schema, "description": self.text[lang]}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.kind is NUMBER:
            schema["minimum"] = self.least
            if self.most is not None:
                schema["maximum"] = self.most
        if self.default is not None:
            schema["default"] = self.default
        return schema


_SHOWN = 60  # characters of a value that a message repeats
_MOST_UNKNOWN = 10  # unknown arguments that are told: to look for what each meant takes time


def tool_arguments(tool: AssistantTool, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for each input of a tool: the one given, else its default; raises UnreadableInput."""
    values, faults = {}, list(islice(_unknown(tool, arguments), _MOST_UNKNOWN))
    for tool_input in tool.inputs:
        argument = arguments.get(tool_input.name)
        if argument is None:
            values[tool_input.name] = tool_input.default
            if tool_input.required:
                faults.append(_missing(tool_input))
            continue
        values[tool_input.name] = value = tool_input.kind.read(argument)
        if value is None or not _is_allowed(tool_input, value):
            faults.append(_wrong(tool_input, argument))
    if faults:
        raise UnreadableInput("\n".join(f.fr for f in faults), "\n".join(f.en for f in faults))
    return values


def _unknown(tool: AssistantTool, arguments: Mapping[str, Any]) -> Iterator[Text]:
    names = [tool_input.name for tool_input in tool.inputs]
    for name in arguments:
        if name not in names:
            hint, name_list = nearest_hint(name, names), ", ".join(names)
            yield Text(
                f"{name[:_SHOWN]} : argument inconnu.{hint.fr} Arguments de {tool.name} : {name_list}.",
                f"{name[:_SHOWN]}: unknown argument.{hint.en} Arguments of {tool.name}: {name_list}.",
            )


def _missing(tool_input: ToolInput) -> Text:
    return Text(
        f"{tool_input.name} : il manque. Donnez {tool_input.kind.name.fr} : {tool_input.text.fr}",
        f"{tool_input.name}: it is missing. Give {tool_input.kind.name.en}: {tool_input.text.en}",
    )


def _is_allowed(tool_input: ToolInput, value: Any) -> bool:
    if tool_input.choices:
        return value in tool_input.choices
    if tool_input.kind is NUMBER:
        return bool(
            value >= tool_input.least and (tool_input.most is None or value <= tool_input.most)
        )
    return True


def _wrong(tool_input: ToolInput, argument: Any) -> Text:
    """Return what is wrong with a value: what stands there, and what may."""
    text = repr(argument)
    excerpt = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    expected = _expected(tool_input)
    return Text(
        f"{tool_input.name} : {expected.fr} est attendu, pas {excerpt}.",
        f"{tool_input.name}: {expected.en} is needed, not {excerpt}.",
    )


def _expected(tool_input: ToolInput) -> Text:
    if tool_input.choices:
        hint = ", ".join(tool_input.choices)
        return Text(f"l'un de {hint}", f"one of {hint}")
    if tool_input.kind is NUMBER and tool_input.most is not None:
        return Text(
            f"un nombre entier de {tool_input.least} à {tool_input.most}",
            f"a whole number from {tool_input.least} to {tool_input.most}",
        )
    return tool_input.kind.name
