"""The schema of what would change the answer, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.knowledge.logic import STATUSES, Verdict
from montages.publish.schemas.stated_schema import SLUGS, STATED

_CHANGE = {
    "type": "object",
    "required": ["criterion", "to"],
    "properties": {
        "criterion": {"type": "string"},
        "from": SLUGS,
        "to": SLUGS,
        "number": {"type": "number"},
        "ordinary": {"type": "boolean"},
    },
}
_WHAT_IF = {
    "type": "object",
    "required": ["sentence", "changes", "verdict", "to_verify", "gains", "losses"],
    "properties": {
        "sentence": {"type": "string"},
        "changes": {"type": "array", "items": _CHANGE},
        "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
        "to_verify": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["criterion", "to"],
                "properties": {"criterion": {"type": "string"}, "to": SLUGS},
            },
        },
        "gains": SLUGS,
        "losses": SLUGS,
        "provisional": {"type": "boolean"},
        "incoherent": SLUGS,
        "hardly_sensible": SLUGS,
        "moves": {"type": "array", "items": {"type": "object"}},
    },
}

WHAT_IF_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "fits", "nearest", "turn_to", "contracts", "cut"],
    "properties": {
        **STATED,
        "fits": SLUGS,
        "nearest": SLUGS,
        "turn_to": {"type": ["string", "null"]},
        "contracts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contract", "status", "verdict", "count", "what_if"],
                "properties": {
                    "contract": {"type": "string"},
                    "label": {"type": "string"},
                    "status": {"enum": list(STATUSES)},
                    "verdict": {"enum": [verdict.value for verdict in Verdict]},
                    "count": {"type": "integer"},
                    "what_if": {"type": "array", "items": _WHAT_IF},
                    "none": {"type": "object"},
                },
            },
        },
        "criteria": {"type": "object"},
    },
}
