"""The key by which a literal is sorted: a string whose order by character is total, and keeps that of SPARQL.

Literals of one family are compared by value, families one after the other: numbers, booleans, moments (dates
of any precision), texts, and all else by datatype, then by text. A moment without a time zone counts as one
in UTC (the implicit time zone that XPath asks for). SPARQL 1.1, §15.1 and §17.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ctypes import c_float
from datetime import date
from decimal import Decimal
from functools import partial

import pyoxigraph as ox

XSD = "http://www.w3.org/2001/XMLSchema#"
_STRING = f"{XSD}string"
# A number: below zero, zero, below one, one and above; what no number reaches on either side; what is none.
_LEAST, _NEGATIVE, _ZERO, _FRACTION, _POSITIVE, _MOST, _NAN = "amnopyz"
# A letter says how many digits a whole number has; beyond them a t, then the count itself.
_COUNTS = "abcdefghijklmnopqrs"
_DIGITS = 12  # of a count
_UPSIDE_DOWN = {point: 0x20 + 0x7D - point for point in range(0x20, 0x7E)}

_EXACT = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_FLOAT = rf"{_EXACT}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_MOMENT = (
    r"(?P<year>-?[0-9]{4,})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T(?P<clock>"
    r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?))?)?)?"
    r"(?:Z|(?P<sign>[+-])(?P<zone>(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
)
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


def order_key(term: Term) -> Term:
    """Return what a term is sorted by: a literal by its key; a blank node or an IRI by itself."""
    if isinstance(term, ox.Literal):
        return ox.Literal(literal_key(term.value, term.datatype.value, term.language or ""))
    return ox.Literal(f"7{term}") if isinstance(term, ox.Triple) else term


def literal_key(text: str, datatype: str, language: str = "") -> str:
    """Return the key of a literal. Two that are equal by value have the same."""
    if language:
        return f"5{text}\x01@{language}"
    if datatype == _STRING:
        return f"5{text}"
    kind = _KINDS.get(datatype)
    match = kind and kind[0].fullmatch(text)
    key = kind[1](match) if kind and match else None
    return f"6{datatype} {text}" if key is None else key


def _number_key(value: Decimal) -> str:
    if not value.is_finite():
        return _NAN if value.is_nan() else _MOST if value > 0 else _LEAST
    if not value:
        return _ZERO
    if value < 0:
        # Upside down, and after all that goes on longer.
        return f"{_NEGATIVE}{_number_key(value.copy_abs()).translate(_UPSIDE_DOWN)}~"
    digits = "".join(map(str, value.as_tuple().digits))
    whole = value.adjusted() + 1
    if whole <= 0:
        return f"{_FRACTION}{10**_DIGITS - 1 + whole:0{_DIGITS}}{digits.rstrip('0')}"
    count = _COUNTS[whole - 1] if whole <= len(_COUNTS) else f"t{whole:0{_DIGITS}}"
    return _POSITIVE + count + digits[:whole].ljust(whole, "0") + digits[whole:].rstrip("0")


def _number(text: str) -> str:
    return f"1{_number_key(Decimal(text))}"


def _moment(parts: int, match: re.Match[str]) -> str | None:
    if sum(match[part] is not None for part in ("month", "day", "clock")) != parts:
        return None
    year = int(match["year"][:15])
    try:
        # The calendar comes round every 400 years.
        day = date(2000 + year % 400, int(match["month"] or 1), int(match["day"] or 1)).toordinal()
    except ValueError:
        return None
    zone = _seconds(match["zone"]) * (-1 if match["sign"] == "-" else 1)
    seconds = (day + year // 400 * 146_097) * 86_400 + _seconds(match["clock"]) - zone
    return f"3{_number_key(seconds)} {parts}"


def _seconds(clock: str | None) -> Decimal:
    hours, minutes, seconds = f"{clock or '0:0'}:0".split(":")[:3]
    return Decimal(hours) * 3600 + Decimal(minutes) * 60 + Decimal(seconds)


# The form of each kind of literals, the key of one that has it, and their datatypes.
_KIND_ROWS: tuple[tuple[str, Callable[[re.Match[str]], str | None], str], ...] = (
    (_EXACT, lambda m: _number(m[0]), "decimal integer long int short byte nonNegativeInteger"),
    (_EXACT, lambda m: _number(m[0]), "positiveInteger nonPositiveInteger negativeInteger"),
    (_EXACT, lambda m: _number(m[0]), "unsignedLong unsignedInt unsignedShort unsignedByte"),
    # As it is written shortest: 0.1 as a double is then 0.1 as a decimal, which SPARQL finds equal.
    (_FLOAT, lambda m: _number(repr(float(m[0]))), "double"),
    (_FLOAT, lambda m: _number(repr(c_float(float(m[0])).value)), "float"),
    ("false|0|true|1", lambda m: "2f" if m[0] in ("false", "0") else "2t", "boolean"),
    # How many parts a moment has below the year.
    (_MOMENT, partial(_moment, 0), "gYear"),
    (_MOMENT, partial(_moment, 1), "gYearMonth"),
    (_MOMENT, partial(_moment, 2), "date"),
    (_MOMENT, partial(_moment, 3), "dateTime dateTimeStamp"),
)
_KINDS = {
    f"{XSD}{name}": (re.compile(form), key)
    for form, key, names in _KIND_ROWS
    for name in names.split()
}
