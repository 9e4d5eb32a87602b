"""Amounts: a number with its currency, tax, period, unit and bounds, and ranges of two."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line

_TAIL = (
    *("currency", "foreign", "taxes", "periods", "each"),
    *("approximate", "total", "times", "each-time"),
)
_BOUNDS = ("maximum", "minimum", "at-most", "at-least", "ceiling")
_ROUND, _LEAST = 50, 1000


def amount_at(line: Line, at: int) -> Item | None:
    """Read an amount whose number, or whose sign of currency, stands at a place."""
    start = at
    foreign = ""
    if line.tokens[at].kind == "sign":
        foreign = "foreign" if line.label(at, "foreign") else ""
        at += 1
    elif line.label(at - 1, "currency") and line.word(at - 1) == "€":
        start = at - 1
    elif line.label(at - 1, "foreign"):
        start, foreign = at - 1, "foreign"
    token = line.tokens[at]
    item = Item("amount", start, at + 1, token.value or Decimal(0), role=foreign)
    _tail(line, item)
    if start < at:
        item.marks.add("currency")
    return item if _is_money(line, item, at) else None


def _is_money(line: Line, item: Item, at: int) -> bool:
    """Tell whether a number with what follows it is an amount of money."""
    token, after = line.tokens[at], item.last
    listed = line.word(item.first - 1) in lexicon().words["ordinal-lists"]
    if token.doubtful or (
        listed
        and token.text[1:2] == " "
        and token.text[2:] != "000"
        and not line.many(item.first - 1)
    ):
        item.marks.add("unclear")
    if item.role == "foreign" or item.marks & {"currency"} or item.tax:
        return True
    if item.low >= (1 if item.unit == "each" else _LEAST) and (item.period or item.unit):
        return True
    if line.noun(after) and not item.marks & {"total", "bound"} and after == at + 1:
        letters = token.scale > 1 and len(line.text[token.start : token.end].rstrip(". ")) < 6
        item.marks.add("unclear")
        return letters and not line.label(after, "inhabitants")
    return token.scale > 1 or (item.low >= _LEAST and item.low % _ROUND == 0)


def _tail(line: Line, item: Item) -> None:
    """Take into an amount the words behind it that belong to it."""
    while True:
        at = item.last
        if (
            line.word(at) in ("et", "and", ",")
            and _per(line, at + 1)
            and (item.period or item.unit)
        ):
            at += 1
        if line.word(at) in ("d", "de", "(") and line.label(at + 1, "currency", "taxes", "foreign"):
            at += 1
        label = None if line.prefixed(at) else line.label(at, *_TAIL)
        last = (label and _taken(line, item, label.name, label.says, at, label.last)) or _other(
            line, item, at
        )
        if not last:
            return
        item.last = last + (line.word(last) == ")" and line.word(at - 1) == "(")


def _per(line: Line, at: int) -> bool:
    return bool(line.label(at, "periods")) or line.word(at) in ("par", "per", "/")


def _taken(line: Line, item: Item, name: str, says: str, at: int, last: int) -> int:
    """Note what a word behind an amount says of it, and return where the next stands; 0: not taken."""
    if name == "times":
        times = line.number(last)
        if not times or line.label(last + 1, "units-of-time", "currency", "taxes"):
            unit = times and line.label(last + 1, "units-of-time")
            if unit:
                item.period = item.period or unit.says
            return last if unit else 0
        item.times = times.value
        return last + 1
    if name == "taxes":
        if item.tax not in ("", says):
            return 0
        item.tax = says
    elif name == "periods":
        if item.period:
            return 0
        item.period = says
    elif name == "each":
        things = last == at + 1 == item.first + 2 and line.text[line.tokens[at].end - 1] in "sS"
        if things:
            return 0
        item.unit = item.unit or "each"
    elif name == "foreign":
        item.role = "foreign"
    else:
        item.marks.add(name)
    return last


def _glued(line: Line, at: int) -> bool:
    """Tell whether a slash stands against a word, and does not part two things."""
    after = line.token(at + 1)
    return line.tokens[at - 1].end == line.tokens[at].start or bool(
        after and after.start == line.tokens[at].end
    )


def _other(line: Line, item: Item, at: int) -> int:
    """Take a unit, a bound or a letter for the euro behind an amount."""
    word, token = line.word(at), line.token(at)
    if word == "e" and item.low >= 100 and "currency" not in item.marks:
        item.marks.add("currency")
        return at + 1
    if word in ("par", "per") or (word == "/" and token and (item.period or _glued(line, at))):
        unit = at + 1 + (line.word(at + 1) in ("the", "l") and word == "/")
        if (
            line.noun(unit)
            and line.word(unit) not in lexicon().words["not-units"]
            and not item.unit
        ):
            item.unit = line.word(unit)
            return unit + 1
        return 0
    bound = line.label(at, *_BOUNDS)
    if bound and not line.number(bound.last) and not line.label(bound.last, "currency") and token:
        item.bound = item.bound or bound.name
        item.marks.add("bound")
        return bound.last
    counted = line.noun(at + 2) or line.label(at + 2, "units-of-time")
    if word == "le" and line.number(at + 1) and not counted:
        item.marks.add("total")
        return at + 2
    return 0
