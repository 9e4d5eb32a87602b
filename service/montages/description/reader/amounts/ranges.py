"""Ranges: two numbers that are the ends of one amount, duration or count."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.line import Line

_LEAST, _SPREAD, _TIGHT, _FEW = 1000, 5, 2, 30


def range_ends(line: Line, at: int) -> tuple[int, Decimal, bool] | None:
    """Return where the upper end of a range stands that begins at a place, its lower end, and if it is clear.

    « entre 85 et 110 k€ » and « 45 à 60 k » are ranges, « 140 à 1 150 pièce » is none.
    """
    start = at - (line.word(at - 1) == "€")
    named = bool(line.label(start - 1, "from-to") or line.label(start - 2, "from-to"))
    first, middle = line.tokens[at], at + 1
    while found := line.label(middle, "currency", "taxes"):
        middle = found.last
    joins = line.word(middle)
    if joins not in ("a", "-", "to") and not (named and joins in ("et", "and")):
        return None
    second_at = middle + 1 + (line.word(middle + 1) == "€")
    second = line.number(second_at)
    if second is None or second.value is None or first.value is None:
        return None
    counted = not named and joins == "a" and middle == at + 1
    tight = counted and first.value * _TIGHT > second.value / 1000 and line.word(at - 1) != "en"
    low = _low_end(first.value, first.scale, second.value, second.scale, named or tight)
    if low >= second.value or (not named and second.value > low * _SPREAD):
        return None
    return (
        second_at,
        low,
        not (
            counted
            and (
                low == first.value < _LEAST or (tight and first.value < _FEW and second.scale == 1)
            )
        ),
    )


def _low_end(low: Decimal, scale: int, high: Decimal, high_scale: int, named: bool) -> Decimal:
    """Return the lower end of a range, in the size of the upper: « 85 à 110 k »."""
    if scale == 1 and high_scale > 1 and low * high_scale < high:
        return low * high_scale
    if named and low < _LEAST <= high and low * 1000 < high:
        return low * 1000
    return low
