"""What an amount comes to over the whole contract: its price, times how many, times how long, without tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Span, Term
from montages.description.reader.amounts.quantity import quantity_of
from montages.description.reader.amounts.time import Time, own_time

VAT = Decimal("1.2")
_YEAR, _TINY = Decimal(12), Decimal(100)


@dataclass
class Worth:
    """An amount over the whole contract: the product of its low and its high end, by the year where `yearly`.

    `reasons` say why it may be wrong, `again` is the product where its price is of each period, `by_year`
    what it comes to in a year of several, `own` the duration that it has of its own.
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

    @property
    def value(self) -> Decimal:
        """Return what its low end comes to."""
        return self.low.value


def worth_of(
    line: Line, items: tuple[Item, ...], amount: Item, time: Time | None, tax: str
) -> Worth:
    """Return what an amount comes to, with the words it rests on."""
    quantity = quantity_of(line, items, amount)
    worth = Worth(amount, reasons=[quantity.reason] if quantity.reason else [])
    if "unclear" in amount.marks:
        worth.reasons.append("unclear-figures")
    worth.spans = [line.span(amount.first, amount.last)]
    worth.spans += [line.span(count.first, count.last) for count in quantity.counts]
    found = own_time(line, items, amount)
    period = amount.period or next((c.period for c in quantity.counts if c.period), "")
    if any(c.kind == "duration" for c in quantity.counts):
        period = quantity.counts[0].period
    factors: list[Decimal] = []
    if period and not amount.times:
        factors = _periods(line, items, worth, period, time, found[0] if found else None)
    elif not any(c.period for c in quantity.counts):
        _once(line, items, worth, time, found, bool(quantity.counts))
    factors += [amount.times] if amount.times else []
    over = VAT if tax == "with" else None
    if over and _other_rate(line, items):
        worth.reasons.append("other-vat-rate")
    if any(line.word(at) == "redevance" for at in amount.held) and "concession" in line.said:
        worth.reasons.append("who-pays")
    counts = [c for c in quantity.counts if c.top != 1]
    worth.low = Term((*(c.low for c in counts), amount.low, *factors), None, over)
    if worth.low.value < _TINY and not worth.yearly:
        worth.reasons.append("price-of-one")
    if amount.high is not None or any(c.high for c in counts):
        worth.high = Term((*(c.top for c in counts), amount.top, *factors), None, over)
    months = _YEAR if "each-time" in amount.marks else lexicon().months.get(period)
    if months and time and (time.paid or time.first if amount.times else time.months) >= _YEAR:
        yearly = () if months == _YEAR else (_YEAR / months,)
        worth.by_year = Term((*(c.low for c in counts), amount.low, *yearly), None, over)
    if worth.again:
        worth.again = Term((*worth.low.factors, *worth.again.factors), None, over)
    return worth


def _periods(
    line: Line,
    items: tuple[Item, ...],
    worth: Worth,
    period: str,
    time: Time | None,
    own: Item | None,
) -> list[Decimal]:
    """Return how many periods a price by the period is paid: of its own duration, or of the contract."""
    size = lexicon().months.get(period)
    if size is None:
        lengths = [i for i in items if i.kind in ("duration", "count") and i.unit == period]
        worth.spans += [line.span(i.first, i.last) for i in lengths]
        again = lexicon().months.get(lengths[0].period) if lengths else None
        if len(lengths) != 1 or (lengths[0].period and not again):
            worth.reasons.append("price-of-one")
        elif again:
            return [lengths[0].low, *_periods(line, items, worth, lengths[0].period, time, own)]
        return [lengths[0].low] if lengths else []
    worth.own = own
    if own and (not time or own not in time.items):
        worth.spans.append(line.span(own.first, own.last))
        return [own.low / size]
    if time is None:
        worth.yearly = True
        return [_YEAR / size] if size != _YEAR else []
    worth.spans += time.spans
    worth.reasons += [time.reason] if time.reason else []
    return [(time.paid or time.months) / size]


def _once(
    line: Line,
    items: tuple[Item, ...],
    worth: Worth,
    time: Time | None,
    found: tuple[Item, str] | None,
    counted: bool,
) -> None:
    """Note where a price without a period may be that of one period of a contract renewed, or of one year."""
    amount = worth.item
    if amount.marks & {"total", "restates"} or amount.times:
        return
    if "advance" in line.said and not worth.low.factors and worth.spans[1:] == []:
        worth.reasons.append("repaid-or-paid")
    before = items[items.index(amount) - 1] if items[0] is not amount else None
    years = (
        before
        and before.kind == "duration"
        and line.words[before.last : amount.first] in (["a"], ["at"])
    )
    if time and time.renewed and not time.reason and not (found and found[1] == "whole-long"):
        times = time.months / time.first
        if "each-time" in amount.marks and times == int(times):
            amount.times, worth.spans = times, worth.spans + time.spans
            return
        worth.again = Term((times,)) if times == int(times) else None
        worth.reasons.append("once-or-each-period")
        worth.spans += time.spans
    elif any(i.period == "year" for i in items if i.kind == "amount"):
        return
    elif not counted and (years or (found and found[1] == "for-long")):
        length = before if years else found and found[0]
        worth.again = Term((length.low / _YEAR,)) if length else None
        worth.reasons.append("once-or-each-year")


def _other_rate(line: Line, items: tuple[Item, ...]) -> bool:
    """Tell whether another rate of tax than the usual one may hold."""
    return "overseas" in line.said or any(i.low != 20 for i in items if i.role == "vat")
