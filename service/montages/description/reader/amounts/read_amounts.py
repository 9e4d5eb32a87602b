"""The numbers of a sentence read: what the contract costs and how long it lasts, and what is asked."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from montages.description.reader.amounts.amount_types import AmountReading, Sum, Term
from montages.description.reader.amounts.combine import value_of
from montages.description.reader.amounts.doubts import doubts_beside, held_places
from montages.description.reader.amounts.items import items_of
from montages.description.reader.amounts.line import Line
from montages.description.reader.amounts.others import other_facts
from montages.description.reader.amounts.roles import give_roles
from montages.description.reader.amounts.time import LENGTH, Time, time_of
from montages.description.reader.groups import known_words
from montages.description.reader.lexicon import months_of
from montages.description.reader.numbers import words_of
from montages.description.reader.words import Word


def read_amounts(text: str, words: Sequence[Word] = ()) -> AmountReading:
    """Return what the numbers of a sentence state, what they let one guess, and what of them is in doubt."""
    line, reading = Line(text, words or words_of(text, known_words())), AmountReading()
    line.items = items_of(line)
    give_roles(line)
    time = time_of(line)
    value_of(line, time, reading)
    _length(line, time, reading)
    other_facts(line, reading)
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
