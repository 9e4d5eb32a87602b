"""What an amount comes to over the whole contract: its price, times how many, times how long, without tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.amount_types import Span, Term
from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.quantity import Quantity, quantity_of
from montages.description.reader.amounts.time import Time, own_time

VAT = Decimal("1.2")
_YEAR, _TINY = Decimal(12), Decimal(100)
# How many of a period a year has.
_WEEKS = {"week": 52, "day": 365}


@dataclass
class Worth:
    """An amount over the whole contract: the product of its low and its high end, by the year where `yearly`.

    `reasons` say why it may be wrong, `again` is the product where its price is of each period, `by_year`
    what it comes to in a year of several, `own` the duration that it has of its own, `longest` the highest
    number of periods by the lowest.
    """

    item: Item
    low: Term = field(default_factory=lambda: Term(()))
    high: Term | None = None
    yearly: bool = False
    reasons: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    own: Item | None = None
    again: Term | None = None
    by_year: Term | None = None
    longest: dict[Decimal, Decimal] = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """Return what its low end comes to."""
        return self.low.value


def worth_of(line: Line, amount: Item, time: Time | None, tax: str) -> Worth:
    """Return what an amount comes to, with the words it rests on."""
    quantity = quantity_of(line, amount)
    worth = Worth(amount, reasons=[quantity.reason] if quantity.reason else [])
    if "unclear" in amount.marks:
        worth.reasons.append("unclear-figures")
    worth.spans = [line.span(item.first, item.last) for item in (amount, *quantity.counts)]
    own, how = own_time(line, amount) or (None, "")
    period = amount.period or next((c.period for c in quantity.counts if c.period), "")
    if any(c.kind == "duration" for c in quantity.counts):
        period = quantity.counts[0].period
    factors: list[Decimal] = []
    if period and not amount.times:
        factors = _periods(line, worth, period, time, own)
    elif not (period or amount.times or amount.marks & {"total", "restates"}):
        _once(line, worth, time, (own, how), bool(quantity.counts))
    factors += [amount.times] if amount.times else []
    rates = {1 + i.low / 100 for i in line.items if i.role == "vat"}
    over = (min(rates) if len(rates) == 1 else VAT) if tax == "with" else None
    if over and len(rates) != 1 and ("overseas" in line.said or rates):
        worth.reasons.append("other-vat-rate")
    if "concession" in line.said and any(line.word(at) == "redevance" for at in amount.held):
        worth.reasons.append("who-pays")
    if not period and quantity.counts and any(_is_by_period(line, c, quantity) for c in line.items):
        worth.reasons.append("count-of-another-thing")
    counts = [c for c in quantity.counts if c.top != 1]
    low = (*(c.low for c in counts), amount.low)
    worth.low = Term((*low, *factors), None, over)
    tops = [worth.longest.get(factor, factor) for factor in factors]
    if worth.low.value < _TINY and not worth.yearly:
        worth.reasons.append("price-of-one")
    if amount.high is not None or worth.longest or any(c.high for c in counts):
        worth.high = Term((*(c.top for c in counts), amount.top, *tops), None, over)
    months = _YEAR if "each-time" in amount.marks else lexicon().months.get(period)
    if months and time and (time.paid or time.first if amount.times else time.months) >= _YEAR:
        yearly = () if months == _YEAR else (_YEAR / months,)
        worth.by_year = Term((*low, *yearly), None, over)
    if worth.again:
        worth.again = Term((*worth.low.factors, *worth.again.factors), None, over)
    return worth


def _is_by_period(line: Line, item: Item, quantity: Quantity) -> bool:
    """Tell whether things by the year stand beside a count: « 4 numéros par an, 1 800 tirés »."""
    alone = len([i for i in line.items if i.kind == "amount"]) == 1
    return alone and item.kind == "count" and bool(item.period) and item not in quantity.counts


def _periods(
    line: Line, worth: Worth, period: str, time: Time | None, own: Item | None
) -> list[Decimal]:
    """Return how many periods a price by the period is paid: of its own duration, or of the contract."""
    size = lexicon().months.get(period)
    if size is None:
        lengths = [i for i in line.items if i.kind in ("duration", "count") and i.unit == period]
        worth.spans += [line.span(i.first, i.last) for i in lengths]
        worth.longest = {i.low: i.high for i in lengths if i.high}
        again = lengths[0].period if lengths else ""
        again = again or ("year" if [i.low for i in lengths] == [_WEEKS.get(period)] else "")
        if len(lengths) != 1:
            worth.reasons.append("price-of-one")
        elif not again and time and time.months > _YEAR and lengths[0].low > 31:
            worth.reasons.append("part-of-each-period")
        elif again:
            return [lengths[0].low, *_periods(line, worth, again, time, own)]
        return [length.low for length in lengths[:1]]
    worth.own = own
    if line.free_year and not (time and time.paid):
        worth.reasons.append("first-year-or-not")
    if own and (not time or own not in time.items):
        worth.spans.append(line.span(own.first, own.last))
        # Ten months of each year: how many years there are is not known of them.
        if line.label(own.last, "periods"):
            worth.reasons.append("part-of-each-period")
        return [own.low / size]
    if time is None:
        worth.yearly = True
        return [_YEAR / size] if size != _YEAR else []
    worth.spans += time.spans
    worth.reasons += [time.reason] if time.reason else []
    first = _YEAR if any("first-year" in i.marks for i in line.items) else 0
    if first and own and line.label(own.first - 1, "for-long"):
        worth.reasons.append("first-year-or-not")
    return [((time.paid or time.months) - first) / size]


def _once(
    line: Line, worth: Worth, time: Time | None, matched: tuple[Item | None, str], counted: bool
) -> None:
    """Note where a price without a period may be that of one period of a contract renewed, or of one year."""
    amount, (own, how) = worth.item, matched
    if "advance" in line.said and not worth.spans[1:]:
        worth.reasons.append("repaid-or-paid")
    before = line.items[line.items.index(amount) - 1]
    years = before.kind == "duration" and line.words[before.last : amount.first] in (["a"], ["at"])
    # The maximum of a framework is that of its whole term.
    of_term = amount.bound == "maximum" and "framework" in line.said
    of_term &= "each-time" not in amount.marks
    if time and time.renewed and not time.reason and how != "whole-long" and not of_term:
        times, worth.spans = time.months / time.first, worth.spans + time.spans
        if "each-time" in amount.marks and times == int(times):
            amount.times = times
            return
        worth.again = Term((times,)) if times == int(times) else None
        worth.reasons.append("once-or-each-period")
    elif any(i.period == "year" for i in line.items if i.kind == "amount"):
        return
    elif not counted and (years or how == "for-long"):
        length = before if years else own
        worth.again = Term((length.low / _YEAR,)) if length else None
        worth.reasons.append("once-or-each-year")
