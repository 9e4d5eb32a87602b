"""One value from several amounts: parts, totals said again, lots and options added, bounds, ranges."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from montages.description.reader.amounts.amount_types import AmountReading, Span, Sum, Term
from montages.description.reader.amounts.line import STOPS, Item, Line
from montages.description.reader.amounts.time import Time
from montages.description.reader.amounts.worth import VAT, Worth, worth_of
from montages.description.reader.lexicon import lexicon

WHOLE, HIGHEST, YEARLY = "estimated-value", "highest-value", "yearly-value"
# How much an amount with tax may be of one without.
_WITH_TAX = Decimal("1.02"), Decimal("1.21")


def value_of(line: Line, time: Time | None, reading: AmountReading) -> None:
    """Say what the contract costs where its amounts tell it surely; else ask, with what they come to."""
    amounts = _priced(line)
    if _fee(line, reading):
        return
    worths = _once_each(line, [worth_of(line, amount, time) for amount in amounts])
    whole = _bounded([w for w in worths if "part" not in w.item.marks] or worths)
    for worth in worths:
        worth.item.marks.add("used")
    if not whole:
        return
    if len(whole) > 1 and _rivals(line, whole[0].item):
        whole.sort(key=lambda worth: worth.value)
        whole[0].high, whole = whole[-1].low, whole[:1]
    if not all(_added(line, a.item, b.item) for a, b in pairwise(whole)):
        whole = whole[:1]
        whole[0].unsure = True
    framework = "framework" in line.said
    for item in (worth.item for worth in whole):
        before = line.clause_before(item)
        budget = item.bound == "maximum" and any(line.label(k, "budgets") for k in before)
        if budget or item.bound == "ceiling":
            # The maximum of a framework is its amount; what a budget may not exceed is not.
            item.bound = "maximum" if framework else "at-most"
    of_some = len({w.low.over for w in whole}) > 1 and not all(w.item.tax for w in whole)
    # What was bought before may be of the same need.
    whole[0].unsure |= of_some or any(i.role in ("tax", "earlier") for i in line.items)
    _tell(line, whole, reading)


def _priced(line: Line) -> list[Item]:
    """Return the amounts that the contract costs, or brings in where it is a concession."""
    amounts = [i for i in line.items if i.kind == "amount" and i.top]
    concession, design = "concession" in line.said, "design" in line.said
    _changed(line, amounts)
    roles = [i.role for i in amounts]
    # The fees of who designs works are another contract's, beside the works.
    beside_works = {"fees", "works-estimate"} <= {*roles} and "design-build" not in line.said
    prices = {
        "": True,
        "offer": "" not in roles,
        "capital": not concession,
        "fees": not beside_works,
        "works-estimate": not concession and (not design or beside_works),
        "rest": roles.count("") > 1,
    }
    plain = [i for i in amounts if prices.get(i.role)]
    turnover = [i for i in amounts if i.role == "turnover"]
    if not turnover or not (concession or not plain):
        return plain
    # What is paid each year to whoever operates is part of what the concession brings in.
    aid = [i for i in amounts if i.role in ("subsidy", "given") and i.period] if concession else []
    return [i for i in amounts if i in (*turnover, *plain, *aid)]


def _changed(line: Line, amounts: list[Item]) -> None:
    """Note that the one amount of a contract that is changed is what it cost before."""
    of_contract = ("", "existing", "offer", "turnover", "works-estimate")
    for one, other in pairwise(line.items):
        change = one.role in ("addition", "modification") and other.kind == "amount"
        if change and line.words[one.last : other.first][-1:] == ["sur"]:
            other.role = "existing"
    others = [i for i in amounts if i.role in of_contract]
    added = any(i.role == "addition" for i in amounts)
    shared = any(i.role == "modification" for i in line.items)
    if len(others) == 1 and (added or shared):
        others[0].role = "existing"


def _fee(line: Line, reading: AmountReading) -> bool:
    """Say what a fee in per cent of works comes to: « honoraires 7,2 % de 8,5 M€ de travaux »."""
    fees = [i for i in line.items if i.role == "fee"]
    works = [i for i in line.items if i.kind == "amount" and i.role in ("", "works-estimate")]
    if len(fees) != 1 or len(works) != 1 or "design" not in line.said:
        return False
    of = works[0]
    of.marks.add("used")
    working = Sum(WHOLE, (Term((of.low,), fees[0].low, VAT if of.tax == "with" else None),))
    unsure = bool(of.high or of.bound) or _only_named(line, fees[0])
    _out(reading, working, [line.span_of(i) for i in (of, fees[0])], unsure)
    return True


def _only_named(line: Line, fee: Item) -> bool:
    """Tell whether the design is first spoken of beside its fee, behind what is built."""
    clause = line.clause_before(fee)
    heads = range(line.tokens[fee.first].clause and clause.start)
    return bool(heads) and not any(line.label(at, "design") for at in heads)


def _once_each(line: Line, worths: list[Worth]) -> list[Worth]:
    """Return the amounts without those said again: with tax, by the year, or as the parts of one."""
    kept: list[Worth] = []
    for worth in worths:
        twin = next((k for k in kept if _twins(line, k, worth)), None)
        if twin is None:
            kept.append(worth)
        elif worth.item.tax == "without":
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


def _rivals(line: Line, first: Item) -> bool:
    """Tell whether amounts are those of several quotes: the lowest and the highest are told."""
    words = lexicon().words
    several = [line.word(k) for k in range(first.first) if line.many(k)]
    return not words["rivals"].isdisjoint(several) and words["ordinal-lists"].isdisjoint(several)


def _added(line: Line, before: Item, item: Item) -> bool:
    """Tell whether two amounts are parts of one: joined by a plus, lots, things listed with their prices."""
    words = lexicon().words
    between, behind = range(before.last, item.first), range(item.first)
    headed = any(line.word(k) in words["ordinal-lists"] and line.many(k) for k in behind)
    if any(line.label(k, "plus") for k in between):
        return True
    stops = [k for k in between if line.word(k) in STOPS]
    start = stops[-1] + 1 if stops else before.last
    phrase = line.tokens[before.first].phrase == line.tokens[item.first].phrase
    if not (phrase or line.word(start) in words["ordinal-lists"] or ";" in map(line.word, stops)):
        return False
    named = {line.word(k) for k in range(start, item.first)}
    loose, valuing = named & words["functions"] - words["links"], named & words["valuing"]
    if headed or loose or valuing:
        return headed and not valuing
    if not any(map(line.noun, range(start, item.first))):
        # « 96 000 HT de caméras, 8 000 de maintenance »: the things stand behind their prices.
        return all(
            line.label(i.last, "links") and any(map(line.noun, (i.last + 1, i.last + 2)))
            for i in (before, item)
        )
    # « 22 caméras, 96 000 HT, maintenance 8 000 par an »: the thing stands before a comma.
    ahead = before.first - bool(item.period or before.unit)
    back = max((k + 1 for k in range(ahead) if line.word(k) in STOPS), default=0)
    return any(map(line.noun, (*range(back, before.first), *range(before.last, start))))


def _twins(line: Line, one: Worth, other: Worth) -> bool:
    """Tell whether an amount is one before said again."""
    first, item = one.item, other.item
    if any(line.label(at, "plus") for at in range(first.last, item.first)):
        return False
    if {first.tax, item.tax} == {"with", "without"}:
        without, with_ = sorted((first.low, item.low))
        return _WITH_TAX[0] < with_ / without < _WITH_TAX[1]
    of_a_year = one.by_year is not None and one.by_year.value == other.value
    spelled = first.low == item.low and item.first - first.last <= 2
    restated = item.marks & {"restates", "total"}
    otherwise = restated or len(one.low.factors) != len(other.low.factors)
    return of_a_year or spelled or bool(otherwise and abs(one.value - other.value) <= 1)


def _bounded(worths: list[Worth]) -> list[Worth]:
    """Return the amounts without lowest ones beside a highest, and without bounds beside plain ones."""
    if any(w.item.bound == "maximum" for w in worths):
        of_one = [w for w in worths if not w.item.bound and len(w.low.factors) > 1]
        lowest = [w for w in worths if w.item.bound in ("minimum", "at-least")]
        return [w for w in worths if w not in (*of_one, *lowest)]
    return [w for w in worths if w.item.bound not in ("at-most", "at-least")] or worths


def _tell(line: Line, worths: list[Worth], reading: AmountReading) -> None:
    """State what amounts come to together, or ask it where one of them is unsure."""
    spans = [span for worth in worths for span in worth.spans]
    unsure = any(worth.unsure for worth in worths)
    _own_times(line, worths)
    once = [w for w in worths if not w.yearly]
    # A price by the year beside one for good: for how many years is not said.
    unsure |= 0 < len(once) < len(worths)
    criterion, worths = (WHOLE, once) if once else (YEARLY, worths)
    low, high = tuple(w.low for w in worths), tuple(w.high or w.low for w in worths)
    ranged = any(w.high for w in worths)
    bounds = {w.item.bound for w in worths}
    if "at-most" in bounds:
        criterion, ranged = HIGHEST, False
    unsure |= bool(bounds & {"minimum", "at-least"}) or (ranged and criterion == YEARLY)
    _out(reading, Sum(criterion, low), spans, unsure)
    by_year = tuple(w.by_year for w in worths if w.by_year)
    if criterion == WHOLE and not ranged and len(by_year) == len(worths):
        _out(reading, Sum(YEARLY, by_year), spans, unsure)
    if ranged and criterion == WHOLE:
        _out(reading, Sum(HIGHEST, high), spans, unsure)


def _own_times(line: Line, worths: list[Worth]) -> None:
    """Give the durations of the upkeep of what is bought their role: they are not the contract's."""
    once = sum(w.value for w in worths if not w.item.period)
    for worth in worths:
        before = line.clause_before(worth.item)
        if once > worth.value and worth.own and not any(line.label(k, "contract") for k in before):
            worth.own.role = "upkeep"


def _out(reading: AmountReading, working: Sum, spans: list[Span], unsure: bool) -> None:
    if unsure:
        reading.guesses.append(working)
        reading.doubts.setdefault(spans[0], "money")
    else:
        reading.state(working, spans)
