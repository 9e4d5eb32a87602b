"""Amounts: a number with its currency, tax, period, unit and bounds, and ranges of two."""

from __future__ import annotations

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import BOUNDS, Item, Label, Line

_TAIL = (
    *("currency", "foreign", "taxes", "periods", "each"),
    *("approximate", "total", "times", "each-time"),
)
_ROUND, _LEAST = 50, 1000
# By how many things are priced together: « le cent », « le mille ».
LOTS = (100, 1000)


def amount_at(line: Line, at: int) -> Item | None:
    """Read an amount whose number, or whose sign of currency, stands at a place."""
    at += line.tokens[at].kind == "sign"
    sign = line.word(at - 1) in ("€", "eur") and not line.number(at - 2)
    before = line.label(at - 1, "foreign") or sign
    role = "foreign" if line.label(at - 1, "foreign") else ""
    item = Item("amount", at - 1 if before else at, at + 1, line.value(at), role=role)
    _tail(line, item)
    if before:
        item.marks.add("currency")
    return item if _is_money(line, item, at) else None


def _is_money(line: Line, item: Item, at: int) -> bool:
    """Tell whether a number with what follows it is an amount of money."""
    token, after = line.tokens[at], item.last
    listed = line.word(item.first - 1) in lexicon().words["ordinal-lists"]
    grouped = token.text[1:2] == " " and token.text[2:] != "000"
    if token.doubtful or (listed and grouped and not line.many(item.first - 1)):
        item.marks.add("unclear")
    if item.role == "foreign" or "currency" in item.marks or item.tax:
        return True
    if item.low >= (1 if item.unit == "each" else _LEAST) and (item.period or item.unit):
        return True
    if item.low >= _LEAST and line.word(item.first - 1) in lexicon().words["tranche-kinds"]:
        return True
    named = (
        x for x in line.ending(item.first, item.first - 4, "roles:before") if x.says == "addition"
    )
    if item.low >= _LEAST and any(label.last == item.first for label in named):
        return True
    if line.noun(after) and not item.marks & {"total", "bound"} and after == at + 1:
        letters = token.scale > 1 and len(line.text[token.start : token.end].rstrip(". ")) < 6
        item.marks.add("unclear")
        return letters and not line.label(after, "inhabitants")
    return token.scale > 1 or (item.low >= _LEAST and item.low % _ROUND == 0)


def _tail(line: Line, item: Item) -> None:
    """Take into an amount the words behind it that belong to it."""
    last: int = item.last
    while last:
        at = item.last = last
        again = item.period or item.unit
        if again and line.word(at) in ("et", "and", ",") and line.label(at + 1, "periods", "per"):
            at += 1
        if line.word(at) in ("d", "de", "(") and line.label(at + 1, "currency", "taxes", "foreign"):
            at += 1
        label = None if line.prefixed(at) else line.label(at, *_TAIL)
        last = (_taken(line, item, label) if label else 0) or _other(line, item, at)
        last += bool(last) and line.word(last) == ")" and line.word(at - 1) == "("


def _taken(line: Line, item: Item, label: Label) -> int:
    """Note what a word behind an amount says of it, and return where the next stands; 0: not taken."""
    name, says, last = label.name, label.says, label.last
    if name == "times":
        unit = line.label(last + 1, "units-of-time") if line.number(last) else None
        if unit:
            item.period = item.period or unit.says
            return last
        if not line.number(last) or line.label(last + 1, "currency", "taxes"):
            return 0
        item.times = line.value(last)
        return last + 1
    if name == "each" and last == label.first + 1 == item.first + 2 and line.plural(label.first):
        return 0
    if (name == "taxes" and item.tax not in ("", says)) or (name == "periods" and item.period):
        return 0
    if name == "taxes":
        item.tax = says
    elif name == "periods":
        item.period = says
    elif name == "each":
        item.unit = item.unit or "each"
    elif name == "foreign":
        item.role = "foreign"
    else:
        item.marks.add(name)
    return last


def _glued(line: Line, at: int) -> bool:
    """Tell whether a slash stands against a word, and does not part two things."""
    after = line.token(at + 1)
    return bool(after and after.start == line.tokens[at].end)


def _other(line: Line, item: Item, at: int) -> int:
    """Take a unit, a bound or a letter for the euro behind an amount."""
    word, words = line.word(at), lexicon().words
    priced = item.low >= 100 or line.label(at + 1, "periods", "each")
    if word == "e" and priced and "currency" not in item.marks:
        item.marks.add("currency")
        return at + 1
    if word in words["per"] and (word != "/" or item.period or _glued(line, at)):
        unit = at + 1 + (line.word(at + 1) in ("the", "l") and word == "/")
        known = line.noun(unit) and line.word(unit) not in words["not-units"]
        if known and not item.unit:
            item.unit = line.word(unit)
            return unit + 1
        return 0
    bound = line.label(at, *BOUNDS)
    follows = bound and (line.number(bound.last) or line.label(bound.last, "currency"))
    if bound and not follows and word != "from":
        item.bound = item.bound or bound.name
        item.marks.add("bound")
        return bound.last
    counted = line.noun(at + 2) or line.label(at + 2, "units-of-time")
    if word == "le" and line.value(at + 1) in LOTS and not counted and not item.unit:
        item.unit = f"{line.value(at + 1)}"
        return at + 2
    if word == "le" and line.number(at + 1) and not counted:
        item.marks.add("total")
        return at + 2
    return 0
