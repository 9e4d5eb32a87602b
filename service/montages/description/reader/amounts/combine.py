"""One value from several amounts: parts, totals said again, lots and options added, bounds, ranges."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from montages.description.reader.amounts.amount_types import Outcome, Span, Sum, Term
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.roles import joined
from montages.description.reader.amounts.time import Time
from montages.description.reader.amounts.worth import VAT, Worth, worth_of

WHOLE, HIGHEST, YEARLY = "estimated-value", "highest-value", "yearly-value"
_RATES = tuple(map(Decimal, ("1.2", "1.1", "1.055", "1.085", "1.021")))


def value_of(line: Line, time: Time | None, outcome: Outcome) -> None:
    """Say what the contract costs where its amounts tell it surely; else ask, with what they come to."""
    amounts = _priced(line)
    if _fee(line, outcome):
        return
    # The tax of the last holds for a list that says it once, at its end.
    all_with = bool(amounts) and amounts[-1].tax == "with" and not any(a.tax for a in amounts[:-1])
    taxes = ["with" if all_with else a.tax for a in amounts]
    worths = [worth_of(line, a, time, tax) for a, tax in zip(amounts, taxes, strict=True)]
    worths = _without_twins(line, worths)
    _mark_parts(line, worths)
    parts = [w for w in worths if "part" in w.item.marks]
    whole = _bounded([w for w in worths if "part" not in w.item.marks] or parts)
    if not whole:
        for item in line.items if "design" in line.said else ():
            if item.kind == "amount" and item.role == "works-estimate":
                outcome.doubt(line.span(item.first, item.last), "money", "works-and-no-fee")
        return
    total = _total(line, whole, outcome)
    outcome.used.update(id(w.item) for w in (worths if total is None else total))
    if total is None and len(whole) > 1 and not _added(line, whole):
        for worth in whole:
            criterion, working = YEARLY if worth.yearly else WHOLE, Sum(WHOLE, (worth.low,))
            outcome.guess(criterion, working, worth.spans[0], "several-amounts")
            outcome.doubt(worth.spans[0], "money", "several-amounts")
        return
    whole = total or whole
    _ceilings(line, whole)
    if any(i.role == "tax" and "part" in i.marks for i in line.items):
        whole[0].reasons.append("tax-told-apart")
    if len({w.low.over for w in whole}) > 1 and not all(w.item.tax for w in whole):
        whole[0].reasons.append("tax-of-some")
    _tell(line, whole, outcome)


def _ceilings(line: Line, worths: list[Worth]) -> None:
    """Tell the maximum of a framework, which is its amount, from what a budget may not exceed."""
    framework = "framework" in line.said
    for item in (worth.item for worth in worths):
        before = range(line.clause_start(item.first), item.first)
        budget = item.bound == "maximum" and any(line.label(k, "budgets") for k in before)
        if budget or item.bound == "ceiling":
            item.bound = "maximum" if framework else "at-most"


def _mark_parts(line: Line, worths: list[Worth]) -> None:
    """Mark what « et » joins to a part as a part too: « dont 80 000 de travaux et 40 000 d'entretien »."""
    for before, worth in pairwise(worths):
        between = set(line.words[before.item.last : worth.item.first])
        if "part" in before.item.marks and between & {"et", "and"} and not between & {"+", "plu"}:
            worth.item.marks.add("part")


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
    for item in amounts:
        item.role = "" if item.role in prices - {"works-estimate"} else item.role
    plain = [i for i in amounts if i.role in prices]
    turnover = [i for i in amounts if i.role == "turnover"]
    if not turnover or not (concession or not plain):
        return plain
    for item in (*plain, *(() if concession else turnover)):
        item.marks.add("unclear")
    chosen = {id(i) for i in (*turnover, *plain)}
    return [i for i in amounts if id(i) in chosen or _to_the_operator(line, i)]


def _to_the_operator(line: Line, item: Item) -> bool:
    """Tell whether a subsidy is paid to whoever operates, and so is part of what the concession brings in."""
    behind = range(item.last, item.last + 4)
    of_operation = bool(item.period) or any(line.label(at, "to-the-operator") for at in behind)
    return item.role in ("subsidy", "given") and of_operation


def _fee(line: Line, outcome: Outcome) -> bool:
    """Say what a fee in per cent of works comes to: « honoraires 7,2 % de 8,5 M€ de travaux »."""
    fees = [i for i in line.items if i.kind == "share" and i.role == "fee"]
    priced = [i for i in line.items if i.kind == "amount" and not i.period]
    works = [i for i in priced if i.role in ("", "works-estimate")]
    if len(fees) != 1 or len(works) != 1 or "design" not in line.said:
        return False
    of = works[0]
    working = Sum(WHOLE, (Term((of.low,), fees[0].low, VAT if of.tax == "with" else None),))
    outcome.used.add(id(of))
    unsure = of.high or "unclear" in of.marks or of.bound
    spans = [line.span(i.first, i.last) for i in (of, fees[0])]
    _out(outcome, WHOLE, working, spans, ["works-in-a-range"] if unsure else [])
    return True


def _without_twins(line: Line, worths: list[Worth]) -> list[Worth]:
    """Return the amounts, one said without and with tax, or by the year and in all, once."""
    kept: list[Worth] = []
    for worth in worths:
        twin = next((k for k in kept if _twins(line, k, worth)), None)
        if twin is None:
            kept.append(worth)
        elif twin.item.tax == "with" and worth.item.tax == "without":
            kept[kept.index(twin)] = worth
    return kept


def _twins(line: Line, one: Worth, other: Worth) -> bool:
    first, item = one.item, other.item
    added = any(line.label(at, "plus") for at in range(first.last, item.first))
    if one.by_year and not item.period and one.by_year.value == other.value:
        return not added
    if first.low == item.low and item.first - first.last <= 2 and not other.yearly:
        return not added
    if {first.tax, item.tax} == {"with", "without"} and first.period == item.period:
        without, with_ = sorted((first.low, item.low))
        return any(abs(with_ / without - rate) < Decimal("0.003") for rate in _RATES)
    again = item.marks & {"restates", "total"} or bool(first.period) != bool(item.period)
    again = again or len(one.low.factors) != len(other.low.factors)
    alike = abs(one.value - other.value) <= 1 and one.value > 0
    return bool(again) and alike and not (added or one.yearly or other.yearly)


def _bounded(worths: list[Worth]) -> list[Worth]:
    """Return the amounts without lowest ones beside a highest, and without bounds beside plain ones."""
    if any(w.item.bound == "maximum" for w in worths):
        of_one = [w for w in worths if not w.item.bound and len(w.low.factors) > 1]
        return [
            w for w in worths if w.item.bound not in ("minimum", "at-least") and w not in of_one
        ]
    return [w for w in worths if w.item.bound not in ("at-most", "at-least")] or worths


def _total(line: Line, worths: list[Worth], outcome: Outcome) -> list[Worth] | None:
    """Return the parts that a total says again, or the total of which parts are told; None without total."""
    again = [w for w in worths if "restates" in w.item.marks]
    again = again or [w for w in worths if "total" in w.item.marks]
    opened = {":", "("} & set(line.words[worths[0].item.last : worths[0].item.last + 3])
    again = again or (worths[:1] if opened and len(worths) > 2 else [])
    if len(again) != 1 or len(worths) < 2:
        return None
    total, others = again[0], [w for w in worths if w is not again[0]]
    same = abs(sum((w.value for w in others), Decimal(0)) - total.value) <= 1
    if same and len({w.yearly for w in worths}) == 1:
        return [total] if total is worths[0] or total.yearly else others
    if "restates" not in total.item.marks and not opened:
        return None
    for worth in worths:
        worth.reasons.append("total-differs")
    _tell(line, [total], outcome)
    return others


def _added(line: Line, worths: list[Worth]) -> bool:
    """Tell whether amounts are parts of one: joined by a plus, lots, a list of things with their prices."""
    how = {joined(line, a.item, b.item) for a, b in pairwise(worths)}
    bounds = {w.item.bound for w in worths}
    return how <= {"plus", "list"} and not bounds & {"at-most", "at-least", "minimum"}


def _tell(line: Line, worths: list[Worth], outcome: Outcome) -> None:
    """State what amounts come to together, or ask it where one of them is unsure."""
    spans = [span for worth in worths for span in worth.spans]
    reasons = [reason for worth in worths for reason in worth.reasons]
    outcome.local.update(_of_a_part(line, worths))
    yearly = tuple(w.low for w in worths if w.yearly)
    criterion = YEARLY if len(yearly) == len(worths) else WHOLE
    if yearly and criterion == WHOLE:
        reasons.append("years-not-said")
        worths = [w for w in worths if not w.yearly]
        outcome.guess(YEARLY, Sum(YEARLY, yearly), spans[0], "years-not-said")
    low, high = tuple(w.low for w in worths), tuple(w.high or w.low for w in worths)
    ranged = any(w.high for w in worths)
    bounds = {w.item.bound for w in worths}
    if bounds & {"minimum", "at-least"}:
        reasons.append("lowest-only")
    if "at-most" in bounds and criterion == WHOLE:
        criterion, ranged = HIGHEST, False
    _out(outcome, criterion, Sum(criterion, low), spans, reasons)
    if any(w.again for w in worths):
        again = Sum(criterion, tuple(w.again or w.low for w in worths))
        outcome.guess(criterion, again, spans[0], reasons[0])
    by_year = tuple(w.by_year for w in worths if w.by_year)
    if criterion == WHOLE and not ranged and len(by_year) == len(worths):
        _out(outcome, YEARLY, Sum(YEARLY, by_year), spans, reasons)
    if ranged and criterion == WHOLE:
        _out(outcome, HIGHEST, Sum(HIGHEST, high), spans, reasons)
    elif ranged:
        _out(outcome, criterion, Sum(criterion, high), spans, ["yearly-in-a-range"])


def _of_a_part(line: Line, worths: list[Worth]) -> set[int]:
    """Return the durations that are those of the upkeep of what is bought, not of the contract."""
    once = [w.value for w in worths if not (w.item.period or "first-year" in w.item.marks)]
    local: set[int] = set()
    for worth in (w for w in worths if once and w.own):
        before = range(line.clause_start(worth.item.first), worth.item.first)
        labels = {label.name for k in before for label in line.labels[k]}
        if "upkeep" in labels or (sum(once) > worth.value and "contract" not in labels):
            local.add(id(worth.own))
    return local


def _out(
    outcome: Outcome, criterion: str, working: Sum, spans: list[Span], reasons: list[str]
) -> None:
    if reasons:
        outcome.guess(criterion, working, spans[0], reasons[0])
        outcome.doubt(spans[0], "money", reasons[0])
    else:
        outcome.state(criterion, working, spans)
