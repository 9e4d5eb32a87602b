"""The key by which a literal is sorted: a string whose order by character is total, and keeps that of SPARQL.

Literals of one family are compared by value, families one after the other: numbers, booleans, moments (dates
of any precision), durations, texts, and all else by datatype, then by text. A moment without a time zone
counts as one in UTC (the implicit time zone that XPath asks for). SPARQL 1.1, §15.1 and §17.3.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
TEXT, LANGUAGE = "5", "\x01@"
# A number: below zero, zero, below one, one and above; what no number reaches on either side; what is none.
_LEAST, _NEGATIVE, _ZERO, _FRACTION, _POSITIVE, _MOST, _NAN = "amnopyz"
NUMBER = f"1{_POSITIVE}"
# A letter says how many digits a whole number has; beyond them the count itself.
COUNTS = "abcdefghijklmnopqrs"
_BEYOND = "t"
_DIGITS = 12  # of a count
_MOST_DIGITS = 10**_DIGITS - 1

_INTEGERS = (
    *("integer", "long", "int", "short", "byte"),
    *("nonNegativeInteger", "positiveInteger", "nonPositiveInteger", "negativeInteger"),
    *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
)
_INTEGER = re.compile(r"[+-]?[0-9]+")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN")
_BOOLEANS = {"false": "f", "0": "f", "true": "t", "1": "t"}
_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{4,})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})"
    r"(?:T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2}(?:\.[0-9]+)?))?)?)?"
    r"(?:Z|(?P<sign>[+-])(?P<zone_hour>[0-9]{2}):(?P<zone_minute>[0-9]{2}))?"
)
# The part that a moment of each datatype goes down to.
_MOMENTS = {
    "gYear": "year",
    "gYearMonth": "month",
    "date": "day",
    "dateTime": "second",
    "dateTimeStamp": "second",
}
_PRECISION = ("year", "month", "day", "second")
_DURATION = re.compile(
    r"(?P<sign>-?)P(?=.)(?:(?P<years>[0-9]+)Y)?(?:(?P<months>[0-9]+)M)?(?:(?P<days>[0-9]+)D)?"
    r"(?:T(?=.)(?:(?P<hours>[0-9]+)H)?(?:(?P<minutes>[0-9]+)M)?(?:(?P<seconds>[0-9]+(?:\.[0-9]+)?)S)?)?"
)
_DAY = 86_400
_MONTH = Decimal("30.436875") * _DAY  # in the mean
_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def order_key(term: Term) -> Term:
    """Return what a term is sorted by: a literal by its key; a blank node or an IRI by itself."""
    if isinstance(term, ox.Literal):
        return ox.Literal(literal_key(term.value, term.datatype.value, term.language or ""))
    if isinstance(term, ox.Triple):
        return ox.Literal(f"7{term}")
    return term


def literal_key(text: str, datatype: str, language: str = "") -> str:
    """Return the key of a literal. Two that are equal by value have the same."""
    if language:
        return f"{TEXT}{text}{LANGUAGE}{language}"
    name = datatype.removeprefix(XSD)
    key = _KEYS[name](text) if name in _KEYS else None
    return f"6{datatype} {text}" if key is None else key


def number_key(value: Decimal) -> str:
    """Return the key of a number among numbers."""
    if not value:
        return _ZERO
    if value < 0:
        # Upside down, and after all that goes on longer.
        return _NEGATIVE + number_key(-value).translate(_UPSIDE_DOWN) + "~"
    digits = "".join(map(str, value.as_tuple().digits))
    whole = value.adjusted() + 1
    if whole <= 0:
        return f"{_FRACTION}{_MOST_DIGITS + whole:0{_DIGITS}}{digits.rstrip('0')}"
    count = COUNTS[whole - 1] if whole <= len(COUNTS) else f"{_BEYOND}{whole:0{_DIGITS}}"
    return _POSITIVE + count + digits[:whole].ljust(whole, "0") + digits[whole:].rstrip("0")


_UPSIDE_DOWN = {point: 0x20 + 0x7D - point for point in range(0x20, 0x7E)}


def _exact(pattern: re.Pattern[str], text: str) -> str | None:
    return f"1{number_key(Decimal(text))}" if pattern.fullmatch(text) else None


def _double(text: str) -> str | None:
    return f"1{_float_key(float(text))}" if _FLOAT.fullmatch(text) else None


def _single(text: str) -> str | None:
    if not _FLOAT.fullmatch(text):
        return None
    try:
        return f"1{_float_key(struct.unpack('f', struct.pack('f', float(text)))[0])}"
    except OverflowError:
        return f"1{_LEAST if text.startswith('-') else _MOST}"


def _float_key(number: float) -> str:
    if number != number:
        return _NAN
    if number in (float("inf"), float("-inf")):
        return _MOST if number > 0 else _LEAST
    # As it is written shortest: 0.1 as a double is then 0.1 as a decimal, which SPARQL finds equal.
    return number_key(Decimal(repr(number)))


def _boolean(text: str) -> str | None:
    return f"2{_BOOLEANS[text]}" if text in _BOOLEANS else None


def _moment(to: str, text: str) -> str | None:
    match = _MOMENT.fullmatch(text)
    parts = _PRECISION[: _PRECISION.index(to) + 1]
    if match is None or any((match[part] is not None) != (part in parts) for part in _PRECISION):
        return None
    year, month, day = int(match["year"][:15]), int(match["month"] or 1), int(match["day"] or 1)
    hour, minute = int(match["hour"] or 0), int(match["minute"] or 0)
    second = Decimal(match["second"] or 0)
    zone_hour, zone_minute = int(match["zone_hour"] or 0), int(match["zone_minute"] or 0)
    if not 1 <= month <= 12 or not 1 <= day <= _MONTH_DAYS[month - 1] + _leap_day(year, month):
        return None
    if hour > 24 or minute > 59 or second >= 60 or (hour == 24 and (minute or second)):
        return None
    if zone_minute > 59 or zone_hour * 60 + zone_minute > 14 * 60:
        return None
    zone = (zone_hour * 60 + zone_minute) * (-60 if match["sign"] == "-" else 60)
    seconds = _days(year, month, day) * _DAY + hour * 3600 + minute * 60 - zone + second
    return f"3{number_key(seconds)} {_PRECISION.index(to)}"


def _leap_day(year: int, month: int) -> bool:
    return month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _days(year: int, month: int, day: int) -> int:
    """Return the days from the first of March of year 0 to a day of the proleptic Gregorian calendar."""
    year, month = (year, month - 3) if month > 2 else (year - 1, month + 9)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month + 2) // 5 + day - 1


def _duration(text: str) -> str | None:
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    number = {
        name: Decimal(value or 0) for name, value in match.groupdict().items() if name != "sign"
    }
    seconds = (
        (number["years"] * 12 + number["months"]) * _MONTH
        + number["days"] * _DAY
        + number["hours"] * 3600
        + number["minutes"] * 60
        + number["seconds"]
    )
    return f"4{number_key(-seconds if match['sign'] else seconds)}"


_KEYS: dict[str, Callable[[str], str | None]] = {
    **dict.fromkeys(_INTEGERS, partial(_exact, _INTEGER)),
    "decimal": partial(_exact, _DECIMAL),
    "double": _double,
    "float": _single,
    "boolean": _boolean,
    **{name: partial(_moment, to) for name, to in _MOMENTS.items()},
    **dict.fromkeys(("duration", "dayTimeDuration", "yearMonthDuration"), _duration),
    "string": lambda text: TEXT + text,
}
