"""What leaves an amount in doubt: words of money and of time, and numbers, that stand beside it unused."""

from __future__ import annotations

from montages.description.reader.amounts.amount_types import AmountReading
from montages.description.reader.amounts.line import Item, Label, Line
from montages.description.reader.amounts.time import Time
from montages.description.reader.lexicon import lexicon

_BEFORE, _AHEAD = 6, 10
# So many by the year are hardly things.
_NO_PACE = 100
# So much behind a « + » is money.
_SURELY_PAID = 100
_SHORT = frozenset({"month", "week", "day", "hour"})
_TIMES = frozenset({"time", "year", "semester", "quarter", "month"})


def held_places(line: Line, time: Time | None) -> set[int]:
    """Return where the words stand that were used."""
    of_items = {at for i in line.items for at in (*range(i.first, i.last), *i.held)}
    return of_items | set(time.held if time else ())


def doubts_beside(line: Line, time: Time | None, reading: AmountReading) -> None:
    """Doubt each word of money or of time, and each number, that stands beside an amount and was not used."""
    timed, held = time.held if time else range(0), held_places(line, time)
    priced = [i for i in line.items if i.kind == "amount" and "used" in i.marks]
    for at, labels in enumerate(line.labels):
        for label in labels if at not in held else ():
            if label.last == labels[0].last and _is_doubted(line, label, priced):
                of = "time" if label.says in _TIMES else "money"
                reading.doubts.setdefault(line.span(label.first, label.last), of)
    for item in line.items if priced else ():
        if "used" not in item.marks and _is_unread(line, item, priced, timed):
            reading.doubts.setdefault(line.span_of(item), "money")


def _is_doubted(line: Line, label: Label, priced: list[Item]) -> bool:
    """Tell whether a word that nothing used leaves an amount in doubt."""
    name, after = label.name, line.word(label.last)
    part = any("total" not in item.marks for item in priced)
    if label.says == "time" and line.word(label.first - 1) in lexicon().words["this"]:
        return False
    if name == "beside":
        return any(_is_beside(line, label, item) for item in priced)
    if name == "vague":
        own = after in lexicon().words["own"]
        return not own and bool(part or line.label(label.first + 2, "currency"))
    if name == "unpriced":
        return part
    if name == "periods":
        # A period that no amount took: « montants HT par an », at the end of a list.
        behind = bool(priced) and label.first >= priced[-1].last
        return behind and not any(item.period or item.times for item in line.items)
    months = lexicon().words["months-of-year"]
    second = {line.word(label.first + 1), line.word(label.first + 2)} & months
    in_parts = name == "season" or (name == "months-of-year" and second)
    return bool(in_parts) and any(item.period in _SHORT for item in line.items)


def _is_beside(line: Line, label: Label, item: Item) -> bool:
    """Tell whether a word stands near an amount in its clause, and may change it."""
    near = item.first - _BEFORE <= label.first < item.last + _AHEAD
    # « loyer de 900 € par mois », « loyers trimestriels, 48 M€ en tout »: these words say nothing else.
    whole = label.says != "money" and item.marks & {"total", "restates"}
    # « + 5 500 de frais de tournée »: what it is for.
    fees = line.words[item.last : label.last] == ["de", "frai"]
    of_rents = label.says == "rents" and item.period
    named = whole or of_rents or fees
    return near and line.same_clause(label.first, item.first) and not named


def _is_unread(line: Line, item: Item, priced: list[Item], timed: range) -> bool:
    """Tell whether a number may change an amount: « + 5 % d'aléas », « il en faut 40 », « en trois fois »."""
    if line.label(item.first - 1, "part"):
        return bool(line.label(item.first + 1, "free"))
    if item.kind == "part" or item.role in ("net-of-trade", "unsettled", "discount"):
        return True
    added = line.added(item.first) and line.beside(item) in priced and item.low >= _SURELY_PAID
    if item.kind == "count":
        return bool(item.period) or added or _multiplies(line, item, priced)
    if item.kind == "date":
        paid = not timed and any(p.period for p in priced)
        return paid and bool(line.label(item.first - 1, "until"))
    times = item.first not in timed and item.low > 1 and line.label(item.last - 1, "times")
    if item.role == "cycle" or times:
        return any(line.same_clause(p.first, item.first) for p in priced)
    counted = any(i.kind in ("count", "measure") for i in line.items)
    wanted = not counted and "en" in line.words[max(item.first - 3, 0) : item.first]
    # « 6 par commune et 15 pour l'agglo, 1 180 € pièce »
    wanted |= bool(line.label(item.last, "for")) and any(p.unit == "each" for p in priced)
    beside = any(abs(item.first - p.last) <= 1 or abs(p.first - item.last) <= 1 for p in priced)
    priced_by_time = bool(item.period) and item.low >= _NO_PACE
    more = priced_by_time or line.label(item.last, "more") or _is_of_thousands(line, item, priced)
    return item.kind == "bare" and item.low > 0 and bool(beside or added or wanted or more)


def _multiplies(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a count that nothing used may multiply a price: « 28 nuits », « 9 clés 4G à 14 € »."""
    if item.low <= 1 or item.role:
        return False
    timed = lexicon().words["nights"] & {*item.nouns[:1]}
    if timed and any(p.period in _SHORT for p in priced):
        return True
    others = line.items[line.items.index(item) + 1 :]
    ahead = next((i for i in others if i.kind != "name"), None)
    return ahead in priced and len(priced) > 1 and bool(line.label(ahead.first - 1, "at"))


def _is_of_thousands(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a number may be of the thousands of one behind: « charpente 42, peinture 19 k€ »."""
    behind = [i for i in line.items[line.items.index(item) :] if i.kind != "bare"]
    thousands = behind and behind[0] in priced and line.tokens[behind[0].first].scale > 1
    same_phrase = (
        thousands and line.tokens[behind[0].first].phrase == line.tokens[item.first].phrase
    )
    return bool(same_phrase) and line.noun(item.first - 1)
