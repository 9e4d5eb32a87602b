"""One answer as people write it: a value by its slug or a label, a number with or without its unit.

Amounts and durations are read from `20 000,50 €`, `1,5 M€`, `1 an et 6 mois`, `€20,000.00`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from typing import Any

from montages.bilingual import Text, message
from montages.description.limits import is_long
from montages.description.parsing.key_faults import (
    KeyNotes,
    doubtful_number,
    doubtful_word,
    unknown_value,
    wrong_value,
)
from montages.description.readings import Canonical, ValueReading
from montages.knowledge.buckets import measured
from montages.knowledge.measurement_units import AnswerUnits, answer_units
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import label_index, name_of, plain_form


@dataclass(frozen=True)
class ClosedList:
    """A closed list: its name in the label index, its slugs, what it is about, where its things are."""

    name: str
    slugs: tuple[str, ...]
    about: Text
    folder: str

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the slugs, to look one up."""
        return frozenset(self.slugs)


@cache
def criterion_list(slug: str) -> ClosedList:
    """Return the values of a criterion as a closed list."""
    criterion = rulebook().criteria[slug]
    values = tuple(value.slug for value in criterion.values)
    folder = str(criterion.values[0].iri).rpartition("/")[0] + "/" if values else ""
    return ClosedList(str(criterion.iri), values, criterion.label, folder)


def read_word(closed: ClosedList, where: str, notes: KeyNotes, item: Any) -> Any:
    """Return the slug of one value of a closed list, which may be written by a label.

    Raises UnusableInput for what is in no list, or means two things of it.
    """
    if isinstance(item, str):
        if item in closed.known:
            return item
        word = item
    elif isinstance(item, bool):
        word = "true" if item else "false"
    else:
        raise unknown_value(where, item, closed.slugs)
    meant = [s for s in label_index()[closed.name].get(plain_form(word), ()) if s in closed.known]
    if len(meant) > 1:
        raise doubtful_word(where, item, meant)
    if not meant:
        raise unknown_value(where, item, closed.slugs)
    meaning = name_of(closed.folder + meant[0])
    notes.readings.append(ValueReading(where, word, meant[0], closed.about, meaning))
    return meant[0]


def read_number(
    criterion: Criterion, where: str, notes: KeyNotes, item: Any
) -> int | float | Decimal:
    """Return the number that answers a criterion, written with blanks and a unit, or as a band.

    Raises UnusableInput for what is no number, or may be two.
    """
    if type(item) is int and not is_long(item):
        return item
    units = answer_units()[criterion.slug]
    if isinstance(item, str):
        amount = written_amount(dict(criterion.bands).get(item.strip(), item), units)
        if amount is not None and amount.doubtful:
            raise doubtful_number(where, item, amount.doubtful)
        if amount is not None and not is_long(amount.number):
            number = _plain(amount.number)
            if str(number) != item.strip():
                notes.readings.append(_number_reading(where, item, number, criterion))
            return number
    elif isinstance(item, (int, float, Decimal)) and not isinstance(item, bool):
        # A number in JSON that ends in a nought after its point: no program writes one so.
        if isinstance(item, Decimal) and str(item).endswith("0") and is_doubtful(str(item)):
            raise doubtful_number(where, str(item), doubtful_readings(str(item)))
        if not is_long(item) and math.isfinite(item):
            return item
    raise wrong_value(
        where,
        item,
        message("a number is needed, alone or with a unit ({listed})", listed=units.listed),
    )


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number.normalize()


def _number_reading(
    where: str, written: str, number: int | Decimal, criterion: Criterion
) -> ValueReading:
    meaning = measured(Decimal(number), criterion.unit)
    value: Canonical = number if isinstance(number, int) else float(number)
    return ValueReading(where, written, value, criterion.label, meaning)


# No amount is written at greater length, and a longer text is not looked at.
_LONGEST_AMOUNT = 80
_NUMBER = re.compile(r"\d(?:[\d., ]*\d)?")
_UNIT_BEFORE = re.compile(r"([^\d\s+-]{1,4})\s*(\d.*)", re.DOTALL)
# What joins a number with its unit to the next: `1 an et 6 mois`.
_JOINT = re.compile(r"(?<!\s)(?:\s+(?:et|and)|\s*[,+])\s*$", re.IGNORECASE)
# Groups of thousands by blanks, by one mark, or by one mark with the other before the decimals.
_GROUPED = re.compile(
    r"(\d{1,3}(?: \d{3})+)(?:[.,](\d+))?|(\d{1,3}(?:([.,])\d{3})+)(?:(?!\4)[.,](\d+))?"
)
_UNGROUPED = re.compile(r"(\d+)(?:[.,](\d+))?")
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
    if len(text) > _LONGEST_AMOUNT:
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
    plain = _UNGROUPED.fullmatch(number)
    return None if plain is None else Decimal(f"{plain[1]}.{plain[2] or 0}")
