"""The numbers of a sentence read: what the contract costs and how long it lasts, and what is asked."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.amount_types import (
    AmountReading,
    Number,
    Outcome,
    Span,
    Sum,
    Term,
    sum_text,
)
from montages.description.reader.amounts.combine import value_of
from montages.description.reader.amounts.items import items_of
from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.others import doubts_beside, other_facts
from montages.description.reader.amounts.roles import give_roles
from montages.description.reader.amounts.time import Time, time_of

_LENGTH = "duration-months"


def read_amounts(text: str) -> AmountReading:
    """Return what the numbers of a sentence state, what they let one guess, and what of them is in doubt."""
    line, outcome = Line(text), Outcome()
    line.items = items_of(line)
    give_roles(line)
    time = time_of(line)
    value_of(line, time, outcome)
    _length(line, time, outcome)
    other_facts(line, outcome)
    doubts_beside(line, time, outcome)
    facts, guesses = outcome.settled()
    return AmountReading(
        facts={name: working.value for name, working in facts.items()},
        spans={name: tuple(outcome.spans[name]) for name in facts},
        workings=facts,
        sums={name: sum_text(working, "fr") for name, working in facts.items()},
        guesses=tuple(guesses),
        doubts=tuple(outcome.doubts),
        held=_held(line, time),
        numbers=tuple(
            Number(_kind(item), item.low, line.span(item.first, item.last), item.role)
            for item in line.items
        ),
    )


def _kind(item: Item) -> str:
    """Return what a number is; a duration that is no months is called after its unit."""
    return item.unit if item.kind == "duration" and item.unit != "month" else item.kind


def _length(line: Line, time: Time | None, outcome: Outcome) -> None:
    """Say how long the contract lasts, unless its only duration is that of a part, or of what is added."""
    times = [i for i in line.items if i.kind == "amount" and i.times]
    months = [lexicon().months[i.period] for i in times if i.period in lexicon().months]
    if time is None and len(times) == len(months) == 1:
        length = Term((Decimal(months[0]), times[0].times or Decimal(1)))
        spans = [line.span(times[0].first, times[0].last)]
        outcome.state(_LENGTH, Sum(_LENGTH, (length,)), spans)
    if time is None or any(id(i) in outcome.local for i in time.items):
        return
    start = time.items[0].first if time.items else 0
    longer = any(line.ending(start, start - 6, "prolong")) and not outcome.used
    if longer:
        return
    if time.reason:
        outcome.guess(_LENGTH, time.sum, time.spans[0], time.reason)
        outcome.doubt(time.spans[0], "time", time.reason)
    else:
        outcome.state(_LENGTH, time.sum, time.spans)


def _held(line: Line, time: Time | None) -> tuple[Span, ...]:
    """Return where the words stand that were used, merged."""
    taken: set[int] = set(time.held) if time else set()
    for item in line.items:
        taken.update(range(item.first, item.last), item.held)
    spans: list[Span] = []
    for token in (token for at, token in enumerate(line.tokens) if at in taken):
        joins = bool(spans) and token.start - spans[-1].end <= 1
        start = spans.pop().start if joins else token.start
        spans.append(Span(start, token.end))
    return tuple(spans)
