"""How long the contract lasts: durations, renewals, a trial first, and the duration that an amount has of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Span, Sum, Term

_DURATION = "duration-months"
_FILLERS = frozenset(
    {
        "tacitement",
        "tacite",
        "par",
        "expressement",
        "de",
        "facon",
        "d",
        "a",
        "the",
        "be",
        "can",
        "and",
        "en",
    }
    | {
        "jusqu",
        "up",
        "to",
        "for",
        "une",
        "annuellement",
        "maximum",
        "max",
        "pour",
        "possible",
        ",",
        "(",
        "e",
        "additional",
    }
    | {
        "periode",
        "un",
        "period",
        "further",
        "of",
        "sur",
        "chaque",
        "reconduction",
        "then",
        "possibly",
        "eventuellement",
        "s",
    }
)


@dataclass
class Time:
    """The months of a contract: what they are the sum of, the items they rest on, whether they are sure."""

    months: Decimal | None = None
    high: Decimal | None = None
    terms: tuple[Term, ...] = ()
    items: list[Item] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reason: str = ""
    renewed: bool = False
    first: Decimal | None = None
    paid: Decimal | None = None
    held: set[int] = field(default_factory=set)

    @property
    def sum(self) -> Sum:
        """Return the sum of the months."""
        return Sum(_DURATION, self.terms)


def time_of(line: Line, items: tuple[Item, ...]) -> Time:
    """Return how long the contract lasts, as far as the sentence says."""
    lengths = [i for i in items if i.kind == "duration" and i.unit == "month" and not i.role]
    read = [_renewed(line, items, item) for item in lengths if "used" not in item.marks]
    read = [time for time in read if time.months]
    used = {id(i) for time in read for i in time.items[1:]}
    read = [time for time in read if id(time.items[0]) not in used]
    if not read:
        return _annual(line, items)
    if len(read) == 1 or len({(time.months, time.high) for time in read}) == 1:
        return read[0]
    trial = _after_trial(line, read)
    if trial:
        return trial
    named = [time for time in read if _of_contract(line, time.items[0])]
    renewed = [time for time in read if time.renewed]
    for better in (renewed, named):
        if len(better) == 1:
            return better[0]
    first = read[0]
    first.reason = "several-durations"
    return first


def _of_contract(line: Line, item: Item) -> bool:
    return any(
        item.first - label.last <= 3
        for label in line.ending(item.first, item.first - 6, "contract")
    )


def _after_trial(line: Line, read: list[Time]) -> Time | None:
    """Return a free trial and what follows it as one time."""
    if len(read) != 2 or not line.said & {"trial"}:
        return None
    first, then = read
    near = range(max(first.items[0].first - 4, 0), min(first.items[0].last + 3, len(line.tokens)))
    if not any(line.label(at, "trial") for at in near):
        return None
    months = (first.months or 0) + (then.months or 0)
    return Time(
        months,
        None,
        (*first.terms, *then.terms),
        [*first.items, *then.items],
        [*first.spans, *then.spans],
        paid=then.months,
        held=first.held | then.held,
    )


def _annual(line: Line, items: tuple[Item, ...]) -> Time:
    """Return the time of a contract of a year renewed, where no duration is written: « contrat annuel reconductible »."""
    for item in items:
        if item.kind == "amount" and item.period == "year":
            for at in range(item.first, min(item.last + 6, len(line.tokens))):
                if line.label(at, "renewable"):
                    base = Item("duration", item.last, item.last, Decimal(12), unit="month")
                    time = _renewals(line, items, base, at)
                    time.items, time.spans = (
                        [],
                        [line.span(item.first, max(time.held, default=at) + 1)],
                    )
                    return time
    return Time()


def _renewed(line: Line, items: tuple[Item, ...], item: Item) -> Time:
    """Return the time of a duration and of its renewals, if some are said."""
    at, steps = item.last, 0
    plain = Time(
        item.low,
        item.high,
        (Term((item.low,)),),
        [item],
        [line.span(item.first, item.last)],
        first=item.low,
    )
    firm = False
    while at < len(line.tokens) and steps < 7:
        label = line.label(at, "renewable", "renewals", "firm", "prolong")
        if label and label.name == "firm":
            firm, at = True, label.last
            plain.held.update(range(label.first, label.last))
            continue
        if label and label.name in ("renewable", "renewals"):
            return _renewals(line, items, item, at)
        if line.word(at) in ("+", "pui", "then", "plu") or (
            firm and line.word(at) in ("et", ",", "and")
        ):
            more = _added(line, items, item, at + 1, firm)
            if more:
                more.held |= plain.held
                return more
        if line.number(at) and line.label(at + 1, "renewals"):
            return _times(line, item, line.tokens[at].value or Decimal(0), item.low, at + 2)
        if line.number(at) or line.word(at) in (".", "?", ";"):
            break
        at, steps = at + 1, steps + 1
    return plain


def _added(line: Line, items: tuple[Item, ...], item: Item, at: int, firm: bool) -> Time | None:
    """Read what a plus sign adds to a duration: « 1 an ferme + 3 », « 3 ans + 1 an », « 2 ans puis 2 ans en option »."""
    while line.word(at) in ("eventuellement", "option", "de", "option", "une", "en"):
        at += 1
    number = line.number(at)
    if number is None or number.value is None:
        return None
    after = next((i for i in items if i.first == at), None)
    if after and after.kind == "duration" and after.unit == "month":
        return _plus(line, item, after)
    if line.label(at + 1, "times"):
        inner = next((i for i in items if i.first == at + 2 and i.kind == "duration"), None)
        return _times(
            line,
            item,
            number.value,
            inner.low if inner else item.low,
            inner.last if inner else at + 2,
            inner,
        )
    if line.label(at + 1, "renewals", "renewable") or (
        firm and number.value <= 9 and after and after.kind in ("bare", "name")
    ):
        return _times(
            line, item, number.value, item.low, at + 1 + bool(line.label(at + 1, "renewals"))
        )
    return None


def _plus(line: Line, item: Item, after: Item) -> Time:
    after.marks.add("used")
    return Time(
        item.low + after.low,
        None,
        (Term((item.low,)), Term((after.low,))),
        [item, after],
        [line.span(item.first, after.last)],
        renewed=True,
        first=item.low,
        held=set(range(item.last, after.last)),
    )


def _times(
    line: Line, item: Item, count: Decimal, each: Decimal, last: int, inner: Item | None = None
) -> Time:
    """Return a duration and so many renewals of a length."""
    terms = (
        (Term((item.low, count + 1)),)
        if each == item.low
        else (Term((item.low,)), Term((count, each)))
    )
    if inner:
        inner.marks.add("used")
    start = min(item.first, last - 1)
    return Time(
        item.low + count * each,
        None,
        terms,
        [item],
        [line.span(start, last)],
        renewed=True,
        first=item.low,
        held=set(range(start, last)),
    )


def _renewals(line: Line, items: tuple[Item, ...], item: Item, at: int) -> Time:
    """Read how often a duration is renewed, from the word that says it may be."""
    label = line.label(at, "renewable", "renewals")
    cursor = label.last if label else at + 1
    unknown = Time(
        item.low,
        item.high,
        (Term((item.low,)),),
        [item],
        [line.span(min(item.first, at), cursor)],
        "renewals-not-counted",
        True,
        item.low,
    )
    unknown.held = set(range(item.last, cursor))
    if label and label.name == "renewals" and line.number(at - 1):
        return _times(line, item, line.tokens[at - 1].value or Decimal(0), item.low, cursor)
    steps = 0
    while cursor < len(line.tokens) and steps < 9:
        limit = line.label(cursor, "limits")
        if limit and (
            found := next(
                (i for i in items if i.first == limit.last and i.kind == "duration"), None
            )
        ):
            found.marks.add("used")
            return Time(
                found.low,
                None,
                (Term((found.low,)),),
                [item, found],
                [line.span(item.first, found.last)],
                renewed=True,
                first=item.low,
                held=set(range(item.last, found.last)),
            )
        once = {"once": 1, "twice": 2}.get(line.word(cursor))
        number = line.number(cursor)
        if once or (number and number.value and line.label(cursor + 1, "times", "renewals")):
            count = Decimal(once) if once else (number and number.value) or Decimal(0)
            last = cursor + (1 if once else 2)
            inner = _length_after(line, items, last)
            return _times(
                line,
                item,
                count,
                inner.low if inner else item.low,
                inner.last if inner else last,
                inner,
            )
        if number:
            inner = next((i for i in items if i.first == cursor and i.kind == "duration"), None)
            if inner:
                inner.marks.add("used")
            return unknown
        if line.word(cursor) not in _FILLERS and not line.label(
            cursor, "renewals", "renewable", "periods", "limits"
        ):
            return unknown
        cursor, steps = cursor + 1, steps + 1
    return unknown


def _length_after(line: Line, items: tuple[Item, ...], at: int) -> Item | None:
    """Return the length of each renewal, written behind their number: « 1 fois un an »."""
    while line.word(at) in (
        "pour",
        "d",
        "de",
        "une",
        "periode",
        "par",
        "for",
        "a",
        "of",
        "each",
        "further",
        "un",
    ):
        at += 1
    return next(
        (i for i in items if i.first == at and i.kind == "duration" and i.unit == "month"), None
    )


def own_time(line: Line, items: tuple[Item, ...], amount: Item) -> tuple[Item, str] | None:
    """Return the duration that stands right behind an amount, and the word that joins them."""
    at = items.index(amount)
    for item in items[at + 1 :]:
        if item.kind != "duration" or item.unit != "month":
            return None
        between = [line.word(k) for k in range(amount.last, item.first)]
        if len(between) > 4 or set(between) & {".", "?", ";", "+"}:
            return None
        joins = next(
            (
                label
                for k in range(amount.last, item.first)
                if (label := line.label(k, "for-long", "whole-long"))
            ),
            None,
        )
        return item, joins.name if joins else ""
    return None
