"""The numbers of a sentence read: what the contract costs and how long it lasts, and what is asked."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.combine import value_of
from montages.description.reader.amounts.items import items_of
from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import AmountReading, Number, Span, Sum, Term
from montages.description.reader.amounts.others import doubts_beside, other_facts
from montages.description.reader.amounts.outcome import Outcome
from montages.description.reader.amounts.roles import give_roles
from montages.description.reader.amounts.sums import sum_text
from montages.description.reader.amounts.time import Time, time_of

_LENGTH = "duration-months"


def read_amounts(text: str) -> AmountReading:
    """Return what the numbers of a sentence state, what they let one guess, and what of them is in doubt."""
    line = Line(text)
    line.items = items_of(line)
    give_roles(line)
    time = time_of(line)
    outcome = Outcome()
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
    """Say how long the contract lasts, unless its only duration is that of a part."""
    times = [
        i for i in line.items if i.times and i.period in lexicon().months and i.kind == "amount"
    ]
    if time is None and len(times) == 1 and times[0].times:
        months = Term((Decimal(lexicon().months[times[0].period]), times[0].times))
        outcome.state(_LENGTH, Sum(_LENGTH, (months,)), [line.span(times[0].first, times[0].last)])
    if time is None or any(id(i) in outcome.local for i in time.items):
        return
    start = time.items[0].first if time.items else 0
    longer = next(line.ending(start, start - 6, "prolong"), None)
    if (longer and not outcome.used) or _is_of_trial(line, time):
        return
    if time.reason:
        outcome.guess(_LENGTH, time.sum, time.spans[0], time.reason)
        outcome.doubt(time.spans[0], "time", time.reason)
    else:
        outcome.state(_LENGTH, time.sum, time.spans)


def _is_of_trial(line: Line, time: Time) -> bool:
    """Tell whether the only length said is that of a trial before the contract."""
    if not time.items or len(time.items) > 1:
        return False
    at, last = time.items[0].first, time.items[0].last
    tried = next(line.ending(at, at - 3, "trial"), None)
    return bool(tried and set(line.words[last:]) & {"pui", "then", "ensuite", "apre"})


def _held(line: Line, time: Time | None) -> tuple[Span, ...]:
    """Return where the words stand that were used, merged."""
    taken: set[int] = set(time.held) if time else set()
    for item in line.items:
        taken.update(range(item.first, item.last), item.held)
    spans: list[Span] = []
    for at in sorted(taken & set(range(len(line.tokens)))):
        token = line.tokens[at]
        if spans and token.start - spans[-1].end <= 1:
            spans[-1] = Span(spans[-1].start, token.end)
        else:
            spans.append(Span(token.start, token.end))
    return tuple(spans)
