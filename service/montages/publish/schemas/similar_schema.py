"""The schema of projects like one, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.advice.similar.precedents import EXPECTATIONS, PrecedentKind
from montages.publish.schemas.stated_schema import ENTRIES, STATED

_NEARNESS = {"type": "number", "minimum": 0, "maximum": 1}

_PRECEDENT = {
    "type": "object",
    "required": ["project", "label", "kind", "similarity", "alike", "differs", "ending", "query"],
    "properties": {
        "project": {"type": "string"},
        "label": {"type": "string"},
        "kind": {"enum": [kind.value for kind in PrecedentKind]},
        "similarity": _NEARNESS,
        "compared": {"type": "integer"},
        "alike": {"type": "string"},
        "differs": {"type": "string"},
        "ending": {"type": "string"},
        "set_ups": ENTRIES,
        "expected": {"enum": [*EXPECTATIONS, None]},
        "signed_on": {"type": ["string", "null"]},
        "state": {"type": ["string", "null"]},
        "query": {"type": "string"},
        "facts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["fact", "label", "weight", "similarity", "here", "there"],
                "properties": {
                    "fact": {"type": "string"},
                    "weight": {"type": "integer"},
                    "similarity": _NEARNESS,
                },
            },
        },
    },
}

_PRECEDENTS = {"type": "array", "items": _PRECEDENT}

SIMILAR_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "stated", "real", "panel"],
    "properties": {
        **STATED,
        "stated": {"type": "integer"},
        "real": _PRECEDENTS,
        "panel": _PRECEDENTS,
    },
}
