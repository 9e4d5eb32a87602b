"""Read a day as people write it for machines: 2026-06-01."""

from __future__ import annotations

import re
from datetime import date

from montages.errors import UnreadableInput


def read_day(text: str) -> date:
    """Return the date written `YYYY-MM-DD`; raises UnreadableInput for any other writing."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # well written, but no such day: 2026-02-30
    raise UnreadableInput(
        f"« {text} » n'est pas une date. Écrivez année-mois-jour, par exemple 2026-06-01.",
        f"“{text}” is not a date. Write year-month-day, for example 2026-06-01.",
    )
