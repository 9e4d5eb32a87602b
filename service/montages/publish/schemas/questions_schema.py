"""The schema of what to ask next, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.publish.detail import DETAILS

_LIST = {"type": "array", "items": {"type": "object"}}


def _asked(*required: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of a list of questions, with what these have beside what any has."""
    texts = {name: {"type": "string"} for name in ("criterion", "theme", "question", "why", "key")}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["criterion", "kind", "question", "why", "key", *required],
            "properties": {
                **texts,
                "kind": {"enum": ["fact", "choice"]},
                "answers": _LIST,
                **properties,
            },
        },
    }


QUESTIONS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": [
        "project",
        "done",
        "describe",
        "questions",
        "to_confirm",
        "find_out",
        "to_refine",
        "arrangements",
    ],
    "properties": {
        "project": {"type": "string"},
        "label": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "rulebook_version": {"type": "string"},
        "detail": {"enum": list(DETAILS)},
        "done": {"type": "boolean"},
        "describe": _LIST,
        "questions": _asked("answers"),
        "to_confirm": {"type": ["object", "null"]},
        "find_out": _LIST,
        "to_refine": _asked(
            "refines",
            "weight",
            refines={"type": "array", "items": {"type": "string"}},
            weight={"type": "integer"},
        ),
        "arrangements": _LIST,
    },
}
