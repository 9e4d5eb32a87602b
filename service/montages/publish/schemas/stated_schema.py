"""What schemas of advice are made of, those of every answer among them."""

from __future__ import annotations

from montages.publish.detail import DETAILS

SLUGS = {"type": "array", "items": {"type": "string"}}

ENTRIES = {"type": "array", "items": {"type": "object"}}

STATED = {
    "project": {"type": "string"},
    "label": {"type": "string"},
    "as_of": {"type": "string", "format": "date"},
    "rulebook_version": {"type": "string"},
    "detail": {"enum": list(DETAILS)},
    "cut": SLUGS,
    "scope": {"type": "string"},
    "disclaimer": {"type": "string"},
}
