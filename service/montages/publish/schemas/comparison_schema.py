"""The schema of contracts side by side, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.publish.schemas.stated_schema import ENTRIES, STATED

COMPARISON_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "contracts", "criteria", "alike", "not_covered", "cut"],
    "properties": {
        **STATED,
        "differences_only": {"type": "boolean"},
        "contracts": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["contract", "label", "status", "verdict", "folded", "soft", "summary"],
            },
        },
        "criteria": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["criterion", "label", "kind", "given", "differs", "cells"],
                "properties": {
                    "criterion": {"type": "string"},
                    "given": ENTRIES,
                    "differs": {"type": "boolean"},
                    "cells": {"type": "object", "additionalProperties": ENTRIES},
                },
            },
        },
        "alike": {"type": "integer"},
        "not_covered": {
            "type": "object",
            "required": ["answers", "text"],
            "properties": {
                "answers": ENTRIES,
                "text": {"type": "string"},
            },
        },
    },
}
