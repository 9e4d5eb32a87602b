"""The schema of an explanation: a sentence, a checklist or a proof, in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.publish.schemas.stated_schema import ENTRIES

EXPLANATION_SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["project", "as_of", "rulebook_version", "contract"],
    "properties": {
        "project": {"type": "string"},
        "as_of": {"type": "string", "format": "date"},
        "rulebook_version": {"type": "string"},
        "unit": {"type": ["string", "null"]},
        "contract": {"type": "string"},
        "label": {"type": "string"},
        "status": {"type": "string"},
        "verdict": {"type": "string"},
        "summary": {"type": "string"},
        "checks": ENTRIES,
    },
}
