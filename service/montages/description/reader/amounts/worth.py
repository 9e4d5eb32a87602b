"""What an amount comes to over the whole contract: its price, times how many, times how long, without tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.amount_types import Span, Term
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.quantity import quantity_of, with_ratio
from montages.description.reader.amounts.time import Time, is_length
from montages.description.reader.lexicon import months_of

VAT = Decimal("1.2")
_YEAR, _TINY, _DAYS_OF_A_MONTH = Decimal(12), Decimal(100), 31


@dataclass
class Worth:
    """An amount over the whole contract: the product of its low and its high end, by the year where `yearly`.

    `unsure` tells that it may be wrong, `by_year` is what it comes to in a year of several, `own` the
    duration that it has of its own.
    """

    item: Item
    spans: list[Span]
    unsure: bool
    low: Term = field(default_factory=lambda: Term(()))
    high: Term | None = None
    yearly: bool = False
    own: Item | None = None
    by_year: Term | None = None

    @property
    def value(self) -> Decimal:
        """Return what its low end comes to."""
        return self.low.value


def worth_of(line: Line, amount: Item, time: Time | None) -> Worth:
    """Return what an amount comes to, with the words it rests on."""
    counts, sure = quantity_of(line, amount)
    for count in counts:
        count.marks.add("used")
    spans = [line.span_of(item) for item in (amount, *counts)]
    worth = Worth(amount, spans, not sure or "unclear" in amount.marks)
    days = any(c.kind == "duration" for c in counts)
    period = "" if days else amount.period
    period = period or next((c.period for c in counts if c.period), "")
    if not (period or amount.marks & {"total", "restates"}):
        _once(line, worth, time, bool(counts))
    factors = [amount.times] if amount.times else []
    if period and not factors:
        factors = _periods(line, worth, period, time)
    over = _divisor(line, worth)
    cut = line.beside(amount, 1)
    percent = 100 - cut.low if cut and cut.role == "discount" and not cut.high else None
    if cut and percent:
        cut.marks.add("used")
    factored = (*counts, amount)
    low, top = tuple(i.low for i in factored), tuple(i.top for i in factored)
    worth.low = Term((*low, *factors), percent, over)
    brought = any(line.label(k, "delivery") for k in line.clause_before(amount))
    worth.unsure |= worth.value < _TINY and not brought
    if top != low:
        worth.high = Term((*top, *factors), percent, over)
    months = _YEAR if "each-time" in amount.marks else months_of(period)
    if months and time and (time.first if amount.times else time.months) >= _YEAR:
        worth.by_year = Term((*low, _YEAR / months), percent, over)
    return worth


def _divisor(line: Line, worth: Worth) -> Decimal | None:
    """Return what an amount with tax is divided by: by a rate that is told, else by the usual one."""
    if worth.item.tax != "with":
        return None
    rates = {1 + i.low / 100 for i in line.items if i.role == "vat"} or {VAT}
    worth.unsure |= len(rates) > 1 or (rates == {VAT} and "overseas" in line.said)
    return min(rates)


def _periods(line: Line, worth: Worth, period: str, time: Time | None) -> list[Decimal]:
    """Return how many periods a price by the period is paid: of its own duration, or of the contract."""
    size = months_of(period)
    if size is None:
        return _short_periods(line, worth, period, time)
    worth.own, _ = _own_time(line, worth.item)
    if worth.own and (not time or worth.own not in time.items):
        return [worth.own.low / size]
    if time is None:
        worth.yearly = True
        return [_YEAR / size]
    worth.spans.append(time.span)
    worth.unsure |= time.unsure
    return [time.months / size]


def _short_periods(line: Line, worth: Worth, period: str, time: Time | None) -> list[Decimal]:
    """Return how many days, weeks or hours a price by them is paid, as the sentence counts them."""
    lengths = [i for i in line.items if i.unit == period and i.kind in ("duration", "count")]
    if len(lengths) != 1 or lengths[0].high:
        worth.unsure = True
        return []
    again = _periods(line, worth, lengths[0].period, time) if lengths[0].period else []
    counts = with_ratio([i for i in line.items if i.kind == "count"], lengths[0])
    if lengths[0].per:
        worth.unsure |= len(counts) != 2
        again = [i.low for i in counts[:-1]]
        counts[0].marks.add("used")
    # « 85 repas par jour, 140 jours, marché de 3 ans »: the days are those of each year.
    daily = "day" in (c.period for c in line.items if c.kind == "count")
    if daily and time and lengths[0].low > _DAYS_OF_A_MONTH:
        again = [time.months / _YEAR]
    worth.unsure |= bool(time) and (not again or bool(lengths[0].per))
    return [lengths[0].low, *again]


def _once(line: Line, worth: Worth, time: Time | None, counted: bool) -> None:
    """Note where a price without a period may be that of one period of a contract renewed, or of one year."""
    amount, (_, how) = worth.item, _own_time(line, worth.item)
    before = line.beside(amount)
    years = before and before.kind == "duration" and line.words[before.last : amount.first] == ["a"]
    yearly = any(i.period == "year" for i in line.items if i.kind == "amount")
    # The maximum of a framework is that of its whole term.
    of_term = amount.bound == "maximum" and "framework" in line.said
    of_period = time and time.renewed and not of_term
    of_year = not counted and (years or how == "for-long") and not yearly
    if time and "each-time" in amount.marks:
        amount.times, worth.spans = time.months / time.first, [*worth.spans, time.span]
    elif of_period or of_year:
        worth.unsure = True


def _own_time(line: Line, amount: Item) -> tuple[Item | None, str]:
    """Return the duration that stands right behind an amount, and the word that joins them."""
    after = line.beside(amount, 1)
    if not after or not is_length(after) or after.first > amount.last + 4:
        return None, ""
    joins = (line.label(k, "for-long", "whole-long") for k in range(amount.last, after.first))
    return after, next((label.name for label in joins if label), "")
