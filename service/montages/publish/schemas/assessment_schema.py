"""The schema of an assessment in short, with what it refers to; that of the whole is only named."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_REFERENCE = "#/$defs/"


@cache
def brief_assessment_schema() -> Mapping[str, Any]:
    """Return the schema of the brief form whole, and of the full form what both say first."""
    text = (files("montages.publish") / "assessment.schema.json").read_text(encoding="utf-8")
    definitions = json.loads(text)["$defs"]
    brief = definitions["brief"]
    shared = ("project", "label", "as_of", "rulebook_version", "answer")
    full = {
        "type": "object",
        "description": definitions["full"]["description"],
        "properties": {"detail": {"const": "full"}},
        "required": ["detail", *shared],
    }
    return {
        "type": "object",
        "properties": {name: brief["properties"][name] for name in shared},
        "required": list(shared),
        "oneOf": [brief, full],
        "$defs": {name: definitions[name] for name in sorted(_reached(brief, definitions))},
    }


def _reached(schema: Any, definitions: Mapping[str, Any]) -> set[str]:
    """Return the names of the definitions that a schema refers to, and these refer to."""
    reached: set[str] = set()
    todo = [schema]
    while todo:
        part = todo.pop()
        if isinstance(part, dict):
            name = str(part.get("$ref", "")).removeprefix(_REFERENCE)
            if name and name not in reached:
                reached.add(name)
                todo.append(definitions[name])
        todo += part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return reached
