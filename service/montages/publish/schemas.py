"""Words of JSON Schema, for what is written as it is and not by a typed dictionary."""

from __future__ import annotations

from typing import Any

from montages.json_schema import Schema


def object_of(*required: str, **properties: Any) -> Schema:
    """Return the schema of an object; of the members that it must have, not all have a schema."""
    members = {"properties": properties} if properties else {}
    return {"type": "object", "required": list(required), **members}


def whole(**properties: Any) -> Schema:
    """Return the schema of an object that has all of its members."""
    return object_of(*properties, **properties)


def list_of(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}
