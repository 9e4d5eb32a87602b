"""One value from several amounts: parts, totals said again, lots and options added, bounds, ranges."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from montages.description.reader.amounts.amount_types import AmountReading, Span, Sum, Term
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.roles import added
from montages.description.reader.amounts.time import Time
from montages.description.reader.amounts.worth import VAT, Worth, worth_of

WHOLE, HIGHEST, YEARLY = "estimated-value", "highest-value", "yearly-value"
_RATES = tuple(map(Decimal, ("1.2", "1.1", "1.055", "1.085", "1.021")))


def value_of(line: Line, time: Time | None, reading: AmountReading) -> None:
    """Say what the contract costs where its amounts tell it surely; else ask, with what they come to."""
    amounts = _priced(line)
    if _fee(line, reading):
        return
    worths = _once_each(line, [worth_of(line, amount, time) for amount in amounts])
    parts = [w for w in worths if "part" in w.item.marks]
    whole = _bounded([w for w in worths if w not in parts] or parts)
    for worth in worths:
        worth.item.marks.add("used")
    if not whole:
        return
    if not all(added(line, a.item, b.item) for a, b in pairwise(whole)):
        for worth in whole:
            worth.reasons.append("several-amounts")
        whole = whole[:1]
    framework = "framework" in line.said
    for item in (worth.item for worth in whole):
        before = range(line.clause_start(item.first), item.first)
        budget = item.bound == "maximum" and any(line.label(k, "budgets") for k in before)
        if budget or item.bound == "ceiling":
            # The maximum of a framework is its amount; what a budget may not exceed is not.
            item.bound = "maximum" if framework else "at-most"
    if any(i.role == "tax" and "part" in i.marks for i in line.items):
        whole[0].reasons.append("tax-told-apart")
    if len({w.low.over for w in whole}) > 1 and not all(w.item.tax for w in whole):
        whole[0].reasons.append("tax-of-some")
    _tell(line, whole, reading)


def _priced(line: Line) -> list[Item]:
    """Return the amounts that the contract costs, or brings in where it is a concession."""
    amounts = [i for i in line.items if i.kind == "amount" and i.top]
    concession, design = "concession" in line.said, "design" in line.said
    others = [i for i in amounts if i.role in ("", "existing", "works-estimate")]
    if len(others) == 1 and any(i.role == "addition" for i in amounts):
        others[0].role = "existing"
    prices = {"", "offer"} if all(i.role for i in amounts) else {""}
    prices |= set() if concession else {"capital"}
    prices |= set() if concession or design else {"works-estimate"}
    plain = [i for i in amounts if i.role in prices]
    turnover = [i for i in amounts if i.role == "turnover"]
    if not turnover or not (concession or not plain):
        return plain
    # What is paid each year to whoever operates is part of what the concession brings in.
    aid = [i for i in amounts if i.role in ("subsidy", "given") and i.period] if concession else []
    return [i for i in amounts if i in (*turnover, *plain, *aid)]


def _fee(line: Line, reading: AmountReading) -> bool:
    """Say what a fee in per cent of works comes to: « honoraires 7,2 % de 8,5 M€ de travaux »."""
    fees = [i for i in line.items if i.kind == "share" and i.role == "fee"]
    priced = [i for i in line.items if i.kind == "amount" and not i.period]
    works = [i for i in priced if i.role in ("", "works-estimate")]
    if len(fees) != 1 or len(works) != 1 or "design" not in line.said:
        return False
    of = works[0]
    of.marks.add("used")
    working = Sum(WHOLE, (Term((of.low,), fees[0].low, VAT if of.tax == "with" else None),))
    unsure = of.high or "unclear" in of.marks or of.bound
    spans = [line.span(i.first, i.last) for i in (of, fees[0])]
    _out(reading, WHOLE, working, spans, ["works-in-a-range"] if unsure else [])
    return True


def _once_each(line: Line, worths: list[Worth]) -> list[Worth]:
    """Return the amounts without those said again: with tax, by the year, or as the parts of one."""
    kept: list[Worth] = []
    for worth in worths:
        twin = next((k for k in kept if _twins(line, k, worth)), None)
        if twin is None:
            kept.append(worth)
        elif twin.item.tax == "with" and worth.item.tax == "without":
            kept[kept.index(twin)] = worth
    for worth in kept if len(kept) > 2 else ():
        others = [w for w in kept if w is not worth]
        behind = {*line.words[worth.item.last : worth.item.last + 3]}
        whole = bool(worth.item.marks & {"restates", "total"} or behind & {":", "("})
        if (whole or "part" in others[0].item.marks) and abs(
            sum(w.value for w in others) - worth.value
        ) <= 1:
            return [worth] if worth is kept[0] else others
    return kept


def _twins(line: Line, one: Worth, other: Worth) -> bool:
    """Tell whether an amount is one before said again."""
    first, item = one.item, other.item
    if any(line.label(at, "plus") for at in range(first.last, item.first)):
        return False
    if {first.tax, item.tax} == {"with", "without"}:
        without, with_ = sorted((first.low, item.low))
        return any(abs(with_ / without - rate) < Decimal("0.003") for rate in _RATES)
    of_a_year = one.by_year and one.by_year.value == other.value
    spelled = first.low == item.low and item.first - first.last <= 2
    otherwise = first.period != item.period or bool(item.marks & {"restates", "total"})
    otherwise = otherwise or len(one.low.factors) != len(other.low.factors)
    return bool(of_a_year or spelled or (otherwise and abs(one.value - other.value) <= 1))


def _bounded(worths: list[Worth]) -> list[Worth]:
    """Return the amounts without lowest ones beside a highest, and without bounds beside plain ones."""
    if any(w.item.bound == "maximum" for w in worths):
        of_one = [w for w in worths if not w.item.bound and len(w.low.factors) > 1]
        return [
            w for w in worths if w.item.bound not in ("minimum", "at-least") and w not in of_one
        ]
    return [w for w in worths if w.item.bound not in ("at-most", "at-least")] or worths


def _tell(line: Line, worths: list[Worth], reading: AmountReading) -> None:
    """State what amounts come to together, or ask it where one of them is unsure."""
    spans = [span for worth in worths for span in worth.spans]
    reasons = [reason for worth in worths for reason in worth.reasons]
    _own_times(line, worths)
    yearly = tuple(w.low for w in worths if w.yearly)
    criterion = YEARLY if len(yearly) == len(worths) else WHOLE
    if yearly and criterion == WHOLE:
        reasons.append("years-not-said")
        worths = [w for w in worths if not w.yearly]
    low, high = tuple(w.low for w in worths), tuple(w.high or w.low for w in worths)
    ranged = any(w.high for w in worths)
    bounds = {w.item.bound for w in worths}
    if bounds & {"minimum", "at-least"}:
        reasons.append("lowest-only")
    if "at-most" in bounds:
        criterion, ranged = HIGHEST, False
    if ranged and criterion == YEARLY:
        reasons.append("yearly-in-a-range")
    _out(reading, criterion, Sum(criterion, low), spans, reasons)
    by_year = tuple(w.by_year for w in worths if w.by_year)
    if criterion == WHOLE and not ranged and len(by_year) == len(worths):
        _out(reading, YEARLY, Sum(YEARLY, by_year), spans, reasons)
    if ranged and criterion == WHOLE:
        _out(reading, HIGHEST, Sum(HIGHEST, high), spans, reasons)


def _own_times(line: Line, worths: list[Worth]) -> None:
    """Give the durations of the upkeep of what is bought their role: they are not the contract's."""
    once = sum(w.value for w in worths if not w.item.period)
    for worth in worths:
        before = range(line.clause_start(worth.item.first), worth.item.first)
        labels = {label.name for k in before for label in line.labels[k]}
        upkeep = "upkeep" in labels or (once > worth.value and "contract" not in labels)
        if once and worth.own and upkeep:
            worth.own.role = "upkeep"


def _out(
    reading: AmountReading, criterion: str, working: Sum, spans: list[Span], reasons: list[str]
) -> None:
    if reasons:
        reading.guess(working)
        reading.doubt(spans[0], "money", reasons[0])
    else:
        reading.state(working, spans)
