"""One input of a tool: its name, what it means, and which values it may have."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text


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
        isinstance(each, (str, int)) and not isinstance(each, bool) for each in value.values()
    )
    return {name: str(each) for name, each in value.items()} if plain else None


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
