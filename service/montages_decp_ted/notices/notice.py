"""What a notice states, whatever the family of its XML: codes, texts, amounts, days and periods."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from montages_decp_ted.imported_contract import ImportNote
from montages_decp_ted.notices.xml_tree import NoticeElement


@dataclass(frozen=True)
class Statement:
    """A code of one of the lists of its format, and where it stands; `data/imports/ted.ttl` has the lists."""

    list: str
    code: str
    place: str


@dataclass(frozen=True)
class NoticeLot:
    """A lot: its name, what is stated of it alone, how many months it lasts, and the day it was signed."""

    name: str
    statements: tuple[Statement, ...] = ()
    months: int | None = None
    signed_on: str | None = None


@dataclass(frozen=True)
class Buyer:
    """Who buys: its name, the number by which it is known, and where it stands."""

    name: str
    number: str = ""
    place: str = ""


@dataclass(frozen=True)
class Notice:
    """What a notice states of the contract it announces or tells of.

    `format` names the family, whose lists the statements are of; amounts are in euros, excluding tax; `day`
    is that of its dispatch; `regions` are codes of NUTS, `products` codes of CPV.
    """

    format: str
    identifier: str
    title: str
    title_place: str = ""
    description: str = ""
    day: str | None = None
    buyer: Buyer = Buyer("")
    statements: tuple[Statement, ...] = ()
    lots: tuple[NoticeLot, ...] = ()
    value: Decimal | None = None
    highest_value: Decimal | None = None
    regions: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    notes: tuple[ImportNote, ...] = field(default=())


_CURRENCIES = ("CURRENCY", "currencyID")
_UNITS = ("TYPE", "unitCode")
_DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})(?:[Z+-].*)?")
# Days of one unit of a period; a month is the twelfth of a year of 365.25 days.
_DAYS_IN = {"DAY": Decimal(1), "WEEK": Decimal(7)}
_MONTHS_IN = {"MONTH": 1, "YEAR": 12}
_DAYS_A_MONTH = Decimal("30.4375")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
# One euro stands where the form demands an amount and the buyer has none to state; no public contract is
# worth more than fifty thousand million.
_TOKEN, _MOST = Decimal(1), 5 * Decimal(10) ** 10
_LONGEST_NUMBER = 40
_MOST_MONTHS = 1200


class NoticeValues:
    """Reads values, and gathers a note for each that could not be."""

    def __init__(self) -> None:
        self._notes: dict[ImportNote, None] = {}

    @property
    def notes(self) -> tuple[ImportNote, ...]:
        """Return what was noted, each once, in the order in which it was met."""
        return tuple(self._notes)

    def note(self, code: str, element: NoticeElement, value: str = "") -> None:
        """Add a note on an element, with the value found there."""
        self._notes[ImportNote(code, element.place, value or element.text)] = None

    def euros(self, element: NoticeElement | None) -> Decimal | None:
        """Return an amount in euros, None where there is none, or none to be believed."""
        if element is None or element.attributes.get("PUBLICATION") == "NO":
            return None
        number = _number(element.text)
        if number is None or number < 0:
            self.note("no-amount", element)
            return None
        currency = next((element.attributes[n] for n in _CURRENCIES if n in element.attributes), "")
        if currency != "EUR":
            self.note("other-currency", element, f"{element.text} {currency}".strip())
            return None
        if number <= _TOKEN:
            self.note("token-amount", element)
            return None
        if number > _MOST:
            self.note("amount-beyond-belief", element)
            return None
        return number

    def sum_of(self, elements: Iterable[NoticeElement | None]) -> Decimal | None:
        """Return the sum of amounts in euros, None where one of them is missing or cannot be read."""
        parts = list(elements)
        amounts = [self.euros(part) for part in parts]
        if not amounts or any(amount is None for amount in amounts):
            return None
        first = next(part for part in parts if part is not None)
        total = sum((amount for amount in amounts if amount is not None), Decimal(0))
        if len(amounts) > 1:
            self.note("lots-summed", first, f"{total:f}")
        return total

    def day(self, element: NoticeElement | None) -> str | None:
        """Return a day as YYYY-MM-DD, None where there is none, or none to be believed."""
        if element is None or not element.text:
            return None
        day = _day(element.text)
        if day is None:
            self.note("no-date", element)
        elif not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.note("year-beyond-belief", element)
        else:
            return day.isoformat()
        return None

    def months(self, element: NoticeElement) -> int | None:
        """Return the months that a duration lasts, by its unit, None where it cannot be read."""
        unit = next((element.attributes[n] for n in _UNITS if n in element.attributes), "").upper()
        number = _number(element.text)
        if number is None or number <= 0 or unit not in _MONTHS_IN.keys() | _DAYS_IN.keys():
            self.note("no-duration", element, f"{element.text} {unit}".strip())
            return None
        if unit in _MONTHS_IN and number == number.to_integral_value():
            months = int(number) * _MONTHS_IN[unit]
        else:
            months = _whole_months(
                number * _DAYS_IN.get(unit, _DAYS_A_MONTH * _MONTHS_IN.get(unit, 1))
            )
            self.note(
                "duration-in-months", element, f"{element.text} {unit.lower()} = {months} mois"
            )
        if months > _MOST_MONTHS:
            self.note("no-duration", element, f"{element.text} {unit}".strip())
            return None
        return months

    def months_between(self, start: NoticeElement | None, end: NoticeElement | None) -> int | None:
        """Return the months from a first day to a last one, both counted."""
        first, last = self.day(start), self.day(end)
        if first is None or last is None or end is None:
            return None
        days = (date.fromisoformat(last) + timedelta(1) - date.fromisoformat(first)).days
        if days <= 0:
            self.note("no-duration", end, f"{first} … {last}")
            return None
        return _whole_months(Decimal(days))


def _whole_months(days: Decimal) -> int:
    return max(1, int((days / _DAYS_A_MONTH).to_integral_value(ROUND_HALF_UP)))


def _number(text: str) -> Decimal | None:
    if len(text) > _LONGEST_NUMBER:
        return None
    try:
        number = Decimal(text.replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LONGEST_NUMBER else None


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text.strip())
    try:
        return date(*(int(part) for part in match.groups()[:3])) if match else None
    except ValueError:
        return None
