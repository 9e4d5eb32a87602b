"""The schema of an answer of the graph as a short table, and of the list of published questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TEXTS = {"type": "array", "items": {"type": "string"}}
_FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]

# Of a table its columns and rows, of a graph its triples, of a question of yes or no a boolean.
QUERY_ANSWER_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["form", "offset", "shown", "next_offset", "note"],
    "properties": {
        "query": {"type": "string"},
        "title": {"type": "string"},
        "form": {"enum": _FORMS},
        "columns": _TEXTS,
        "headings": {"type": "object", "additionalProperties": {"type": "string"}},
        "rows": {
            "type": "array",
            "items": {"type": "array", "items": {"type": ["string", "null"]}},
        },
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "triples": _TEXTS,
        "boolean": {"type": "boolean"},
        "offset": {"type": "integer"},
        "shown": {"type": "integer"},
        "next_offset": {"type": ["integer", "null"]},
        "note": {"type": "string"},
    },
}
_PARAMETER = {
    "type": "object",
    "required": ["name", "type", "default", "description"],
    "properties": {name: {"type": "string"} for name in ("name", "type", "default", "description")},
}
_QUESTIONS = {
    "type": "object",
    "required": ["queries"],
    "properties": {
        "queries": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["name", "title", "description", "parameters"],
                "properties": {
                    "name": {"type": "string"},
                    "title": {"type": "string"},
                    "description": {"type": "string"},
                    "parameters": {"type": "array", "items": _PARAMETER},
                },
            },
        }
    },
}
NAMED_QUERY_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "oneOf": [QUERY_ANSWER_SCHEMA, _QUESTIONS],
}
