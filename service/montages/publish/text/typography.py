"""How dates, quotations, numbers and colons read in a sentence, in French and in English."""

from __future__ import annotations

from datetime import date

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "January February March April May June July August September October November December"


def day(value: date, lang: str) -> str:
    """Return a date as people read it: `1er juin 2026`, `1 June 2026`."""
    month = (_MONTHS_EN if lang == "en" else _MONTHS_FR).split()[value.month - 1]
    number = "1er" if value.day == 1 and lang == "fr" else str(value.day)
    return f"{number} {month} {value.year}"


def colon(lang: str) -> str:
    """Return a colon with the space French puts before it."""
    return " :" if lang == "fr" else ":"


def quoted(text: str, lang: str) -> str:
    """Return a text between the quotation marks of a language."""
    return f"« {text} »" if lang == "fr" else f"“{text}”"


def decimal(value: float, digits: int, lang: str) -> str:
    """Return a number with so many digits after the comma, or the point in English."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "fr" else text
