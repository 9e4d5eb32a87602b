"""The facts that are no price: inhabitants, agents, kW, m², the share of a change; words beside an amount."""

from __future__ import annotations

from collections.abc import Callable

from montages.description.reader.amounts.amount_types import AmountReading, Sum, Term
from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.roles import is_population
from montages.description.reader.amounts.time import Time

_NEAR, _AHEAD, _WHOLE, _SHARE = 6, 10, "estimated-value", "modification-share"
_SHORT = frozenset({"month", "week", "day"})


def other_facts(line: Line, reading: AmountReading) -> None:
    """Say the size of the holder and of the building, and how much a change is of the first amount."""
    facts: dict[str, Callable[[Line, Item], bool]] = {
        "population": is_population,
        "agents": _is_staff,
        "heating-power": _is_heating,
        "floor-area": _is_floor,
        "annual-purchases": _is_purchases,
    }
    for criterion, is_one in facts.items():
        _one(line, reading, criterion, [item for item in line.items if is_one(line, item)])
    _change(line, reading)


def _one(line: Line, reading: AmountReading, criterion: str, items: list[Item]) -> None:
    """State a number that is said once, or alike each time."""
    for item in items:
        item.marks.add("used")
    alike = len({item.low for item in items}) == 1 and not any(item.high for item in items)
    for item in items:
        working = Sum(criterion, (Term((item.low,)),))
        if alike:
            reading.state(working, [line.span(i.first, i.last) for i in items])
        else:
            reading.guess(working)


def _is_purchases(_: Line, item: Item) -> bool:
    """Tell whether an amount is what the holder buys in a year."""
    return item.role == "purchases" and item.period == "year"


def _is_staff(line: Line, item: Item) -> bool:
    """Tell whether a number is of the agents that the holder employs."""
    doing = line.word(item.first + 2) in ("qui", "who", "pour")
    if item.kind != "count" or doing or not line.label(item.first + 1, "staff"):
        return False
    employs = line.ending(item.first, item.first - 4, "employs")
    return any(item.first - label.last <= 1 for label in employs)


def _around(line: Line, item: Item, name: str, back: int = 9, ahead: int = 4) -> bool:
    near = range(max(item.first - back, 0), min(item.last + ahead, len(line.tokens)))
    phrase = line.tokens[item.first].phrase
    return any(line.label(at, name) and line.tokens[at].phrase == phrase for at in near)


def _is_heating(line: Line, item: Item) -> bool:
    unit = item.kind == "measure" and line.word(item.first + 1) == "kw"
    return unit and _around(line, item, "heating") and not _around(line, item, "not-heating")


def _is_floor(line: Line, item: Item) -> bool:
    unit = item.kind == "measure" and line.label(item.first + 1, "square-metres")
    inside = bool(unit) and not _around(line, item, "outdoors", 3, 3)
    return inside and _around(line, item, "building")


def _change(line: Line, reading: AmountReading) -> None:
    """Say how much a change is of the first amount of a contract in force, in per cent."""
    shares = [i for i in line.items if i.kind == "share" and i.role == "modification"]
    if len(shares) == 1 and shares[0].high is None:
        spans = [line.span(shares[0].first, shares[0].last)]
        reading.state(Sum(_SHARE, (Term((shares[0].low / 100,)),)), spans)
        return
    roles = ("existing", "addition")
    both = [i for role in roles for i in line.items if i.kind == "amount" and i.role == role]
    if [i.role for i in both] != [*roles] or any(i.period for i in both):
        return
    first, added = both
    if first.low > added.low and (first.tax == added.tax or "with" not in (first.tax, added.tax)):
        spans = [line.span(i.first, i.last) for i in both]
        reading.state(Sum(_SHARE, (Term((added.low,), None, first.low),)), spans)


_PAID_BY = ("year", "semester", "quarter", "month")


def doubts_beside(line: Line, time: Time | None, reading: AmountReading) -> None:
    """Doubt each word of money or of time, and each number, that stands beside an amount and was not used."""
    timed = set(time.held) if time else set()
    held = {at for i in line.items for at in (*range(i.first, i.last), *i.held)} | timed
    priced = [i for i in line.items if i.kind == "amount" and "used" in i.marks]
    for item in priced:
        clause = line.tokens[item.first].clause
        for at in range(max(item.first - _NEAR, 0), min(item.last + _AHEAD, len(line.tokens))):
            label = None if at in held else line.label(at, "beside")
            if (
                not label
                or line.tokens[at].clause != clause
                or line.labels[at][0].last > label.last
            ):
                continue
            # « loyer de 900 € par mois », « loyers trimestriels, 48 M€ en tout »: these words say nothing else.
            whole = label.says != "money" and item.marks & {"total", "restates"}
            if not whole and not (label.says == "rents" and item.period):
                of = "time" if label.says == "time" else "money"
                reading.doubt(line.span(label.first, label.last), of, "beside-the-amount")
    if priced and not any(item.period or item.times for item in line.items):
        # A period that no amount took: « montants HT par an », at the end of a list.
        for at in range(priced[-1].last, len(line.tokens)):
            label = line.label(at, "periods")
            of_periods = label and line.word(label.last) not in lexicon().words["not-each"]
            if label and of_periods and label.says in _PAID_BY and at not in held:
                reading.doubt(line.span(at, label.last), "time", "beside-the-amount")
    part = any("total" not in item.marks for item in priced)
    for at in range(len(line.tokens)):
        label = line.label(at, "vague")
        if label and line.word(label.last) in lexicon().words["own"]:
            continue
        if label and at not in held and (part or line.label(at + 2, "currency")):
            reading.doubt(line.span(at, label.last), "money", "figure-in-words")
        label = line.label(at, "unpriced") if part else None
        if label:
            reading.doubt(line.span(at, label.last), "money", "part-without-price")
    for item in line.items:
        again = item.first not in timed and _again(line, item, priced)
        if again or _unread(line, item, priced):
            reading.doubt(line.span(item.first, item.last), "money", "number-beside-the-amount")
    _dates(line, reading)
    _taxes(line, reading, priced, held)


def _taxes(line: Line, reading: AmountReading, priced: list[Item], held: set[int]) -> None:
    """Doubt the amounts of which it is asked, or said apart, whether they are with tax: « HT ou TTC ? »."""
    for at in (k for k in range(len(line.tokens)) if k not in held and line.label(k, "taxes")):
        label, before = line.label(at, "taxes"), line.words[max(at - 5, line.clause_start(at)) : at]
        asked = {"si", "pa", "pas", "if", "whether", "not"} & {*before} or {"ou", "/", "or"} & {
            *before[-1:]
        }
        untaxed = any(not item.tax for item in priced)
        if label and (asked or (untaxed and label.says == "with")):
            for item in priced:
                reading.doubt(line.span(item.first, item.last), "money", "with-tax-or-without")


def _unread(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a number may change an amount: beside it, « + 5 % d'aléas », « il en faut 40 »."""
    if item.role == "trade-in" or item.kind == "part" or item.role == "unsettled":
        return bool(priced)
    if item.kind == "count" and item.period:
        return bool(priced) and "used" not in item.marks
    explained = "used" in item.marks or line.label(item.first - 1, "part")
    if item.kind != "bare" or not item.low or explained:
        return False
    valued = [set(line.words[max(p.first - 3, 0) : p.first]) for p in priced]
    of_all = any(words & lexicon().words["valuing"] for words in valued)
    wanted = "en" in line.words[max(item.first - 3, 0) : item.first] and not of_all
    counted = any(i.kind in ("count", "measure") for i in line.items)
    beside = any(abs(item.first - p.last) <= 1 or abs(p.first - item.last) <= 1 for p in priced)
    return beside or bool(priced and wanted and not counted)


def _again(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a number says how often an amount is paid: « en trois fois », « tous les deux ans »."""
    times = item.kind == "name" and item.low > 1 and line.label(item.last - 1, "times")
    clauses = [line.tokens[p.first].clause for p in priced]
    return bool(times or item.role == "cycle") and line.tokens[item.first].clause in clauses


def _dates(line: Line, reading: AmountReading) -> None:
    """Doubt the years of an amount by the year where dates end it, or where only a part of a year is paid."""
    years = "yearly-value" in reading.workings and _WHOLE not in reading.workings
    for item in line.items if years else ():
        until = line.label(item.first - 1, "until") or line.label(item.first - 2, "until")
        if item.kind == "date" and until:
            reading.doubt(line.span(item.first, item.last), "time", "beside-the-amount")
    months = lexicon().words["months-of-year"]
    short = any(i.kind == "amount" and i.period in _SHORT for i in line.items)
    for at in range(len(line.words)) if short else ():
        season = line.label(at, "season")
        joined = line.label(at + 1, "until", "range-alone") or line.word(at + 1) in ("et", ",", "/")
        between = {line.word(at), line.word(at + 2)} <= months and joined
        between = between or {line.word(at), line.word(at + 1)} <= months
        if season or between:
            reading.doubt(
                line.span(at, season.last if season else at + 2), "time", "beside-the-amount"
            )
