"""The facts that are no price: inhabitants, agents, kW, m², the share of a change; words beside an amount."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Sum, Term
from montages.description.reader.amounts.outcome import BESIDE, Outcome
from montages.description.reader.amounts.roles import is_population
from montages.description.reader.amounts.time import Time

_NEAR, _AHEAD, _WHOLE = 6, 10, "estimated-value"
_SHORT = frozenset({"month", "week", "day"})
_RANGE = frozenset({"a", "au", "-", "to", "until", "jusqu"})
_UNTIL = frozenset({"au", "jusqu", "to", "until"})


def other_facts(line: Line, outcome: Outcome) -> None:
    """Say the size of the holder and of the building, and how much a change is of the first amount."""
    _one(line, outcome, "population", [i for i in line.items if is_population(line, i)])
    _one(line, outcome, "agents", [i for i in line.items if _is_staff(line, i)])
    _one(line, outcome, "heating-power", [i for i in line.items if _is_heating(line, i)])
    _one(line, outcome, "floor-area", [i for i in line.items if _is_floor(line, i)])
    _one(
        line,
        outcome,
        "annual-purchases",
        [i for i in line.items if i.role == "purchases" and i.period == "year"],
    )
    _change(line, outcome)


def _one(line: Line, outcome: Outcome, criterion: str, said: list[Item]) -> None:
    """State a number that is said once, or alike each time."""
    values = {(item.low, item.high) for item in said}
    for item in said:
        outcome.used.add(id(item))
    if len(values) == 1 and said[0].high is None:
        working = Sum(criterion, (Term((said[0].low,)),))
        outcome.state(criterion, working, [line.span(i.first, i.last) for i in said])
    elif values:
        for item in said:
            outcome.guess(
                criterion,
                Sum(criterion, (Term((item.low,)),)),
                line.span(item.first, item.last),
                "several-numbers",
            )


def _is_staff(line: Line, item: Item) -> bool:
    """Tell whether a number is of the agents that the holder employs."""
    if item.kind != "count" or not item.nouns or not line.label(item.first + 1, "staff"):
        return False
    return any(
        item.first - label.last <= 1 for label in line.ending(item.first, item.first - 4, "employs")
    )


def _around(line: Line, item: Item, name: str, back: int = 9, ahead: int = 4) -> bool:
    clause = range(max(item.first - back, 0), min(item.last + ahead, len(line.tokens)))
    return any(
        line.label(at, name)
        for at in clause
        if line.tokens[at].phrase == line.tokens[item.first].phrase
    )


def _is_heating(line: Line, item: Item) -> bool:
    unit = item.kind == "measure" and item.nouns[:1] == ("kw",)
    return unit and _around(line, item, "heating") and not _around(line, item, "not-heating")


def _is_floor(line: Line, item: Item) -> bool:
    if (
        item.kind != "measure"
        or item.unit != "area"
        or item.nouns[:1] not in (("m2",), ("sqm",), ("metre",), ("square",))
    ):
        return False
    return _around(line, item, "building") and not _around(line, item, "outdoors", 3, 3)


def _change(line: Line, outcome: Outcome) -> None:
    """Say how much a change is of the first amount of a contract in force, in per cent."""
    said = [i for i in line.items if i.kind == "share" and i.role == "modification"]
    amounts = [i for i in line.items if i.kind == "amount"]
    if len(said) == 1 and said[0].high is None:
        working = Sum("modification-share", (Term((said[0].low / 100,)),))
        outcome.state("modification-share", working, [line.span(said[0].first, said[0].last)])
        return
    first = [i for i in amounts if i.role == "existing"]
    added = [i for i in amounts if i.role == "addition"]
    if (
        len(first) == len(added) == 1
        and first[0].low > added[0].low
        and first[0].tax == added[0].tax
        and not (first[0].period or added[0].period)
    ):
        spans = [line.span(i.first, i.last) for i in (*first, *added)]
        outcome.state(
            "modification-share",
            Sum("modification-share", (Term((added[0].low,), None, first[0].low),)),
            spans,
        )


def doubts_beside(line: Line, time: Time | None, outcome: Outcome) -> None:
    """Doubt each word of money or of time, and each number, that stands beside an amount and was not used."""
    held = set(time.held) if time else set()
    held_time = frozenset(held)
    for item in line.items:
        held.update(range(item.first, item.last), item.held)
    priced = [i for i in line.items if i.kind == "amount" and id(i) in outcome.used]
    for item in priced:
        clause = line.tokens[item.first].clause
        for at in range(max(item.first - _NEAR, 0), min(item.last + _AHEAD, len(line.tokens))):
            label = line.label(at, "beside")
            longer = label and line.labels[at][0].last > label.last
            if label and not longer and at not in held and line.tokens[at].clause == clause:
                outcome.doubt(line.span(label.first, label.last), label.says, BESIDE)
    for at in set(range(len(line.tokens))) - held:
        label = line.label(at, "vague")
        if label and (priced or line.label(at + 2, "currency")):
            outcome.doubt(line.span(at, label.last), "money", "figure-in-words")
    for item in line.items:
        if _unread(line, item, priced) or (
            _again(line, item, priced) and item.first not in held_time
        ):
            outcome.doubt(line.span(item.first, item.last), "money", "number-beside-the-amount")
    unpriced = [label for k in range(len(line.words)) if (label := line.label(k, "unpriced"))]
    if any("total" not in item.marks for item in priced):
        for label in unpriced:
            outcome.doubt(line.span(label.first, label.last), "money", "part-without-price")
    _dates(line, outcome)
    _small_budgets(line, outcome)


def _unread(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a number may change an amount: beside it, « + 5 % d'aléas », « il en faut 40 »."""
    if item.role == "trade-in" or item.kind == "part":
        return bool(priced)
    if item.kind == "share":
        return bool(priced) and item.role == "unsettled"
    if (
        item.kind != "bare"
        or not item.low
        or line.label(item.first - 1, "part")
        or "used" in item.marks
    ):
        return False
    wanted = "en" in line.words[max(item.first - 3, 0) : item.first]
    counted = any(i.kind in ("count", "measure") for i in line.items)
    beside = any(abs(item.first - p.last) <= 1 or abs(p.first - item.last) <= 1 for p in priced)
    return beside or bool(priced and wanted and not counted)


def _again(line: Line, item: Item, priced: list[Item]) -> bool:
    """Tell whether a number says how often an amount is paid: « en trois fois », « tous les deux ans »."""
    times = item.kind == "name" and item.low > 1 and line.label(item.last - 1, "times")
    clauses = [line.tokens[p.first].clause for p in priced]
    return bool(times or item.role == "cycle") and line.tokens[item.first].clause in clauses


def _dates(line: Line, outcome: Outcome) -> None:
    """Doubt the years of an amount by the year where dates tell when the contract ends."""
    years = "yearly-value" in outcome.facts and _WHOLE not in outcome.facts
    for item in line.items:
        before = set(line.words[max(item.first - 2, 0) : item.first])
        if item.kind == "date" and years and before & _UNTIL:
            outcome.doubt(line.span(item.first, item.last), "time", BESIDE)
    if not any(i.kind == "amount" and i.period in _SHORT for i in line.items):
        return
    months = lexicon().words["months-of-year"]
    for at in range(len(line.words)):
        said = line.label(at, "season")
        if {line.word(at), line.word(at + 2)} <= months and line.word(at + 1) in _RANGE:
            outcome.doubt(line.span(at, at + 3), "time", BESIDE)
        elif said:
            outcome.doubt(line.span(at, said.last), "time", BESIDE)


def _small_budgets(line: Line, outcome: Outcome) -> None:
    """Doubt a bare number behind « budget » or « prix »: thousands may be meant."""
    for item in line.items:
        before = set(line.words[max(item.first - 3, 0) : item.first])
        if item.kind == "bare" and item.low > 1 and before & lexicon().words["valuing"]:
            span = line.span(item.first, item.last)
            outcome.doubt(span, "money", "thousands-or-not")
            thousands = Sum(_WHOLE, (Term((item.low, Decimal(1000))),))
            outcome.guess(_WHOLE, thousands, span, "thousands-or-not")
