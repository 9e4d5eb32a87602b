"""The items of a sentence: each of its numbers read with the words beside it, in order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.money import amount_at
from montages.description.reader.lexicon import lexicon, months_of
from montages.description.reader.words import DATE, NAME, PART

_BARE_TO_YEAR = range(1990, 2061)
_LEAST, _SPREAD, _FEW, _OF_NAMES = 1000, 5, 30, 100


def items_of(line: Line) -> tuple[Item, ...]:
    """Return the items of a sentence, first to last."""
    items: list[Item] = []
    for at, token in enumerate(line.tokens):
        if items and at < items[-1].last:
            continue
        if line.number(at):
            items.append(_item(line, at))
        elif line.words[at : at + 2] == ["autant", "de"]:
            counts = [i.low for i in items if i.kind == "count"]
            as_many = _counted(line, at + 1)
            items += [replace(as_many, first=at, low=low) for low in counts[-1:]]
        elif token.kind in (DATE, PART, NAME):
            items.append(Item(token.kind, at, at + 1, Decimal(0)))
    return tuple(items)


def _item(line: Line, at: int) -> Item:
    """Return what the number at a place is with the words beside it."""
    kinds = (
        _months,
        _name,
        _date,
        _range,
        _multiplier,
        _with_unit,
        amount_at,
        _times_behind,
        _count,
    )
    bare = Item("bare", at, at + 1, line.value(at))
    return next((item for read in kinds if (item := read(line, at))), bare)


def _name(line: Line, at: int) -> Item | None:
    """Read a number that names a thing: a lot, an article, a street, a rank, a postal code."""
    token, words, after = line.tokens[at], lexicon().words, line.token(at + 1)
    value, before = line.value(at), at - 1
    while line.word(before) in ("°", ".") or (
        line.word(before) == ":" and line.word(before - 1) in words["numbered"]
    ):
        before -= 1
    if line.word(before) in words["references"] and (
        value < _OF_NAMES or line.word(before) in words["numbered"]
    ):
        priced = _is_measured(line, at + 1) and not line.prefixed(at + 1)
        priced |= bool(line.label(at + 1, "more"))  # « tranche optionnelle 90 de plus »
        return None if priced else Item("name", at, at + 1, value)
    if not after or after.kind or line.number(at + 1):
        return None
    rank = line.word(at + 1) in words["ordinals"] and value < _OF_NAMES
    letter = len(after.form) == 1 and not line.labels[at + 1]
    code = len(token.form) == 5 and token.form.isdigit() and after.capital
    named = code or (after.start == token.end and (rank or letter))
    return Item("name", at, at + 2, value) if named else None


def _is_measured(line: Line, at: int) -> bool:
    classes = ("currency", "taxes", "units-of-time", "periods", "each", "per-cent")
    return bool(line.label(at, *classes))


def _months(line: Line, at: int) -> Item | None:
    """Read the time from one month to another: « 04/2027 à 03/2031 »."""
    ends = [k for k in (at, at + 4) if line.word(k + 1) == "/" and _is_year(line, k + 2)]
    if len(ends) < 2 or not line.label(at + 3, "range", "until"):
        return None
    first, last = (line.value(k + 2) * 12 + line.value(k) for k in ends)
    return Item("duration", at, at + 7, last - first + 1, unit="month") if last > first else None


def _date(line: Line, at: int) -> Item | None:
    """Read a day of a month, or a year."""
    words = lexicon().words
    after = at + 1 + (line.word(at + 1) in words["ordinals"])
    if line.word(after) in words["months-of-year"] and line.value(at) <= 31:
        return Item("date", at, after + 1 + _is_year(line, after + 1), Decimal(0))
    # « + pose 2000 » is a price.
    if not _is_year(line, at) or _is_measured(line, at + 1) or line.added(at):
        return None
    dated = line.word(at - 1) in words["date-before"] | words["months-of-year"]
    return Item("date", at, at + 1, Decimal(0)) if dated or not line.noun(at + 1) else None


def _is_year(line: Line, at: int) -> bool:
    token = line.number(at)
    return bool(token and token.form.isdigit() and int(token.form) in _BARE_TO_YEAR)


def _range(line: Line, at: int) -> Item | None:
    """Read the two ends of an amount, of a duration, of a count: « entre 85 et 110 k€ », « 45 à 60 k ».

    « 140 à 1 150 pièce » is none: an end between a first and its fifth fold is near.
    """
    start, middle = at - (line.word(at - 1) == "€"), at + 1
    named = bool(line.label(start - 1, "from-to") or line.label(start - 2, "from-to"))
    while matched := line.label(middle, "currency", "taxes"):
        middle = matched.last
    second = middle + 1 + (line.word(middle + 1) == "€")
    low, high = line.value(at), line.value(second)
    if not line.label(middle, "range" if named else "range-alone") or not high:
        return None
    clear = named or line.word(middle) != "a" or low >= _LEAST
    if line.tokens[at].scale == 1 < line.tokens[second].scale:
        low, clear = low * line.tokens[second].scale, True
    elif low * 1000 < high < low * 1000 * _SPREAD:
        low, clear = low * 1000, named or low >= _FEW
    if low >= high or (not named and high > low * _SPREAD):
        return None
    item = _item(line, second)
    if not clear and item.unit == "each":
        return None
    if not clear:
        item.marks.add("unclear")
    item.first, item.low, item.high = at, low * item.low / high, item.low
    return item


def _multiplier(line: Line, at: int) -> Item | None:
    """Read a number that multiplies the one behind it: « 12 x 4 500 € », « 4 fois 15 000 »."""
    renewed = any(line.label(k, "renewable", "renewals") for k in range(max(at - 3, 0), at))
    number = line.number(at + 2) or line.prefixed(at + 2)
    multiplies = number and not renewed and line.label(at + 1, "times")
    return Item("count", at, at + 2, line.value(at)) if multiplies else None


def _times_behind(line: Line, at: int) -> Item | None:
    """Read how many there are of the thing before a sign of times: « radars x15 à 2 100 € »."""
    counted = line.number(at - 3)  # « 8 communes x 4 caméras »
    joined = line.label(at + 1, "at") or line.word(at + 1) in ("", "=", ":", ",")
    priced = joined and not line.noun(at + 2)
    if not line.label(at - 1, "times") or not line.noun(at - 2) or counted or not priced:
        return None
    nouns = [line.word(k) for k in (at - 3, at - 2) if line.noun(k)]
    return Item("count", at - 1, at + 1, line.value(at), nouns=tuple(nouns))


def _with_unit(line: Line, at: int) -> Item | None:
    """Read a share in per cent, a length of time, a measure, a number of inhabitants."""
    kinds = lexicon().tables["kinds"]
    unit = line.label(at + 1 + (line.word(at + 1) in ("-", "d", "de")), *kinds)
    if not unit:
        return None
    item = Item(kinds[unit.name], at, unit.last, line.value(at), unit=unit.says)
    if item.kind == "duration":
        return _duration(line, item)
    item.nouns = tuple(line.words[unit.first : unit.last])
    if item.kind == "people":
        item.nouns = ("habitant", "hab", *item.nouns)
    return _with_period(line, _for_each(line, item))


def _duration(line: Line, item: Item) -> Item:
    """Return a length of time in months, or in days or weeks by the period."""
    last = item.last
    if line.word(last + 1) in ("demi", "demie"):
        item.last, item.low = last + 2, item.low + Decimal("0.5")
    again = line.number(last + 1) and not line.label(last + 2, "units-of-time")
    if again and line.word(last) == "sur":
        item.role, item.unit, item.last = "cycle", "", last + 2
        return item
    months = months_of(item.unit)
    if months is None:
        return _with_period(line, _for_each(line, item))
    item.low, item.unit = item.low * months, "month"
    return item


def _with_period(line: Line, item: Item) -> Item:
    if period := line.label(item.last, "periods"):
        item.period, item.last = period.says, period.last
    return item


def _count(line: Line, at: int) -> Item | None:
    """Read a number of things, what they are called, and what they are counted for."""
    value = line.value(at)
    if line.label(at + 1, "times"):
        times = Item("name", at, at + 2, value, nouns=(line.word(at + 1),))
        times.kind = "count" if _with_period(line, times).period else "name"
        return times
    if _is_per(line, at + 1):
        return Item("count", at, at + 3, value, per=line.word(at + 2))
    if line.noun(at + 1):
        return _counted(line, at)
    return _with_period(line, Item("bare", at, at + 1, value))


def _is_per(line: Line, at: int) -> bool:
    per = line.word(at) in lexicon().words["per"] and not line.label(at, "periods")
    return per and line.noun(at + 1)


def _counted(line: Line, at: int) -> Item:
    """Return a number of things with the words of their name."""
    last = at + 2
    while line.noun(last) and not line.label(last, "periods", "each", "total"):
        last += 1
    item = Item("count", at, last, line.value(at), nouns=tuple(line.words[at + 1 : last]))
    if line.label(last, "part") and line.label(last + 2, "free"):
        item.low, item.last = item.low - line.value(last + 1), last + 3
        return item
    item.unit = next((u.says for u in line.labels[at + 1] if u.name == "units-of-time"), "")
    return _with_period(line, _for_each(line, item))


def _for_each(line: Line, item: Item) -> Item:
    """Take what a number is for one of: « deux jours chacun », « 14 h par nuit »."""
    if line.word(item.last) in ("chacun", "chacune"):
        item.per, item.last = "chacun", item.last + 1
    if _is_per(line, item.last):
        item.per, item.last = line.word(item.last + 1), item.last + 2
    return item
