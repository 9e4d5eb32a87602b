"""Dates as text: 2026-06-01, or a month or a year where the day is unknown."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from montages.bilingual import message
from montages.errors import UnreadableInput

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"
# January in French to December in English.
MONTHS = (*_MONTHS_FR.split(), *_MONTHS_EN.split())


def written_day(value: date, lang: str) -> str:
    """Return a date as people read it: `1er juin 2026`, `1 June 2026`."""
    month = (_MONTHS_EN if lang == "en" else _MONTHS_FR).split()[value.month - 1]
    number = "1er" if value.day == 1 and lang == "fr" else str(value.day)
    return f"{number} {month} {value.year}"


def read_day(text: str) -> date:
    """Return the date written `YYYY-MM-DD`; raises UnreadableInput for any other writing."""
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # well written, but no such day: 2026-02-30
    raise UnreadableInput(
        message("“{text}” is not a date. Write year-month-day, for example 2026-06-01.", text=text)
    )


def read_last_day(text: str) -> date:
    """Return the last day that a year, a month or a day means; raises UnreadableInput for another writing."""
    try:
        if re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            return last_day(text)
    except ValueError:
        pass  # no such month or day
    return read_day(text)


def last_day(text: str) -> date:
    """Return the last day that a date written as a day, a month or a year can mean."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def months_before(day: date, months: float) -> date:
    """Return the day so many months before another, a half being fifteen days."""
    whole = int(months)
    year, month = divmod(day.year * 12 + day.month - 1 - whole, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, length)) - timedelta(
        days=round(30 * (months - whole))
    )
