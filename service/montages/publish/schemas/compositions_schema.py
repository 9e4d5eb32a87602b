"""The schema of whole set-ups, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.knowledge.logic import Verdict
from montages.publish.schemas.stated_schema import ENTRIES, SLUGS, STATED

_PART = {
    "type": "object",
    "required": ["contract", "label", "row", "units", "verdict", "terms", "to_verify", "procedure"],
    "properties": {
        "contract": {"type": ["string", "null"]},
        "units": SLUGS,
        "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
        "terms": ENTRIES,
        "to_verify": ENTRIES,
        "procedure": {"type": ["object", "null"]},
        "channels": ENTRIES,
        "vehicles": ENTRIES,
        "apart": ENTRIES,
        "buys": {"type": ["object", "null"]},
        "duties": ENTRIES,
    },
}

COMPOSITIONS_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": [
        "project",
        "as_of",
        "units",
        "count",
        "more",
        "compositions",
        "uncovered",
        "prohibited_by",
        "cut",
    ],
    "properties": {
        **STATED,
        "units": ENTRIES,
        "count": {"type": "integer"},
        "more": {"type": "boolean"},
        "compositions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["sentence", "verdict", "interfaces", "parts"],
                "properties": {
                    "sentence": {"type": "string"},
                    "verdict": {"enum": [verdict.value for verdict in Verdict if verdict.open]},
                    "folded": {"type": "boolean"},
                    "contracts": {"type": "integer"},
                    "interfaces": {"type": "integer"},
                    "parts": {"type": "array", "items": _PART},
                },
            },
        },
        "uncovered": SLUGS,
        "prohibited_by": SLUGS,
    },
}
