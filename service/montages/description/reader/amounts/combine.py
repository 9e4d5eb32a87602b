"""One value from several amounts: parts, totals said again, lots and options added, bounds, ranges."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.model import Span, Sum, Term
from montages.description.reader.amounts.outcome import Outcome
from montages.description.reader.amounts.roles import joined
from montages.description.reader.amounts.time import Time
from montages.description.reader.amounts.worth import VAT, Worth, worth_of

WHOLE, HIGHEST, YEARLY = "estimated-value", "highest-value", "yearly-value"
_RATES = tuple(map(Decimal, ("1.2", "1.1", "1.055", "1.085", "1.021")))


def value_of(line: Line, items: tuple[Item, ...], time: Time | None, outcome: Outcome) -> None:
    """Say what the contract costs where its amounts tell it surely; else ask, with what they come to."""
    amounts = _priced(line, items)
    if _fee(line, items, outcome):
        return
    taxes = _taxes(amounts)
    worths = [worth_of(line, items, a, time, tax) for a, tax in zip(amounts, taxes, strict=True)]
    worths = _without_twins(worths)
    _mark_parts(line, worths)
    parts = [w for w in worths if "part" in w.item.marks]
    whole = [w for w in worths if "part" not in w.item.marks] or parts
    whole = _bounded(whole)
    if not whole:
        _works_alone(line, items, outcome)
        return
    total = _total(line, whole, outcome)
    outcome.used.update(id(w.item) for w in (worths if total is None else total))
    if total is not None:
        whole = total
    elif len(whole) > 1 and not _added(line, whole):
        _several(line, whole, outcome)
        return
    _ceilings(line, whole)
    if any(i.role == "tax" and "part" in i.marks for i in items):
        whole[0].reasons.append("tax-told-apart")
    if len(whole) > 1 and _mixed_tax(whole):
        for worth in whole:
            worth.reasons.append("tax-of-some")
    _tell(line, whole, outcome)


def _ceilings(line: Line, worths: list[Worth]) -> None:
    """Tell the maximum of a framework, which is its amount, from what a budget may not exceed."""
    for worth in worths:
        item = worth.item
        start = line.clause_start(item.first)
        of_budget = any(line.label(k, "budgets") for k in range(start, item.first))
        if item.bound == "maximum" and of_budget and "framework" not in line.said:
            item.bound = "at-most"
        elif item.bound == "ceiling":
            item.bound = "maximum" if "framework" in line.said else "at-most"


def _mark_parts(line: Line, worths: list[Worth]) -> None:
    """Mark what « et » joins to a part as a part too: « dont 80 000 de travaux et 40 000 d'entretien »."""
    for before, worth in pairwise(worths):
        between = line.words[before.item.last : worth.item.first]
        if (
            "part" in before.item.marks
            and set(between) & {"et", "and"}
            and not set(between) & {"+", "plu"}
        ):
            worth.item.marks.add("part")


def _priced(line: Line, items: tuple[Item, ...]) -> list[Item]:
    """Return the amounts that the contract costs, or brings in where it is a concession."""
    amounts = [i for i in items if i.kind == "amount" and i.top]
    added = [i for i in amounts if i.role == "addition"]
    others = [i for i in amounts if i.role in ("", "existing")]
    if added and len(others) == 1:
        others[0].role = "existing"
    if not any(not i.role for i in amounts):
        for item in amounts:
            item.role = "" if item.role == "offer" else item.role
    for item in amounts:
        if item.role == "capital" and "concession" not in line.said:
            item.role = ""
    turnover = [i for i in amounts if i.role == "turnover"]
    plain = [i for i in amounts if not i.role]
    works = [i for i in amounts if i.role == "works-estimate"]
    if "design" not in line.said:
        plain = [i for i in amounts if i.role in ("", "works-estimate")]
    elif works and not plain and "part" in works[0].marks:
        plain = works
    if not turnover or not ("concession" in line.said or not plain):
        return plain
    paid = [i for i in amounts if i.role == "subsidy" and _to_the_operator(line, i)]
    for item in (*plain, *(() if "concession" in line.said else turnover)):
        item.marks.add("unclear")
    chosen = {id(i) for i in (*turnover, *paid, *plain)}
    return [i for i in amounts if id(i) in chosen]


def _to_the_operator(line: Line, item: Item) -> bool:
    """Tell whether a subsidy is paid to whoever operates, and so is part of what the concession brings in."""
    return any(line.label(at, "to-the-operator") for at in range(item.last, item.last + 4))


def _fee(line: Line, items: tuple[Item, ...], outcome: Outcome) -> bool:
    """Say what a fee in per cent of works comes to: « honoraires 7,2 % de 8,5 M€ de travaux »."""
    fees = [i for i in items if i.kind == "share" and i.role == "fee"]
    if not fees or "design" not in line.said:
        return False
    works = [
        i for i in items if i.kind == "amount" and i.role in ("", "works-estimate") and not i.period
    ]
    if len(fees) != 1 or len(works) != 1:
        return False
    over = VAT if works[0].tax == "with" else None
    spans = [line.span(i.first, i.last) for i in (works[0], fees[0])]
    working = Sum(WHOLE, (Term((works[0].low,), fees[0].low, over),))
    outcome.used.add(id(works[0]))
    if works[0].high or "unclear" in works[0].marks or works[0].bound:
        outcome.guess(WHOLE, working, spans[0], "works-in-a-range")
        outcome.doubt(spans[0], "money", "works-in-a-range")
    else:
        outcome.state(WHOLE, working, spans)
    return True


def _taxes(amounts: list[Item]) -> list[str]:
    """Return the tax of each amount; that of the last holds for a list that says it once, at its end."""
    said = [a.tax for a in amounts]
    if said and said[-1] == "with" and not any(said[:-1]):
        return ["with"] * len(said)
    return said


def _works_alone(line: Line, items: tuple[Item, ...], outcome: Outcome) -> None:
    """Ask the fee of a design mission of which only the works are priced."""
    for item in items:
        if item.kind == "amount" and item.role == "works-estimate":
            outcome.doubt(line.span(item.first, item.last), "money", "works-and-no-fee")


def _mixed_tax(worths: list[Worth]) -> bool:
    return len({w.low.over for w in worths}) > 1 and any(not w.item.tax for w in worths)


def _without_twins(worths: list[Worth]) -> list[Worth]:
    """Return the amounts, one said without and with tax, or by the year and in all, once."""
    kept: list[Worth] = []
    for worth in worths:
        twin = next((k for k in kept if _twins(k, worth)), None)
        if twin is None:
            kept.append(worth)
        elif twin.item.tax == "with" and worth.item.tax == "without":
            kept[kept.index(twin)] = worth
            worth.reasons = [r for r in worth.reasons if r != "other-vat-rate"]
    return kept


def _twins(one: Worth, other: Worth) -> bool:
    taxes = {one.item.tax, other.item.tax}
    if (
        one.item.low == other.item.low
        and other.item.first - one.item.last <= 2
        and not other.yearly
    ):
        return True
    if taxes == {"with", "without"} and one.item.period == other.item.period and one.item.low:
        without, with_ = (one, other) if one.item.tax == "without" else (other, one)
        ratio = with_.item.low / without.item.low if without.item.low else Decimal(0)
        return any(abs(ratio - rate) < Decimal("0.003") for rate in _RATES)
    again = other.item.marks & {"restates", "total"} or bool(one.item.period) != bool(
        other.item.period
    )
    return bool(
        again
        and not other.yearly
        and abs(one.value - other.value) <= 1
        and one.value > 0
        and not one.yearly
    )


def _bounded(worths: list[Worth]) -> list[Worth]:
    """Return the amounts without lowest ones beside a highest, and without bounds beside plain ones."""
    if any(w.item.bound == "maximum" for w in worths):
        return [w for w in worths if w.item.bound not in ("minimum", "at-least")]
    plain = [w for w in worths if w.item.bound not in ("at-most", "at-least")]
    return plain or worths


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
    if (
        all(w.yearly for w in others)
        and not total.yearly
        and total.value > max(w.value for w in others)
    ):
        return [total]
    if "restates" not in total.item.marks and not opened:
        return None
    for worth in worths:
        worth.reasons.append("total-differs")
    _tell(line, [total], outcome)
    return others


def _added(line: Line, worths: list[Worth]) -> bool:
    """Tell whether amounts are parts of one: joined by a plus, lots, a list of things with their prices."""
    how = [joined(line, a.item, b.item) for a, b in pairwise(worths)]
    bounds = {w.item.bound for w in worths}
    return all(h in ("plus", "list") for h in how) and not (
        bounds & {"at-most", "at-least", "minimum"}
    )


def _several(line: Line, worths: list[Worth], outcome: Outcome) -> None:
    """Ask which of several amounts the contract costs."""
    for worth in worths:
        outcome.guess(
            YEARLY if worth.yearly else WHOLE,
            Sum(WHOLE, (worth.low,)),
            worth.spans[0],
            "several-amounts",
        )
        outcome.doubt(worth.spans[0], "money", "several-amounts")


def _tell(line: Line, worths: list[Worth], outcome: Outcome) -> None:
    """State what amounts come to together, or ask it where one of them is unsure."""
    spans = [span for worth in worths for span in worth.spans]
    reasons = [reason for worth in worths for reason in worth.reasons]
    outcome.local.update(_of_a_part(line, worths))
    yearly = [w.yearly for w in worths]
    criterion = YEARLY if all(yearly) else WHOLE
    if any(yearly) and not all(yearly):
        reasons.append("years-not-said")
        by_year = tuple(w.low for w in worths if w.yearly)
        outcome.guess(YEARLY, Sum(YEARLY, by_year), spans[0], "years-not-said")
        worths = [w for w in worths if not w.yearly]
    low = Sum(criterion, tuple(w.low for w in worths))
    high = Sum(HIGHEST, tuple(w.high or w.low for w in worths))
    ranged = any(w.high for w in worths)
    bounds = {w.item.bound for w in worths}
    if bounds & {"minimum", "at-least"}:
        reasons.append("lowest-only")
    if "at-most" in bounds and criterion == WHOLE:
        criterion, low, ranged = HIGHEST, Sum(HIGHEST, low.terms), False
    again = tuple(w.again or w.low for w in worths)
    _out(outcome, criterion, low, spans, reasons)
    if any(w.again for w in worths):
        outcome.guess(criterion, Sum(criterion, again), spans[0], reasons[0])
    by_year = tuple(w.by_year for w in worths if w.by_year)
    if criterion == WHOLE and not ranged and len(by_year) == len(worths):
        _out(outcome, YEARLY, Sum(YEARLY, by_year), spans, reasons)
    if ranged and criterion == WHOLE:
        _out(outcome, HIGHEST, high, spans, reasons)
    elif ranged:
        outcome.guess(criterion, Sum(criterion, high.terms), spans[0], "yearly-in-a-range")
        outcome.doubt(spans[0], "money", "yearly-in-a-range")


def _of_a_part(line: Line, worths: list[Worth]) -> set[int]:
    """Return the durations that are those of the upkeep of what is bought, not of the contract."""
    once = sum((w.value for w in worths if not w.item.period), Decimal(0))
    local: set[int] = set()
    for worth in worths:
        if not once or not worth.own:
            continue
        start = line.clause_start(worth.item.first)
        said = {label.name for k in range(start, worth.item.first) for label in line.labels[k]}
        if "upkeep" in said or (once > worth.value and "contract" not in said):
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
