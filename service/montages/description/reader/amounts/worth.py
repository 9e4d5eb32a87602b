"""What an amount comes to over the whole contract: its price, times how many, times how long, without tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.amount_types import Span, Term
from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.quantity import quantity_of
from montages.description.reader.amounts.time import Time, is_length

VAT = Decimal("1.2")
_YEAR, _TINY = Decimal(12), Decimal(100)


@dataclass
class Worth:
    """An amount over the whole contract: the product of its low and its high end, by the year where `yearly`.

    `reasons` say why it may be wrong, `by_year` is what it comes to in a year of several, `own` the duration
    that it has of its own, `longest` the highest number of periods by the lowest.
    """

    item: Item
    spans: list[Span]
    reasons: list[str]
    low: Term = field(default_factory=lambda: Term(()))
    high: Term | None = None
    yearly: bool = False
    own: Item | None = None
    by_year: Term | None = None
    longest: dict[Decimal, Decimal] = field(default_factory=dict)

    @property
    def value(self) -> Decimal:
        """Return what its low end comes to."""
        return self.low.value


def worth_of(line: Line, amount: Item, time: Time | None) -> Worth:
    """Return what an amount comes to, with the words it rests on."""
    counts, reason = quantity_of(line, amount)
    for count in counts:
        count.marks.add("used")
    spans = [line.span(item.first, item.last) for item in (amount, *counts)]
    worth = Worth(amount, spans, [reason] if reason else [])
    if "unclear" in amount.marks:
        worth.reasons.append("unclear-figures")
    days = any(c.kind == "duration" for c in counts)
    period = "" if days else amount.period
    period = period or next((c.period for c in counts if c.period), "")
    if not (period or amount.times or amount.marks & {"total", "restates"}):
        _once(line, worth, time, bool(counts))
    factors = [amount.times] if amount.times else []
    if period and not amount.times:
        factors = _periods(line, worth, period, time)
    rates = {1 + i.low / 100 for i in line.items if i.role == "vat"}
    over = (min(rates) if len(rates) == 1 else VAT) if amount.tax == "with" else None
    if over and len(rates) != 1 and ("overseas" in line.said or rates):
        worth.reasons.append("other-vat-rate")
    if "concession" in line.said and any(line.word(at) == "redevance" for at in amount.held):
        worth.reasons.append("who-pays")
    low = (*(c.low for c in counts if c.top != 1), amount.low)
    worth.low = Term((*low, *factors), None, over)
    if worth.low.value < _TINY and not worth.yearly:
        worth.reasons.append("price-of-one")
    if amount.high is not None or worth.longest or any(c.high for c in counts):
        tops = [worth.longest.get(factor, factor) for factor in factors]
        worth.high = Term((*(c.top for c in counts), amount.top, *tops), None, over)
    months = _YEAR if "each-time" in amount.marks else lexicon().months.get(period)
    if months and time and (time.first if amount.times else time.months) >= _YEAR:
        yearly = () if months == _YEAR else (_YEAR / months,)
        worth.by_year = Term((*low, *yearly), None, over)
    return worth


def _periods(line: Line, worth: Worth, period: str, time: Time | None) -> list[Decimal]:
    """Return how many periods a price by the period is paid: of its own duration, or of the contract."""
    size = lexicon().months.get(period)
    if size is None:
        lengths = [i for i in line.items if i.kind in ("duration", "count") and i.unit == period]
        if len(lengths) != 1:
            worth.reasons.append("price-of-one")
            return []
        length = lengths[0]
        worth.spans.append(line.span(length.first, length.last))
        worth.longest = {length.low: length.high} if length.high else {}
        again = _periods(line, worth, length.period, time) if length.period else []
        if not again and time and time.months > _YEAR and length.low > 31:
            worth.reasons.append("part-of-each-period")
        return [length.low, *again]
    worth.own, _ = _own_time(line, worth.item)
    if worth.own and (not time or worth.own not in time.items):
        worth.spans.append(line.span(worth.own.first, worth.own.last))
        # Ten months of each year: how many years there are is not known of them.
        if line.label(worth.own.last, "periods"):
            worth.reasons.append("part-of-each-period")
        return [worth.own.low / size]
    if time is None:
        worth.yearly = True
        return [_YEAR / size] if size != _YEAR else []
    worth.spans.append(time.span)
    worth.reasons += [time.reason] if time.reason else []
    return [time.months / size]


def _once(line: Line, worth: Worth, time: Time | None, counted: bool) -> None:
    """Note where a price without a period may be that of one period of a contract renewed, or of one year."""
    amount, (_, how) = worth.item, _own_time(line, worth.item)
    before = line.beside(amount)
    years = before and before.kind == "duration" and line.words[before.last : amount.first] == ["a"]
    # The maximum of a framework is that of its whole term.
    of_term = (amount.bound == "maximum" and "framework" in line.said) or how == "whole-long"
    yearly = any(i.period == "year" for i in line.items if i.kind == "amount")
    if "advance" in line.said and not counted:
        worth.reasons.append("repaid-or-paid")
    if time and time.renewed and "each-time" in amount.marks:
        amount.times, worth.spans = time.months / time.first, [*worth.spans, time.span]
    elif time and time.renewed and not of_term:
        worth.reasons.append("once-or-each-period")
    elif not counted and (years or how == "for-long") and not yearly:
        worth.reasons.append("once-or-each-year")


def _own_time(line: Line, amount: Item) -> tuple[Item | None, str]:
    """Return the duration that stands right behind an amount, and the word that joins them."""
    after = line.beside(amount, 1)
    if not after or not is_length(after) or after.first > amount.last + 4:
        return None, ""
    joins = (line.label(k, "for-long", "whole-long") for k in range(amount.last, after.first))
    return after, next((label.name for label in joins if label), "")
