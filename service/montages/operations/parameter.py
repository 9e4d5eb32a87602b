"""A parameter of an operation: one name, one text, one kind of value at every door; the shared ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from montages.bilingual import Text, message
from montages.publish.detail import DETAILS


@dataclass(frozen=True)
class ValueKind:
    """A kind of value: its JSON schema, what it is called, and what a JSON value is read as.

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
        return names_in(value)
    is_list = isinstance(value, list) and all(isinstance(name, str) for name in value)
    return value if is_list else None


def names_in(text: str) -> list[str]:
    """Return the names that stand between the commas of a text, each once."""
    return list(dict.fromkeys(name for name in map(str.strip, text.split(",")) if name))


def _texts(value: Any) -> dict[str, str] | None:
    """Return texts by name; a number is its text."""
    if not isinstance(value, dict):
        return None
    plain = all(
        isinstance(item, (str, int)) and not isinstance(item, bool) for item in value.values()
    )
    return {name: str(item) for name, item in value.items()} if plain else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


TEXT = ValueKind({"type": "string"}, message("a text"), _text)
DAY = ValueKind({"type": "string", "format": "date"}, message("a day"), _text)
FLAG = ValueKind(
    {"type": "boolean"},
    message("true or false"),
    lambda value: value if isinstance(value, bool) else None,
)
NUMBER = ValueKind({"type": "integer"}, message("a whole number"), _whole)
NAMES = ValueKind(
    {"type": "array", "items": {"type": "string"}}, message("a list of names"), _names
)
TEXTS = ValueKind(
    {"type": "object", "additionalProperties": {"type": "string"}},
    message("an object, a text a name"),
    _texts,
)
DESCRIPTION = ValueKind(
    {"anyOf": [{"type": "object"}, {"type": "string"}]},
    message("a text (YAML, JSON, Turtle…) or an object"),
    lambda value: value if isinstance(value, (str, dict)) else None,
)


@dataclass(frozen=True)
class Parameter:
    """What an operation takes: of some `choices`, or a number between `least` and `most`.

    Without it, the operation has its `default`; `example` is a value as an address says it.
    """

    name: str
    kind: ValueKind
    text: Text
    default: Any = None
    required: bool = False
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int | None = None
    example: Any = None

    def schema(self, lang: str) -> dict[str, Any]:
        """Return the JSON schema of its values, with what it is in a language."""
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

    def allows(self, value: Any) -> bool:
        """Tell whether a value of its kind is one that it takes."""
        if self.choices:
            return value in self.choices
        if self.kind is NUMBER:
            return bool(value >= self.least and (self.most is None or value <= self.most))
        return True

    @property
    def expected(self) -> Text:
        """Return what a value has to be, in words."""
        if self.choices:
            listed = ", ".join(self.choices)
            return message("one of {listed}", listed=listed)
        if self.kind is NUMBER and self.most is not None:
            return message(
                "a whole number from {least} to {most}", least=self.least, most=self.most
            )
        return self.kind.name


LANG = Parameter(
    "lang",
    TEXT,
    message("Language of texts; without it, the reader's."),
    choices=("fr", "en"),
    example="en",
)
AS_OF = Parameter(
    "as_of",
    DAY,
    message("Day of the law, written 2026-06-01; without it, today."),
    example="2026-06-01",
)
DETAIL = Parameter(
    "detail",
    TEXT,
    message("How much is said: brief, the essential, the rest named; full, all of it."),
    choices=DETAILS,
    example="full",
)
PRESUMPTIONS = Parameter(
    "presumptions",
    FLAG,
    message("Presume, by law and practice, what is not said."),
    default=True,
    example="0",
)
ANYWAY = Parameter(
    "anyway",
    FLAG,
    message("Answer in spite of faults of the description."),
    default=False,
    example="1",
)
PROJECT = Parameter(
    "project", TEXT, message("The project to read, where there are several."), example="exemple"
)
FAIL_ON = Parameter(
    "fail_on",
    TEXT,
    message("Severity from which the description fails."),
    default="violation",
    choices=("info", "warning", "violation"),
    example="warning",
)

# Those of an operation on a description, in the order in which an assistant sees them.
OF_DESCRIPTIONS = (LANG, AS_OF, DETAIL, PRESUMPTIONS, ANYWAY, PROJECT)


def set_ups_about(text: Text) -> Parameter:
    """Return the parameter that names set-ups by their short names."""
    return Parameter("about", NAMES, text, example="mpgp,accord-cadre")
