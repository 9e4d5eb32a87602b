"""JSON Schema derived from typed dictionaries: what writes JSON and what its schema says are one truth.

A class is an object: its fields are the keys, the first line of its docstring what it is. `Annotated[T, "…"]`
says what a value is, `Rule(…)` what it has to be besides its type.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

Schema = dict[str, Any]


class Rule:
    """What a value has to be besides its type, in words of JSON Schema; what has a name is defined once."""

    def __init__(self, name: str = "", /, **keywords: Any) -> None:
        self.name, self.keywords = name, keywords


Slug = Annotated[str, Rule("slug", pattern="^[a-z0-9][a-z0-9-]*$")]
Iri = Annotated[str, Rule(format="uri")]
Day = Annotated[str, Rule(format="date")]
Version = Annotated[str, Rule(pattern="^[0-9a-f]{12}$")]
# A number of days, a line, a column.
Counted = Annotated[int, Rule(minimum=1)]


def json_schema(name: str, kind: Any, title: str, description: str) -> Schema:
    """Return the schema of a document; what it refers to stands under `$defs`, by name."""
    deriver = _Deriver()
    whole = deriver.of(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"https://w3id.org/montages/{name}.schema.json",
        "title": title,
        "description": description,
        **whole,
        "$defs": dict(sorted(deriver.definitions.items())),
    }


_PLAIN = {str: "string", bool: "boolean", int: "integer", float: "number", NoneType: "null"}
_LISTS, _MAPPINGS = (list, tuple, Sequence), (dict, Mapping)


@dataclass(frozen=True, eq=False)
class _Deriver:
    """Derives schemas; `definitions` are those that have a name."""

    definitions: dict[str, Schema] = field(default_factory=dict)

    def of(self, kind: Any) -> Schema:
        """Return the schema of a type."""
        origin, parts = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(kind.__origin__, kind.__metadata__)
        if origin is NotRequired:
            return self.of(parts[0])
        if origin in (Union, UnionType):
            return self._any_of(parts)
        if origin is Literal:
            return {"const": parts[0]} if len(parts) == 1 else {"enum": list(parts)}
        if origin in _LISTS:
            return {"type": "array", "items": self.of(parts[0])}
        if origin in _MAPPINGS:
            names = {} if parts[0] is str else {"propertyNames": self.of(parts[0])}
            return {"type": "object", **names, "additionalProperties": self.of(parts[1])}
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if is_typeddict(kind):
            return self._defined(_name(kind), self._object(kind))
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [member.value for member in kind]}
        raise TypeError(f"no schema of {kind!r}")

    def _annotated(self, kind: Any, notes: Sequence[Any]) -> Schema:
        """Return the schema of a type with what notes say of it; a type among it is what is written."""
        kind = next((one for one in notes if not isinstance(one, (str, Rule))), kind)
        named = any(isinstance(one, Rule) and one.name for one in notes)
        schema = self._object(kind) if named and is_typeddict(kind) else self.of(kind)
        for one in notes:
            if isinstance(one, str):
                schema = schema | {"description": one}
            elif isinstance(one, Rule):
                schema = schema | one.keywords
                if one.name:
                    schema = self._defined(one.name, schema)
        return schema

    def _any_of(self, kinds: Sequence[Any]) -> Schema:
        schemas = [self.of(kind) for kind in kinds]
        names = [schema["type"] for schema in schemas if list(schema) == ["type"]]
        if "number" in names and "integer" in names:
            names.remove("integer")
        rest = [schema for schema in schemas if list(schema) != ["type"]]
        plain = [{"type": names if len(names) > 1 else names[0]}] if names else []
        return {"anyOf": [*rest, *plain]} if rest else plain[0]

    def _object(self, kind: Any) -> Schema:
        fields = get_type_hints(kind, include_extras=True)
        required = [
            name
            for name, of in fields.items()
            if get_origin(of) is not NotRequired and name not in kind.__optional_keys__
        ]
        return {
            **({"description": kind.__doc__.partition("\n")[0]} if kind.__doc__ else {}),
            "type": "object",
            "properties": {name: self.of(of) for name, of in fields.items()},
            "required": required,
            "additionalProperties": False,
        }

    def _defined(self, name: str, schema: Schema) -> Schema:
        """Return a reference to what has a name, one thing under each."""
        if self.definitions.setdefault(name, schema) != schema:
            raise TypeError(f"two things are called {name}")
        return {"$ref": f"#/$defs/{name}"}


def _name(kind: type) -> str:
    """Return the name of a class in a schema: `BriefEntry` gives `brief`, `AnswerRow` `answer_row`."""
    name = kind.__name__.removesuffix("Entry")
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).removeprefix("_")
