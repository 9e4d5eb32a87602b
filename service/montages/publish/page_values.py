"""What every template of this room may say: phrases, signs and typography in one language."""

from __future__ import annotations

from typing import Any

from montages.publish.text import checklist
from montages.publish.text.messages import phrase, plural_of
from montages.publish.text.signs import OUTCOME_SIGNS, PROCEDURE_SIGNS, VERDICT_SIGNS
from montages.publish.text.typography import colon, day


def page_values(lang: str) -> dict[str, Any]:
    """Return the words and signs of a language, by the names that templates know them by."""
    return {
        "lang": lang,
        "phrase": lambda key: phrase(key, lang),
        "plural": lambda number, noun: plural_of(number, noun, lang),
        "day": lambda value: day(value, lang),
        "colon": colon(lang),
        "checklist": checklist,
        "verdicts": VERDICT_SIGNS,
        "procedure_verdicts": PROCEDURE_SIGNS,
        "outcomes": OUTCOME_SIGNS,
    }
