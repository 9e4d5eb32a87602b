"""What an amount comes to over the whole contract: its price, times how many, times how long, without tax."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Span, Term
from montages.description.reader.amounts.quantity import Quantity, quantity_of
from montages.description.reader.amounts.time import Time, own_time

VAT = Decimal("1.2")
_PRICED_BY = ("week", "day", "hour")


@dataclass
class Worth:
    """An amount over the whole contract: the product of its low and its high end, by the year where `yearly`.

    `reasons` say why it may be wrong; `once` is the product without renewals where they may multiply it.
    """

    item: Item
    low: Term
    high: Term | None = None
    yearly: bool = False
    reasons: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    own: Item | None = None
    again: Term | None = None

    @property
    def value(self) -> Decimal:
        """Return the upper end of a framework's amount, else the lower end."""
        return self.low.value


def worth_of(line: Line, items: tuple[Item, ...], amount: Item, time: Time, tax: str) -> Worth:
    """Return what an amount comes to, with the words it rests on."""
    spans = [line.span(amount.first, amount.last)]
    spans += [line.span(min(amount.held), max(amount.held) + 1)] if amount.held else []
    reasons = ["unclear-figures"] if "unclear" in amount.marks else []
    quantity = quantity_of(line, items, amount)
    if quantity.reason:
        reasons.append(quantity.reason)
    spans += [line.span(count.first, count.last) for count in quantity.counts]
    before, after, yearly, time_reasons = _times(line, items, amount, quantity, time, spans)
    reasons += time_reasons
    if amount.times:
        after = (*after, amount.times)
    over = VAT if tax == "with" else None
    if over and _other_rate(line, items):
        reasons.append("other-vat-rate")

    def term(end: str) -> Term:
        counts = tuple(getattr(c, end) for c in quantity.counts if c.top != 1)
        factors = (*counts, getattr(amount, end), *before, *after)
        return Term(tuple(f for f in factors if f is not None), None, over)

    high = term("top") if amount.high is not None or any(c.high for c in quantity.counts) else None
    worth = Worth(amount, term("low"), high, yearly, reasons, spans)
    found = own_time(line, items, amount)
    worth.own = found[0] if found and amount.period else None
    if not any(count.period for count in quantity.counts):
        _lump(line, items, worth, time)
    return worth


def _times(
    line: Line,
    items: tuple[Item, ...],
    amount: Item,
    quantity: Quantity,
    time: Time,
    spans: list[Span],
) -> tuple[tuple[Decimal, ...], tuple[Decimal, ...], bool, list[str]]:
    """Return the factors of time of a price, before and behind it, and whether it is by the year."""
    months = lexicon().months
    period = amount.period or next((c.period for c in quantity.counts if c.period), "")
    if not period:
        return (), (), False, []
    if period in _PRICED_BY:
        lengths = [i for i in items if i.kind == "duration" and i.unit == period]
        lengths += [
            i for i in items if i.kind == "count" and i.nouns[:1] and _unit(i.nouns[0]) == period
        ]
        if len(lengths) == 1:
            spans.append(line.span(lengths[0].first, lengths[0].last))
            yearly = bool(lengths[0].period)
            return (lengths[0].low,), (), False, ["how-often"] if yearly else []
        return (), (), False, ["price-of-one"]
    if amount.times:
        return (), (), False, []
    own = own_time(line, items, amount)
    if own and (own[0] not in time.items):
        spans.append(line.span(own[0].first, own[0].last))
        return (), (own[0].low / months[period],), False, []
    length = time.paid or time.months
    if length is None:
        return (), (Decimal(12) / months[period],) if months[period] != 12 else (), True, []
    spans += time.spans
    reasons = [time.reason] if time.reason else []
    if time.high:
        reasons.append("duration-in-a-range")
    return (), (length / months[period],), False, reasons


def _unit(noun: str) -> str:
    return next(
        (says for _, name, says in lexicon().phrases.get(noun, ()) if name == "units-of-time"), ""
    )


def _other_rate(line: Line, items: tuple[Item, ...]) -> bool:
    """Tell whether another rate of tax than the usual one may hold."""
    rates = [i.low for i in items if i.kind == "share" and i.role == "vat"]
    return "overseas" in line.said or any(rate != 20 for rate in rates)


def _lump(line: Line, items: tuple[Item, ...], worth: Worth, time: Time) -> None:
    """Note where a price without a period may be that of one period of a contract renewed, or of one year."""
    amount = worth.item
    if amount.period or worth.yearly or amount.marks & {"total", "restates"} or amount.times:
        return
    if any(
        label for label in line.ending(amount.first, 0, "total") if amount.first - label.last <= 2
    ):
        return
    own = own_time(line, items, amount)
    spread = own is not None and own[1] == "whole-long"
    if time.renewed and time.first and time.months and not spread:
        times = time.months / time.first
        if times == times.to_integral_value():
            worth.again = Term((*worth.low.factors, times), None, worth.low.over)
        worth.reasons.append("once-or-each-period")
        worth.spans += time.spans
    elif own and own[1] == "for-long":
        worth.again = Term((*worth.low.factors, own[0].low / 12), None, worth.low.over)
        worth.reasons.append("once-or-each-year")
        worth.spans.append(line.span(own[0].first, own[0].last))
