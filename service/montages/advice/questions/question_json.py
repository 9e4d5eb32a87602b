"""What the JSON of any question has, whatever its answers change."""

from __future__ import annotations

from typing import Any

from montages.bilingual import Text
from montages.knowledge.model import Criterion


def question_json(asked: Criterion, kind: str, key: str, why: Text, lang: str) -> dict[str, Any]:
    """Return which criterion is asked, in which words and why, and the key where its answer stands."""
    return {
        "criterion": asked.slug,
        "kind": kind,
        "theme": asked.theme,
        "label": asked.label[lang],
        "question": asked.question[lang],
        "why": why[lang],
        "key": key,
        "multiple": asked.multiple,
    }
