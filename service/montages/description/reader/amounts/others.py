"""The facts that are no price: inhabitants, agents, kW, m², the share of a change; words beside an amount."""

from __future__ import annotations

from montages.description.reader.amounts.amount_types import AmountReading, Sum, Term
from montages.description.reader.amounts.line import Item, Label, Line
from montages.description.reader.amounts.roles import is_population
from montages.description.reader.amounts.time import Time
from montages.description.reader.lexicon import lexicon

_BEFORE, _AHEAD, _WHOLE, _SHARE = 6, 10, "estimated-value", "modification-share"
# The unit of a size, the words beside it that tell of what it is, those that tell another, and how far back.
_SIZES = (
    ("agents", ("staff", "employs", "doing", 4)),
    ("heating-power", ("kilowatts", "heating", "not-heating", 9)),
    ("floor-area", ("square-metres", "building", "outdoors", 9)),
)
_AROUND = 4
_SHORT = frozenset({"month", "week", "day", "hour"})
_TIMES = frozenset({"time", "year", "semester", "quarter", "month"})


def other_facts(line: Line, reading: AmountReading) -> None:
    """Say the size of the holder and of the building, and how much a change is of the first amount."""
    facts = {criterion: [i for i in line.items if _is_of(line, i, *of)] for criterion, of in _SIZES}
    facts["population"] = [i for i in line.items if is_population(line, i)]
    purchases = [i for i in line.items if i.role == "purchases" and i.period == "year"]
    for criterion, items in {**facts, "annual-purchases": purchases}.items():
        alike = len({item.low for item in items}) == 1 and not any(item.high for item in items)
        for item in items:
            item.marks.add("used")
            working = Sum(criterion, (Term((item.low,)),))
            if alike:
                reading.state(working, [line.span(i.first, i.last) for i in items])
            else:
                reading.guess(working)
    _change(line, reading)


def _is_of(line: Line, item: Item, unit: str, near: str, far: str, back: int) -> bool:
    """Tell whether a number is of a unit, beside words that tell of what it is and none of another."""
    around = range(max(item.first - back, 0), min(item.last + _AROUND, len(line.tokens)))
    same = [k for k in around if line.tokens[k].phrase == line.tokens[item.first].phrase]
    of_unit = item.kind in ("count", "measure") and line.label(item.first + 1, unit)
    named = any(line.label(k, near) for k in same)
    return bool(of_unit) and named and not any(line.label(k, far) for k in same)


def _change(line: Line, reading: AmountReading) -> None:
    """Say how much a change is of the first amount of a contract in force, in per cent."""
    shares = [i for i in line.items if i.kind == "share" and i.role == "modification"]
    changes = [i for i in line.items if i.kind in ("share", "amount") and i.role != "existing"]
    if len(changes) > 1 and lexicon().words["already"] & {*line.words}:
        return  # what was changed before counts too
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
                reading.doubt(line.span(label.first, label.last), of, label.name)
    for item in line.items:
        if _is_unread(line, item, priced, timed):
            reading.doubt(line.span(item.first, item.last), "money", "number-beside-the-amount")


def _is_doubted(line: Line, label: Label, priced: list[Item]) -> bool:
    """Tell whether a word that nothing used leaves an amount in doubt."""
    name, after = label.name, line.word(label.last)
    if name == "beside":
        return any(_is_beside(line, label, item) for item in priced)
    amounts = [i for i in line.items if i.kind == "amount"]
    part = any("total" not in item.marks for item in priced)
    if name == "vague":
        own = after in lexicon().words["own"]
        return not own and bool(part or line.label(label.first + 2, "currency"))
    if name == "unpriced":
        return part
    if name == "periods":
        # A period that no amount took: « montants HT par an », at the end of a list.
        behind = bool(priced) and label.first >= priced[-1].last
        lasting = any(item.period or item.times for item in line.items)
        return behind and not lasting and after not in lexicon().words["not-each"]
    months = lexicon().words["months-of-year"]
    second = {line.word(label.first + 1), line.word(label.first + 2)} & months
    in_parts = name == "season" or (name == "months-of-year" and bool(second))
    return in_parts and any(item.period in _SHORT for item in amounts)


def _is_beside(line: Line, label: Label, item: Item) -> bool:
    """Tell whether a word stands near an amount in its clause, and may change it."""
    near = item.first - _BEFORE <= label.first < item.last + _AHEAD
    if not near or line.tokens[label.first].clause != line.tokens[item.first].clause:
        return False
    # « loyer de 900 € par mois », « loyers trimestriels, 48 M€ en tout »: these words say nothing else.
    whole = label.says != "money" and item.marks & {"total", "restates"}
    return not whole and not (label.says == "rents" and item.period)


def _is_unread(line: Line, item: Item, priced: list[Item], timed: range) -> bool:
    """Tell whether a number may change an amount: « + 5 % d'aléas », « il en faut 40 », « en trois fois »."""
    before = line.word(item.first - 1)
    if not priced or "used" in item.marks or line.label(item.first - 1, "part"):
        return False
    if item.kind == "part" or item.role in ("net-of-trade", "unsettled"):
        return True
    if item.kind == "count":
        return bool(item.period)
    if item.kind == "date":
        paid = not timed and any(p.period for p in priced)
        return paid and bool(line.label(item.first - 1, "until"))
    times = item.kind == "name" and item.first not in timed and line.label(item.last - 1, "times")
    if item.role == "cycle" or (times and item.low > 1):
        return any(line.tokens[p.first].clause == line.tokens[item.first].clause for p in priced)
    counted = any(i.kind in ("count", "measure") for i in line.items)
    wanted = not counted and "en" in line.words[max(item.first - 3, 0) : item.first]
    beside = any(abs(item.first - p.last) <= 1 or abs(p.first - item.last) <= 1 for p in priced)
    of_tranche = before in lexicon().words["tranche-kinds"]
    return item.kind == "bare" and item.low > 0 and (beside or wanted or of_tranche)
