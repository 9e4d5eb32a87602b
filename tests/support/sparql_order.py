"""The order of SPARQL 1.1 (§15.1), read from the standard once more: what may not come before what.

It shares no code with the service: numbers are compared as fractions after the promotions of XPath, moments
by `datetime`, and whatever the standard leaves open is left open here.
"""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from fractions import Fraction
from itertools import combinations
from typing import Any

XSD = "http://www.w3.org/2001/XMLSchema#"
_CLASSES = {"bnode": 1, "uri": 2, "literal": 3}
Term = dict[str, str] | None


def faults(body: bytes, all_rows: bytes, ending: str) -> list[str]:
    """Return where an answer is not in the order asked for, or lacks rows that go before its own."""
    keys = _keys(ending)
    rows, everything = _rows(body), _rows(all_rows)
    found = [
        f"{_text(first, keys)} before {_text(second, keys)}"
        for first, second in combinations(rows, 2)
        if order(first, second, keys) > 0
    ]
    if "LIMIT" not in ending:
        return found + ([] if _counted(rows) == _counted(everything) else ["other rows"])
    skipped = int(ending.partition("OFFSET")[2] or 0)
    given, out = _counted(rows), list[dict[str, Any]]()
    for row in everything:
        given[_same(row)] = given.get(_same(row), 0) - 1
        if given[_same(row)] < 0:
            out.append(row)
    before = [row for row in out if any(order(row, one, keys) < 0 for one in rows)]
    return found + [f"without {_text(row, keys)}" for row in before[skipped:]]


def order(first: dict[str, Any], second: dict[str, Any], keys: Sequence[tuple[str, int]]) -> int:
    """Return -1 or 1 where the standard says which of two rows comes first, else 0."""
    for name, sign in keys:
        compared = compare(first.get(name), second.get(name))
        if compared is None:
            return 0
        if compared:
            return sign * compared
    return 0


def compare(first: Term, second: Term) -> int | None:
    """Return -1, 0 or 1 as the standard orders two terms, None where it leaves them open."""
    if first == second:
        return 0
    kinds = [0 if term is None else _CLASSES[term["type"]] for term in (first, second)]
    if kinds[0] != kinds[1]:
        return _sign(kinds[0] - kinds[1])
    assert first
    assert second
    if kinds[0] == 2:
        return _compared(first["value"], second["value"])
    if kinds[0] == 1 or "xml:lang" in first or "xml:lang" in second:
        return None
    values = [_value(term) for term in (first, second)]
    if None in values or values[0][0] != values[1][0]:
        return None
    return _numbers(*values) if values[0][0] == "number" else _compared(values[0][1], values[1][1])


def _value(term: dict[str, str]) -> Any:
    """Return the kind of a literal and its value, for the kinds that `<` is defined for."""
    kind, text = term.get("datatype", f"{XSD}string").removeprefix(XSD), term["value"]
    try:
        if kind in ("integer", "int"):
            return "number", Fraction(int(text)), 0
        if kind == "decimal":
            return "number", Fraction(text), 0
        if kind == "float":
            return "number", struct.unpack("f", struct.pack("f", float(text)))[0], 1
        if kind == "double":
            return "number", float(text), 2
        if kind == "dateTime":
            moment = datetime.fromisoformat(text)
            return "moment", moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    except ValueError:
        return None
    if kind == "boolean":
        return "boolean", text in ("true", "1")
    return ("text", text) if kind == "string" else None


def _numbers(first: Any, second: Any) -> int | None:
    """Compare two numbers, both promoted to the wider of their types.

    Those that only rounding makes equal are left open: the standard has three that no order can keep equal.
    """
    width = max(first[2], second[2])
    values = [_promoted(one[1], width) for one in (first, second)]
    if any(map(math.isnan, values)):
        return None
    compared = _compared(*values)
    exact = compared != 0 or math.isinf(values[0]) or Fraction(first[1]) == Fraction(second[1])
    return compared if exact else None


def _promoted(value: Any, width: int) -> Any:
    if width == 0 or isinstance(value, float):
        return value
    double = float(value)
    return double if width == 2 else struct.unpack("f", struct.pack("f", double))[0]


def _compared(first: Any, second: Any) -> int:
    return int(first > second) - int(first < second)


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


def _keys(ending: str) -> list[tuple[str, int]]:
    parts = ending.removeprefix("ORDER BY ").partition("LIMIT")[0]
    return [
        (key.strip("()")[1:], -1) if sign else (key.strip("()")[1:], 1)
        for one in parts.replace("IF(true, ?o, 1)", "?o").split()
        for sign, key in [(one.startswith("DESC"), one.removeprefix("DESC").removeprefix("ASC"))]
    ]


def _rows(body: bytes) -> list[dict[str, Any]]:
    rows = json.loads(body)["results"]["bindings"]
    assert isinstance(rows, list)
    return rows


def _same(row: dict[str, Any]) -> str:
    return json.dumps(row, sort_keys=True)


def _counted(rows: Iterable[dict[str, Any]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        counts[_same(row)] = counts.get(_same(row), 0) + 1
    return counts


def _text(row: dict[str, Any], keys: Sequence[tuple[str, int]]) -> str:
    return ", ".join((row.get(name) or {"value": "-"})["value"] for name, _ in keys)
