"""What a published contract does not tell: every criterion that is asked and that it does not answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from montages.knowledge.description_keys import answer_keys
from montages.knowledge.rulebook import rulebook


def unknown_criteria(keys: Mapping[str, Any]) -> list[str]:
    """Return the slugs of the criteria that a description leaves unanswered, in the order of the rulebook."""
    answered = set(keys.get("answers", {}))
    for part in keys.get("perimeters", {}).values():
        answered |= set(part.get("answers", {}))
    known = {criterion for key, criterion in answer_keys().items() if key in answered}
    return [slug for slug in rulebook().criteria if slug not in known]
