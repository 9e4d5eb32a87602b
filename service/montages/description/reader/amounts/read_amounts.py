"""The numbers of a sentence read: what the contract costs and how long it lasts, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from montages.description.reader.amounts.amount_types import AmountReading, Sum, Term
from montages.description.reader.amounts.combine import WHOLE, value_of
from montages.description.reader.amounts.doubts import doubts_beside, held_places
from montages.description.reader.amounts.items import items_of
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.roles import give_roles, is_population
from montages.description.reader.amounts.time import LENGTH, Time, time_of
from montages.description.reader.amounts.worth import VAT
from montages.description.reader.groups import known_words
from montages.description.reader.lexicon import lexicon, months_of
from montages.description.reader.numbers import words_of
from montages.description.reader.words import Word

_AROUND, _SHARE, _SEVERAL = 4, "modification-share", 2
_CLOSE = Decimal("0.005")


def read_amounts(text: str, words: Sequence[Word] = ()) -> AmountReading:
    """Return what the numbers of a sentence state, what they let one guess, and what of them is in doubt."""
    line, reading = Line(text, words or words_of(text, known_words())), AmountReading()
    line.items = items_of(line)
    give_roles(line)
    time = time_of(line)
    value_of(line, time, reading)
    _length(line, time, reading)
    _sizes(line, reading)
    doubts_beside(line, time, reading)
    reading.settle()
    reading.held = tuple(line.span(at, at + 1) for at in sorted(held_places(line, time)))
    reading.counts = frozenset(i.low for i in line.items if i.kind in ("count", "measure"))
    return reading


def _length(line: Line, time: Time | None, reading: AmountReading) -> None:
    """Say how long the contract lasts, unless its only duration is that of a part, or of what is added."""
    paid = [i for i in line.items if i.kind == "amount" and i.times and months_of(i.period)]
    if time is None and len(paid) == 1:
        length = Term((Decimal(months_of(paid[0].period) or 1), paid[0].times or Decimal(1)))
        reading.state(Sum(LENGTH, (length,)), [line.span_of(paid[0])])
    if time is None or any(i.role for i in time.items):
        return
    start = time.held.start
    priced = any("used" in i.marks for i in line.items if i.kind == "amount")
    if any(line.ending(start, start - 6, "prolong")) and not priced:
        return
    if time.unsure:
        reading.guesses.append(time.sum)
        reading.doubts.setdefault(time.span, "duration")
    else:
        reading.state(time.sum, [time.span])


def _sizes(line: Line, reading: AmountReading) -> None:
    """Say the size of the holder and of the building, and how much a change is of the first amount."""
    sizes = lexicon().tables["sizes"].items()
    facts = {criterion: [i for i in line.items if _is_of(line, i, *of)] for criterion, of in sizes}
    facts["population"] = [i for i in line.items if is_population(line, i)]
    facts["annual-purchases"] = [
        i for i in line.items if i.role == "purchases" and i.period == "year"
    ]
    for criterion, items in facts.items():
        if len({item.low for item in items}) == 1:
            spans = [line.span_of(item) for item in items]
            reading.state(Sum(criterion, (Term((items[0].low,)),)), spans)
    _change(line, reading)


def _is_of(line: Line, item: Item, unit: str, near: str, far: str, back: int) -> bool:
    """Tell whether a number is of a unit, beside words that tell of what it is and none of another."""
    around = range(max(item.first - back, 0), min(item.last + _AROUND, len(line.words)))
    of_unit = item.kind in ("count", "measure") and line.label(item.first + 1, unit)
    named = any(line.label(k, near) for k in around)
    return bool(of_unit) and named and not any(line.label(k, far) for k in around)


def _change(line: Line, reading: AmountReading) -> None:
    """Say what a change of a contract in force costs, and how much in per cent all changes are of it."""
    shares = [i for i in line.items if i.role == "modification"]
    amounts = [i for i in line.items if i.kind == "amount" and not i.period]
    first = [i for i in amounts if i.role == "existing"]
    added = [i for i in amounts if i.role == "addition"]
    if any(i.high for i in (*shares, *first, *added)):
        return
    spans = [line.span_of(i) for i in (*shares, *added)]
    taxed = {i.tax == "with" for i in added}
    if len(taxed) == 1 and WHOLE not in reading.workings:
        over = VAT if True in taxed else None
        reading.state(Sum(WHOLE, tuple(Term((i.low,), None, over) for i in added)), spans)
    terms = [Term((i.low / 100,)) for i in shares]
    compared = len(first) == 1 and {i.tax == "with" for i in first} == taxed
    if compared and first[0].low > sum(i.low for i in added):
        worked = [Term((i.low,), None, first[0].low) for i in added]
        # « 186 000 €, soit +6 % » tells one change twice.
        if abs(Sum(_SHARE, tuple(terms)).value - Sum(_SHARE, tuple(worked)).value) > _CLOSE:
            terms += worked
        spans.append(line.span_of(first[0]))
    # What was changed before counts too.
    before = "already" in line.said and len(terms) < _SEVERAL
    if terms and not before and (compared or not added):
        reading.state(Sum(_SHARE, tuple(terms)), spans)
        if len(first) == 1 and not added and WHOLE not in reading.workings:
            over = VAT if first[0].tax == "with" else None
            parts = tuple(Term((first[0].low,), i.low, over) for i in shares)
            reading.state(Sum(WHOLE, parts), [*spans, line.span_of(first[0])])
