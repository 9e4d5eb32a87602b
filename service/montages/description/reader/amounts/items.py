"""The items of a sentence: each of its numbers read with the words beside it, in order."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.money import amount_at
from montages.description.reader.amounts.ranges import range_ends
from montages.description.reader.amounts.tokens import Token

_ORDINALS = frozenset({"er", "ere", "e", "eme", "ieme", "nd", "nde", "st", "th", "rd", "re", "ème"})
_UNITS = frozenset({"k", "m", "e", "j", "h", "t", "x", "l"})
_TIMES = frozenset({"x", "×", "*", "foi", "time"})
_BARE_TO_YEAR = range(1990, 2061)
_LONGEST = {"year": 100, "month": 1200}


def items_of(line: Line) -> tuple[Item, ...]:
    """Return the items of a sentence, first to last."""
    items: list[Item] = []
    at = 0
    while at < len(line.tokens):
        token = line.tokens[at]
        item: Item | None = None
        if token.kind == "num":
            item = _item(line, at)
        elif token.kind in ("date", "phone", "ref", "part"):
            kind = token.kind if token.kind in ("date", "part") else "name"
            item = Item(kind, at, at + 1, Decimal(0))
        elif token.kind == "sign" and line.number(at + 1) and line.label(at, "currency", "foreign"):
            item = _range(line, at + 1) or amount_at(line, at)
            if item:
                item.first = at
        if item is None:
            at += 1
            continue
        items.append(item)
        at = max(item.last, at + 1)
    return tuple(items)


def _item(line: Line, at: int) -> Item:
    """Return what the number at a place is with the words beside it."""
    for read in (_share, _name, _date, _range, _multiplier, _duration, _measure, amount_at, _count):
        item = read(line, at)
        if item:
            return item
    token = line.tokens[at]
    return Item("bare", at, at + 1, token.value or Decimal(0))


def _share(line: Line, at: int) -> Item | None:
    """Read a share in per cent."""
    value, words = line.tokens[at].value or Decimal(0), line.words[at + 1 : at + 3]
    if words[:1] in (["%"], ["percent"]):
        return Item("share", at, at + 2, value)
    hundred = words in (["pour", "100"], ["pour", "cent"], ["per", "cent"])
    return Item("share", at, at + 3, value) if hundred else None


def _name(line: Line, at: int) -> Item | None:
    """Read a number that names a thing: a lot, an article, a street, a rank, a postal code."""
    token, words, after = line.tokens[at], lexicon().words, line.token(at + 1)
    value, before = token.value or Decimal(0), at - 1
    while line.word(before) in ("°", ".", ":") or line.label(before, "firm"):
        before -= 1
    priced = _is_money_or_time(line, at + 1)
    small = token.plain and (value < 100 or line.word(before) in ("n", "no", "numero", "cp", "tel"))
    if line.word(before) in words["references"] and small and token.scale == 1:
        return None if priced and not line.prefixed(at + 1) else Item("name", at, at + 1, value)
    if token.scale > 1 and value in (4000, 8000) and line.word(at - 1) in words["pictures"]:
        return Item("name", at, at + 1, value)
    if not after or after.kind != "word":
        return None
    glued = after.start == token.end
    rank = (
        after.text in _ORDINALS and value < 100 and line.word(at + 2) not in words["months-of-year"]
    )
    letter = len(after.text) == 1 and after.text not in _UNITS and not line.labels[at + 1]
    digits = token.plain and token.text.isdigit() and len(token.text) == 5
    code = digits and after.capital and not priced
    return Item("name", at, at + 2, value) if (glued and (rank or letter)) or code else None


def _is_money_or_time(line: Line, at: int) -> bool:
    return bool(line.label(at, "currency", "taxes", "units-of-time", "periods", "each"))


def _date(line: Line, at: int) -> Item | None:
    """Read a day of a month, or a year."""
    token, months = line.tokens[at], lexicon().words["months-of-year"]
    after = at + 1 + (line.word(at + 1) in _ORDINALS)
    if line.word(after) in months and (token.value or 0) <= 31:
        return Item("date", at, after + 1 + _is_year(line, after + 1), Decimal(0))
    if not _is_year(line, at) or _is_money_or_time(line, at + 1):
        return None
    before = line.word(at - 1)
    dated = before in lexicon().words["date-before"] or before in months
    if dated or not (line.noun(at + 1) or line.word(at + 1) in _TIMES | {"%"}):
        return Item("date", at, at + 1, Decimal(0))
    return None


def _is_year(line: Line, at: int) -> bool:
    token = line.number(at)
    return bool(token and token.plain and token.text.isdigit() and int(token.text) in _BARE_TO_YEAR)


def _range(line: Line, at: int) -> Item | None:
    """Read the two ends of an amount, of a duration, of a count."""
    ends = range_ends(line, at)
    if not ends:
        return None
    second, low, clear = ends
    item, value = _item(line, second), line.tokens[second].value
    if item.kind not in ("amount", "duration", "count", "measure") or not value:
        return None
    if not clear and item.kind == "amount":
        if item.unit == "each":
            return None
        item.marks.add("unclear")
    factor = item.low / value if item.kind == "duration" else Decimal(1)
    item.first, item.low, item.high = at, low * factor, item.low
    return item


def _multiplier(line: Line, at: int) -> Item | None:
    """Read a number that multiplies the one behind it: « 12 x 4 500 € », « 4 fois 15 000 »."""
    renewed = any(line.label(k, "renewable", "renewals") for k in range(max(at - 3, 0), at))
    if (
        line.word(at + 1) in _TIMES
        and not renewed
        and (line.number(at + 2) or line.prefixed(at + 2))
    ):
        value = line.tokens[at].value or Decimal(0)
        return Item("count", at, at + 2, value, marks={"times"})
    return None


def _duration(line: Line, at: int) -> Item | None:
    """Read a length of time, in years and months or in days."""
    token = line.tokens[at]
    unit = line.label(at + 1 + (line.word(at + 1) == "-"), "units-of-time")
    if not unit or token.value is None or token.value > _LONGEST.get(unit.says, 100_000):
        return None
    if unit.first + 1 == unit.last and line.word(unit.first) == "an" and line.word(at + 2) == "'":
        return None
    last, value = unit.last, token.value
    if line.word(last) == "et" and line.word(last + 1) in ("demi", "demie"):
        last, value = last + 2, value + Decimal("0.5")
    months = lexicon().months.get(unit.says)
    turn = (
        line.number(last + 1)
        and line.word(last) == "sur"
        and not line.label(last + 2, "units-of-time")
    )
    if turn and (line.tokens[last + 1].value or 0) < 10:
        return Item("duration", at, last + 2, value, unit="month", role="cycle")
    if months is None:
        return _with_period(line, Item("duration", at, last, value, unit=unit.says))
    value *= months
    joined = last + (line.word(last) in ("et", "and", ","))
    more = line.number(joined)
    inner = line.label(joined + 1, "units-of-time") if more else None
    if unit.says == "year" and inner and inner.says == "month" and more and more.value:
        last, value = inner.last, value + more.value
    return Item("duration", at, last, value, unit="month")


def _measure(line: Line, at: int) -> Item | None:
    """Read a measure, or a number of inhabitants."""
    value = line.tokens[at].value or Decimal(0)
    after = at + 1 + (line.word(at + 1) in ("d", "de"))
    people = line.label(after, "inhabitants")
    if people:
        return Item(
            "people", at, people.last, value, nouns=("habitant", "hab", line.word(people.first))
        )
    unit = line.label(at + 1, "measures")
    if not unit:
        return None
    nouns = tuple(line.words[unit.first : unit.last])
    item = Item("measure", at, unit.last, value, nouns=nouns, unit=unit.says)
    return _with_period(line, item)


def _with_period(line: Line, item: Item) -> Item:
    period = line.label(item.last, "periods")
    if period and period.says:
        item.period, item.last = period.says, period.last
    return item


def _count(line: Line, at: int) -> Item | None:
    """Read a number of things, what they are called, and what they are counted for."""
    token = line.tokens[at]
    if line.word(at + 1) in _TIMES:
        return Item("name", at, at + 2, token.value or Decimal(0))
    per = line.word(at + 1) in ("par", "per", "/") and line.noun(at + 2)
    if per and (token.value or 0) < 1000 and not line.label(at + 1, "periods"):
        return Item("count", at, at + 3, token.value or Decimal(0), per=line.word(at + 2))
    if line.word(at - 1 - (line.word(at - 1) == ":")) in ("quantite", "qte", "quantity"):
        return Item("count", at, at + 1, token.value or Decimal(0), nouns=("quantite",))
    if not line.noun(at + 1):
        period = line.label(at + 1, "periods")
        if period and (token.value or 0) < 1000:
            return Item("bare", at, period.last, token.value or Decimal(0), period=period.says)
        return None
    return _counted(line, at, token)


def _counted(line: Line, at: int, token: Token) -> Item:
    """Return a number of things with up to four words of their name."""
    last = at + 1
    nouns: list[str] = []
    while (
        last < at + 5
        and line.noun(last)
        and not (nouns and line.label(last, "periods", "each", "total"))
    ):
        nouns.append(line.word(last))
        last += 1
    item = Item("count", at, last, token.value or Decimal(0), nouns=tuple(nouns))
    free = line.number(last + 1) if line.label(last, "part") else None
    if free and line.label(last + 2, "free") and (free.value or 0) < item.low:
        item.low, item.last = item.low - (free.value or 0), last + 3
        return item
    item.unit = next(
        (label.says for label in line.labels[at + 1] if label.name == "units-of-time"), ""
    )
    period = line.label(last, "periods")
    if period and period.says:
        item.period, item.last = period.says, period.last
        return item
    per = line.word(last) in ("par", "per", "/") and line.noun(last + 1) and not period
    if per and line.word(last + 1) not in lexicon().words["not-units"]:
        item.per, item.last = line.word(last + 1), last + 2
    return item
