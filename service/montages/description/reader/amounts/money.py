"""Amounts: a number with its currency, tax, period, unit and bounds."""

from __future__ import annotations

from montages.description.reader.amounts.line import BOUNDS, Item, Label, Line
from montages.description.reader.lexicon import lexicon

_ROUND, _LEAST, _LETTERED, _PIECE = 50, 1000, 100, 10


def amount_at(line: Line, at: int) -> Item | None:
    """Read an amount whose number stands at a place."""
    before = line.prefixed(at - 1)
    item = Item("amount", at - before, at + 1, line.value(at))
    if before:
        item.marks.add("currency")
        item.role = "foreign" if line.label(at - 1, "foreign") else ""
    _tail(line, item)
    return item if _is_money(line, item, at) else None


def _is_money(line: Line, item: Item, at: int) -> bool:
    """Tell whether a number with what follows it is an amount of money."""
    token, before, words = line.tokens[at], line.word(item.first - 1), lexicon().words
    grouped = token.form[1:2] == " " and token.form[2:] != "000"
    if token.doubtful or (grouped and before in words["ordinal-lists"]):
        item.marks.add("unclear")
    if "currency" in item.marks or item.tax:
        return True
    labels = line.ending(item.first, item.first - 4, "roles:before")
    named = any(label.last == item.first and label.says == "addition" for label in labels)
    if item.low >= _LEAST and (named or before in words["tranche-kinds"]):
        return True
    if item.unit == "each" and before == "a" and item.low >= _PIECE:
        return True  # « 18 avaloirs à 940 pièce »
    ahead = any(line.label(k, "upkeep") for k in range(item.last, item.last + 3))
    if item.period and (ahead or any(line.ending(item.first, item.first - 3, "upkeep"))):
        return True  # « hébergement 350/mois »
    priced = any(line.label(k, "currency", "taxes") for k in range(item.first))
    joined = line.label(line.clause_before(item).start - 1, "plus") or "autant" in line.words
    if priced and joined and before == "a" and item.low >= _PIECE and not line.noun(item.last):
        return True  # « 140 PC à 890 HT + autant d'écrans à 120 »
    if line.noun(item.last):
        item.marks.add("unclear")
        return token.scale > 1 and token.end - token.start < 6
    return item.low >= _LEAST and item.low % _ROUND == 0


def _tail(line: Line, item: Item) -> None:
    """Take into an amount the words behind it that belong to it."""
    last: int = item.last
    while last:
        at = item.last = last
        if line.word(at) in ("et", "and", ",") and line.label(at + 1, "periods", "per"):
            at += 1
        if line.word(at) in ("d", "de", "(") and line.label(at + 1, "currency", "taxes", "foreign"):
            at += 1
        label = line.label(at, *lexicon().tables["tail"])
        last = (_taken(line, item, label) if label else 0) or _other(line, item, at)


def _taken(line: Line, item: Item, label: Label) -> int:
    """Note what a word behind an amount says of it, and return where the next stands; 0: not taken."""
    last = label.last
    if label.name == "times":
        unit = line.label(last + 1, "units-of-time")
        if unit and line.number(last):
            item.period = unit.says
            return last
        item.times = line.value(last) or None
        return last + 1 if item.times else 0
    if label.name == "foreign":
        item.role = "foreign"
        item.marks.add("currency")
    elif not item.take(label):
        item.marks.add(label.name)
    return last


def _other(line: Line, item: Item, at: int) -> int:
    """Take a unit, a bound or a letter for the euro behind an amount."""
    word, words = line.word(at), lexicon().words
    if word == "e" and item.low >= _LETTERED:
        item.marks.add("currency")
        return at + 1
    # « 45 000/50 000 » parts two things, « 12 €/mât » does not.
    after = line.token(at + 1)
    glued = word != "/" or item.period or (after and after.start == line.tokens[at].end)
    if word in words["per"] and glued:
        unit = at + 1 + (line.word(at + 1) in ("the", "l") and word == "/")
        if line.noun(unit) and line.word(unit) not in words["not-units"]:
            item.unit, last = line.word(unit), unit + 1
            # « 18 € par point lumineux et par an »
            joined = last + 1 + (line.word(last + 1) == "et")
            return last + bool(line.noun(last) and line.label(joined, "periods"))
    bound = line.label(at, *BOUNDS)
    if (
        bound
        and word not in ("from", "jusqu")
        and not (line.number(bound.last) or line.label(bound.last, "currency"))
    ):
        item.take(bound)
        return bound.last
    if word == "le" and line.number(at + 1) and not line.label(at + 2, "units-of-time"):
        item.marks.add("total")
        return at + 2
    return 0
