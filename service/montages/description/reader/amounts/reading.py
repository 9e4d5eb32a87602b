"""The numbers of a sentence read: what the contract costs and how long it lasts, with the sum; what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from montages.description.reader.amounts.combine import value_of
from montages.description.reader.amounts.items import items_of
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import AmountReading, Number, Span
from montages.description.reader.amounts.others import doubts_beside, other_facts
from montages.description.reader.amounts.outcome import Outcome
from montages.description.reader.amounts.roles import give_roles
from montages.description.reader.amounts.sums import sum_text
from montages.description.reader.amounts.time import Time, time_of


def read_amounts(text: str) -> AmountReading:
    """Return what the numbers of a sentence state, what they let one guess, and what of them is in doubt."""
    line = Line(text)
    items = items_of(line)
    give_roles(line, items)
    time = time_of(line, items)
    outcome = Outcome()
    value_of(line, items, time, outcome)
    _length(line, items, time, outcome)
    other_facts(line, items, outcome)
    doubts_beside(line, items, time, outcome)
    facts, guesses = outcome.settled()
    return AmountReading(
        facts={name: working.value for name, working in facts.items()},
        spans={name: tuple(outcome.spans[name]) for name in facts},
        workings=facts,
        sums={name: sum_text(working, "fr") for name, working in facts.items()},
        guesses=tuple(guesses),
        doubts=tuple(outcome.doubts),
        held=_held(line, items, time),
        numbers=tuple(
            Number(item.kind, item.low, line.span(item.first, item.last), item.role)
            for item in items
        ),
    )


def _length(line: Line, items: tuple[Item, ...], time: Time, outcome: Outcome) -> None:
    """Say how long the contract lasts, unless its only duration is that of a part."""
    if time.months is None or any(id(i) in outcome.local for i in time.items):
        return
    if time.high is not None:
        outcome.guess("duration-months", time.sum, time.spans[0], "duration-in-a-range")
        outcome.doubt(time.spans[0], "time", "duration-in-a-range")
    elif time.reason:
        outcome.guess("duration-months", time.sum, time.spans[0], time.reason)
        outcome.doubt(time.spans[0], "time", time.reason)
    else:
        outcome.state("duration-months", time.sum, time.spans)


def _held(line: Line, items: Iterable[Item], time: Time) -> tuple[Span, ...]:
    """Return where the words stand that were used, merged."""
    taken: set[int] = set(time.held)
    for item in items:
        taken.update(range(item.first, item.last), item.held)
    spans: list[Span] = []
    for at in sorted(taken & set(range(len(line.tokens)))):
        token = line.tokens[at]
        if spans and token.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return tuple(spans)
