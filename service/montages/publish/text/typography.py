"""How dates, quotations, numbers and colons read in a sentence, in French and in English."""

from __future__ import annotations

from montages.description.dates import written_day

day = written_day


def colon(lang: str) -> str:
    """Return a colon with the space French puts before it."""
    return " :" if lang == "fr" else ":"


def semicolon(lang: str) -> str:
    """Return what stands between the parts of a list, with the space French puts before it."""
    return " ; " if lang == "fr" else "; "


def quoted(text: str, lang: str) -> str:
    """Return a text between the quotation marks of a language."""
    return f"« {text} »" if lang == "fr" else f"“{text}”"


def decimal(value: float, digits: int, lang: str) -> str:
    """Return a number with so many digits after the comma, or the point in English."""
    text = f"{value:.{digits}f}"
    return text.replace(".", ",") if lang == "fr" else text
