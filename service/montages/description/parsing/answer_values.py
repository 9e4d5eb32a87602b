"""One answer as people write it: a value by its slug or a label, a number with or without its unit."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from rdflib import URIRef

from montages.bilingual import Text
from montages.description.limits import is_long
from montages.description.parsing.key_faults import (
    doubtful_number,
    doubtful_word,
    unknown_value,
    wrong_value,
)
from montages.description.parsing.key_notes import KeyNotes
from montages.description.parsing.written_amount import (
    doubtful_readings,
    is_doubtful,
    written_amount,
)
from montages.description.readings import Canonical, Reading
from montages.knowledge.buckets import spaced
from montages.knowledge.labels import YES_NO, label_index, name_of, plain_form
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.model import Criterion
from montages.knowledge.rulebook import rulebook


@dataclass(frozen=True)
class ClosedList:
    """A closed list: its name in the label index, its slugs, what it is about, where its things are."""

    name: str
    slugs: tuple[str, ...]
    about: Text
    folder: str
    known: frozenset[str] = frozenset()


@cache
def criterion_list(slug: str) -> ClosedList:
    """Return the values of a criterion as a closed list."""
    criterion = rulebook().criteria[slug]
    values = tuple(value.slug for value in criterion.values)
    folder = str(criterion.values[0].iri).rpartition("/")[0] + "/" if values else ""
    return ClosedList(str(criterion.iri), values, criterion.label, folder, frozenset(values))


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
    notes.readings.append(Reading(where, word, meant[0], closed.about, meaning))
    return meant[0]


def read_number(
    criterion: Criterion, where: str, notes: KeyNotes, item: Any
) -> int | float | Decimal:
    """Return the number that answers a criterion, which may be written with blanks and a unit.

    Raises UnusableInput for what is no number, or may be two.
    """
    if type(item) is int and not is_long(item):
        return item
    units = answer_units()[criterion.slug]
    if isinstance(item, str):
        amount = written_amount(item, units)
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
        f"il faut un nombre, seul ou avec une unité ({units.listed.fr})",
        f"a number is needed, alone or with a unit ({units.listed.en})",
    )


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number.normalize()


def _number_reading(
    where: str, written: str, number: int | Decimal, criterion: Criterion
) -> Reading:
    exact, unit = Decimal(number), criterion.unit
    meaning = Text(*(f"{spaced(exact, lang)} {unit[lang]}" for lang in ("fr", "en")))
    value: Canonical = number if isinstance(number, int) else float(number)
    return Reading(where, written, value, criterion.label, meaning)


def read_flag(value: Any, where: str, about: Text, notes: KeyNotes) -> Any:
    """Return true or false for a yes or a no in words; anything else as it is, for the shapes to tell."""
    if not isinstance(value, str):
        return value
    meant = label_index()[YES_NO].get(plain_form(value), ())
    if len(meant) != 1:
        return value
    flag = meant[0] == "yes"
    meaning = name_of(YES_NO.replace("scheme/", "") + f"/{meant[0]}")
    notes.readings.append(Reading(where, value, flag, about, meaning))
    return flag


def closed_list(name: URIRef, slugs: Collection[str], about: Text, folder: str) -> ClosedList:
    """Return the things of a class as a closed list."""
    return ClosedList(str(name), tuple(slugs), about, folder, frozenset(slugs))
