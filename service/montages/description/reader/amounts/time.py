"""How long the contract lasts: durations, renewals, a trial first, and the duration of an amount alone.

The sentence is written as one sign for each number or word of time, and renewals are found in it as shapes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from montages.description.reader.amounts.amount_types import Span, Sum, Term
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.lexicon import lexicon

_CODES = {"renewable": "r", "renewals": "R", "firm": "f", "times": "t", "limits": "l"}
_CODES |= {"either": "|", "plus": "+", "small": "w"}
_YEAR = Decimal(12)
LENGTH = "duration-months"


@dataclass
class Time:
    """The months of a contract: what they are the sum of, the words they rest on, whether they may be wrong.

    `first` is the length before renewals.
    """

    terms: tuple[Term, ...]
    items: list[Item]
    span: Span
    held: range
    first: Decimal
    renewed: bool
    unsure: bool = False

    @property
    def sum(self) -> Sum:
        """Return the sum of the months."""
        return Sum(LENGTH, self.terms)

    @property
    def months(self) -> Decimal:
        """Return how many months it is."""
        return self.sum.value


def time_of(line: Line) -> Time | None:
    """Return how long the contract lasts, as far as the sentence says."""
    read = list(_read(line))
    if not read:
        return None
    paid = any(item.kind == "amount" for item in line.items)
    free = paid and any(_is_free(line, item) for time in read for item in time.items)
    read[0].unsure |= free or len({time.months for time in read}) > 1
    return read[0]


def _is_free(line: Line, item: Item) -> bool:
    """Tell whether a duration may be that of a trial, or of what is free for a while."""
    places = range(item.last, min(item.last + 3, len(line.tokens)))
    behind = (at for at in places if line.same_clause(at, item.first))
    return any(line.label(at, "gratis") for at in (*line.clause_before(item), *behind))


def _read(line: Line) -> Iterator[Time]:
    """Yield each duration with its renewals."""
    shapes = [(re.compile(shape), how) for shape, how in lexicon().tables["shapes"]]
    signs, places, lengths = _signs(line)
    at = 0
    while at < len(signs):
        matched = next(((m, how) for shape, how in shapes if (m := shape.match(signs, at))), None)
        if matched:
            yield _worked_out(line, *matched, places, lengths)
        at = matched[0].end() if matched else at + 1


def _signs(line: Line) -> tuple[str, list[int], dict[int, Item]]:
    """Return a sentence as signs, the token of each, and the durations by sign."""
    whole = {i.first: i for i in line.items if i.kind in ("amount", "share", "date", "measure")}
    whole |= {i.first: i for i in line.items if is_length(i)}
    signs, places, at = "", [0], 0
    lengths: dict[int, Item] = {}
    while at < len(line.tokens):
        item = whole.get(at)
        if item and item.kind == "duration":
            lengths[len(signs)] = item
            sign, at = "D", item.last
        elif item:
            sign, at = "A" if item.period == "year" else "€", item.last
        else:
            sign, at = _sign(line, at)
        signs += sign
        places.append(at)
    return signs, places, lengths


def is_length(item: Item) -> bool:
    """Tell whether a number is a length of time in months, that of nothing else than the contract."""
    return item.kind == "duration" and item.unit == "month" and not item.role


def _sign(line: Line, at: int) -> tuple[str, int]:
    if line.number(at):
        return "N", at + 1
    yearly = line.label(at, "periods")
    if yearly and yearly.says == "year":
        return "A", yearly.last
    if label := line.label(at, *_CODES):
        return _CODES[label.name], label.last
    return "," if line.word(at) == "," else "." if line.word(at) in ".;?!" else "W", at + 1


def _worked_out(
    line: Line, match: re.Match[str], how: str, places: list[int], lengths: dict[int, Item]
) -> Time:
    """Return the time that a shape writes."""
    named, held = match.groupdict(), range(places[match.start()], places[match.end()])
    first = lengths.get(match.start("first"))
    base = first.low if first else _YEAR
    last = next((lengths[match.start(k)] for k in ("each", "all") if named.get(k)), None)
    length = last.low if last else base
    time = Time(
        terms=(Term((base,)),),
        items=[item for item in (first, last) if item],
        span=line.span(held.start, held.stop),
        held=held,
        first=base,
        renewed=how not in ("plain", "years", "either"),
        unsure=how in ("either", "unknown") or bool(first and first.high),
    )
    if how == "limit":
        time.terms = (Term((length,)),)
    elif how == "plus":
        time.terms = (Term((base,)), Term((length,)))
    elif how == "years":
        numbers = (k for k in range(*match.span("years")) if match.string[k] == "N")
        time.terms = (*(Term((line.value(places[k]), _YEAR)) for k in numbers), Term((base,)))
    elif how == "times":
        count = line.value(places[match.start("count")])
        time.terms = (Term((base,)), Term((count, length)))
    return time
