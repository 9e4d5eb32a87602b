"""How long the contract lasts: durations, renewals, a trial first, and the duration of an amount alone.

The sentence is written as one sign for each number or word of time, and renewals are found in it as shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Span, Sum, Term

# D a duration, A « annuel », N a number, € an amount, r « reconductible », R « reconductions », f « ferme »,
# t « fois », o « once », l « dans la limite de », + a plus, w a small word, W another.
_GAP = "[fwWA,(€]{0,6}"
_SHAPES = tuple(
    (re.compile(shape), how)
    for shape, how in (
        (r"N\|w*(?P<first>D)", "either"),
        (r"(?P<first>D)\|w*[ND]", "either"),
        (f"(?P<first>[DA]){_GAP}[rR][wR,]*l[wl]*(?P<all>D)", "limit"),
        (f"(?P<first>[DA]){_GAP}r[wR,A]*(?:(?P<count>N)t|(?P<once>o))w*(?P<each>D)?", "times"),
        ("(?P<first>D)[fw]*[+,w(]*(?P<count>N)[Rr]w*(?P<each>D)?", "times"),
        ("(?P<first>D)f?[+,w]+(?P<count>N)tw*(?P<each>D)", "times"),
        (r"(?P<first>D)f\+(?P<count>N)(?!t)", "times"),
        (r"(?P<first>D)f*[,w]*\+[wf]*(?P<each>D)", "plus"),
        (r"(?P<years>N(?:\+N)*\+)(?P<first>D)", "years"),
        (f"(?P<first>[DA]){_GAP}[rR]", "unknown"),
        ("(?P<first>D)", "plain"),
    )
)
_CODES = {
    "renewable": "r",
    "renewals": "R",
    "firm": "f",
    "times": "t",
    "limits": "l",
    "either": "|",
    "plus": "+",
    "small": "w",
}
_ONCE = {"once": Decimal(1), "twice": Decimal(2)}


@dataclass
class Time:
    """The months of a contract: what they are the sum of, the words they rest on, why they may be wrong.

    `first` is the length before renewals, `paid` the length that is paid.
    """

    months: Decimal
    terms: tuple[Term, ...]
    items: list[Item] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    held: set[int] = field(default_factory=set)
    reason: str = ""
    renewed: bool = False
    first: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)

    @property
    def sum(self) -> Sum:
        """Return the sum of the months."""
        return Sum("duration-months", self.terms)


def time_of(line: Line, items: tuple[Item, ...]) -> Time | None:
    """Return how long the contract lasts, as far as the sentence says."""
    read = list(_read(line, items))
    if len({time.months for time in read}) < 2:
        return read[0] if read else None
    trial = _after_trial(line, read)
    if trial:
        return trial
    named = [time for time in read if _of_contract(line, time.items[0])]
    renewed = [time for time in read if time.renewed]
    for better in (renewed, named):
        if len({time.months for time in better}) == 1:
            return better[0]
    read[0].reason = "several-durations"
    return read[0]


def _of_contract(line: Line, item: Item) -> bool:
    return any(
        item.first - said.last <= 3 for said in line.ending(item.first, item.first - 6, "contract")
    )


def _after_trial(line: Line, read: list[Time]) -> Time | None:
    """Return a free trial and what follows it as one time, of which only the second is paid."""
    first, then = read[0], read[-1]
    near = range(max(first.items[0].first - 4, 0), min(first.items[0].last + 3, len(line.tokens)))
    if len(read) != 2 or not any(line.label(at, "trial") for at in near):
        return None
    both = Time(first.months + then.months, (*first.terms, *then.terms), first.items + then.items)
    both.spans, both.held, both.paid = first.spans + then.spans, first.held | then.held, then.months
    return both


def _read(line: Line, items: tuple[Item, ...]) -> Iterator[Time]:
    """Yield each duration with its renewals."""
    signs, places, lengths = _signs(line, items)
    at = 0
    while at < len(signs):
        found = next(((m, how) for shape, how in _SHAPES if (m := shape.match(signs, at))), None)
        if found is None:
            at += 1
            continue
        match, how = found
        time = _worked_out(line, match, how, places, lengths)
        if time:
            yield time
        at = match.end()


def _signs(line: Line, items: tuple[Item, ...]) -> tuple[str, list[int], dict[int, Item]]:
    """Return a sentence as signs, the token of each, and the durations by sign."""
    durations = {
        i.first: i for i in items if i.kind == "duration" and i.unit == "month" and not i.role
    }
    amounts = {i.first: i for i in items if i.kind in ("amount", "share", "date", "measure")}
    signs = ""
    places: list[int] = []
    lengths: dict[int, Item] = {}
    at = 0
    while at < len(line.tokens):
        item = durations.get(at)
        if item:
            lengths[len(signs)] = item
            signs, places, at = signs + "D", [*places, at], item.last
            continue
        if at in amounts:
            sign, last = "A" if amounts[at].period == "year" else "€", amounts[at].last
        else:
            sign, last = _sign(line, at)
        signs, places, at = signs + sign, [*places, at], last
    return signs, [*places, len(line.tokens)], lengths


def _sign(line: Line, at: int) -> tuple[str, int]:
    word = line.word(at)
    if line.number(at):
        return "N", at + 1
    if word in _ONCE:
        return "o", at + 1
    yearly = line.label(at, "periods")
    if yearly and yearly.says == "year" and yearly.last == at + 1:
        return "A", at + 1
    label = line.label(at, *_CODES)
    if label:
        return _CODES[label.name], label.last
    return word if word in {",", "."} else "." if word in ";?!" else "W", at + 1


def _worked_out(
    line: Line, match: re.Match[str], how: str, places: list[int], lengths: dict[int, Item]
) -> Time | None:
    """Return the time that a shape writes."""
    named = match.groupdict()
    if named["first"] == "A" and how == "unknown":
        return None
    first = lengths.get(match.start("first"))
    base = first.low if first else Decimal(12)
    other = lengths[match.start("each")] if named.get("each") else None
    spans = [line.span(places[match.start()], places[match.end() - 1 + 1])]
    if first and how in ("plain", "unknown"):
        spans = [line.span(first.first, first.last)]
    time = Time(base, (Term((base,)),), [i for i in (first, other) if i], spans, first=base)
    time.held = set(range(places[match.start()], places[match.end()])) if how != "plain" else set()
    time.renewed = how not in ("plain", "years", "either")
    if first and first.high is not None:
        time.reason = "duration-in-a-range"
    if how == "unknown":
        time.reason = "renewals-not-counted"
    elif how == "either":
        time.reason = "one-length-or-another"
    elif how == "limit":
        last = lengths[match.start("all")]
        time.months, time.terms, time.items = last.low, (Term((last.low,)),), [*time.items, last]
    elif how == "plus" and other:
        time.months, time.terms = base + other.low, (Term((base,)), Term((other.low,)))
    elif how == "years":
        added = [
            line.tokens[places[k]].value or Decimal(0)
            for k in range(*match.span("years"))
            if match.string[k] == "N"
        ]
        scale = 12 if base % 12 == 0 else 1
        time.months = base + sum(added) * scale
        time.terms = (*(Term((n * scale,)) for n in added), Term((base,)))
    elif how == "times":
        word = places[match.start("count" if named["count"] else "once")]
        count = line.tokens[word].value if named["count"] else _ONCE[line.word(word)]
        _renew(time, base, count or Decimal(0), other)
    return time


def _renew(time: Time, base: Decimal, count: Decimal, other: Item | None) -> None:
    """Add so many renewals to a time."""
    each = other.low if other else base
    time.months = base + count * each
    time.terms = (
        (Term((base, count + 1)),) if each == base else (Term((base,)), Term((count, each)))
    )


def own_time(line: Line, items: tuple[Item, ...], amount: Item) -> tuple[Item, str] | None:
    """Return the duration that stands right behind an amount, and the word that joins them."""
    after = items[items.index(amount) + 1 :]
    if not after or after[0].kind != "duration" or after[0].unit != "month" or after[0].role:
        return None
    between = line.words[amount.last : after[0].first]
    if len(between) > 4 or set(between) & {".", "?", ";", "+"}:
        return None
    joins = (line.label(k, "for-long", "whole-long") for k in range(amount.last, after[0].first))
    return after[0], next((label.name for label in joins if label), "")
