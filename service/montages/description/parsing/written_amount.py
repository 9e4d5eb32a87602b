"""An amount or a duration as people write it: `20 000,50 €`, `1,5 M€`, `1 an et 6 mois`, `€20,000.00`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from montages.knowledge.measurement_units import AnswerUnits

# No amount is written at greater length, and a longer text is not looked at.
_LONGEST = 80
_NUMBER = re.compile(r"\d(?:[\d., ]*\d)?")
_UNIT_BEFORE = re.compile(r"([^\d\s+-]{1,4})\s*(\d.*)", re.DOTALL)
# What joins a number with its unit to the next: `1 an et 6 mois`.
_JOINT = re.compile(r"(?<!\s)(?:\s+(?:et|and)|\s*[,+])\s*$", re.IGNORECASE)
# Groups of thousands by blanks, by one mark, or by one mark with the other before the decimals.
_GROUPED = re.compile(
    r"(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?|(\d{1,3}(?:([.,])\d{3})+)(?:(?!\4)[.,](\d+))?"
)
_PLAIN = re.compile(r"(\d+)(?:[.,](\d+))?")
_DOUBTFUL = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")


@dataclass(frozen=True)
class Amount:
    """What an amount is read as: one number, or the two that its writing leaves open."""

    number: Decimal
    doubtful: tuple[str, str] | None = None


def is_doubtful(number: str) -> bool:
    """Tell whether a number may be thousands or decimals: `217.000`, `1,500`."""
    return _DOUBTFUL.fullmatch(number) is not None


def doubtful_readings(number: str, unit: str = "") -> tuple[str, str]:
    """Return the two ways to write a doubtful number so that it has one meaning."""
    match = _DOUBTFUL.fullmatch(number)
    assert match is not None
    decimals = match[2].rstrip("0")
    tail = f" {unit}" if unit else ""
    return (f"{match[1]}{'.' if decimals else ''}{decimals}{tail}", f"{match[1]}{match[2]}{tail}")


def written_amount(text: str, units: AnswerUnits) -> Amount | None:
    """Return the number that a text writes in some units, None where it writes none."""
    if len(text) > _LONGEST:
        return None
    spaced = " ".join(unicodedata.normalize("NFKC", text).split())
    sign = -1 if spaced.startswith("-") else 1
    spaced = spaced.removeprefix("-").removeprefix("+").lstrip()
    before = _UNIT_BEFORE.fullmatch(spaced)
    first, spaced = (before[1], before[2]) if before else ("", spaced)
    terms, total = _terms(spaced), Decimal(0)
    for number, unit in terms:
        # What stands before the number belongs after it: `€1.5M`, `€20,000 a year`.
        worth, value = units.worth_of(unit + first) or units.worth_of(first + unit), _value(number)
        if worth is None or value is None or (len(terms) > 1 and not unit):
            return None
        if is_doubtful(number):
            return Amount(total, doubtful_readings(number, unit))
        total += value * worth
    return Amount(sign * total) if terms else None


def _terms(text: str) -> list[tuple[str, str]]:
    """Return each number of a text with the unit after it; none where the text begins otherwise."""
    numbers = list(_NUMBER.finditer(text))
    if not numbers or numbers[0].start() > 0:
        return []
    ends = [*(number.start() for number in numbers[1:]), len(text)]
    terms = []
    for number, end in zip(numbers, ends, strict=True):
        unit = text[number.end() : end]
        terms.append((number[0], (unit if end == len(text) else _JOINT.sub("", unit)).strip()))
    return terms


def _value(number: str) -> Decimal | None:
    """Return the number of digits with blanks, full stops and commas, None where these are out of place."""
    match = _GROUPED.fullmatch(number)
    if match is not None:
        whole, decimals = match[1] or match[3], match[2] or match[5]
        if match[1] or match[3].count(match[4]) > 1 or decimals:
            return Decimal(re.sub(r"\D", "", whole) + (f".{decimals}" if decimals else ""))
    plain = _PLAIN.fullmatch(number)
    return None if plain is None else Decimal(f"{plain[1]}.{plain[2] or 0}")
