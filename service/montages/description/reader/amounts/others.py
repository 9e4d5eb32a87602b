"""The facts that are no price: inhabitants, agents, kW, m², what is bought a year, the share of a change."""

from __future__ import annotations

from montages.description.reader.amounts.amount_types import AmountReading, Sum, Term
from montages.description.reader.amounts.combine import WHOLE
from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.amounts.roles import is_population
from montages.description.reader.amounts.worth import VAT
from montages.description.reader.lexicon import lexicon

_AROUND, _SHARE, _SEVERAL = 4, "modification-share", 2


def other_facts(line: Line, reading: AmountReading) -> None:
    """Say the size of the holder and of the building, and how much a change is of the first amount."""
    sizes = lexicon().tables["sizes"].items()
    facts = {criterion: [i for i in line.items if _is_of(line, i, *of)] for criterion, of in sizes}
    facts["population"] = [i for i in line.items if is_population(line, i)]
    facts["annual-purchases"] = [
        i for i in line.items if i.role == "purchases" and i.period == "year"
    ]
    for criterion, items in facts.items():
        if len({item.low for item in items}) == 1:
            spans = [line.span_of(item) for item in items]
            reading.state(Sum(criterion, (Term((items[0].low,)),)), spans)
    _change(line, reading)


def _is_of(line: Line, item: Item, unit: str, near: str, far: str, back: int) -> bool:
    """Tell whether a number is of a unit, beside words that tell of what it is and none of another."""
    around = range(max(item.first - back, 0), min(item.last + _AROUND, len(line.words)))
    of_unit = item.kind in ("count", "measure") and line.label(item.first + 1, unit)
    named = any(line.label(k, near) for k in around)
    return bool(of_unit) and named and not any(line.label(k, far) for k in around)


def _change(line: Line, reading: AmountReading) -> None:
    """Say what a change of a contract in force costs, and how much in per cent all changes are of it."""
    shares = [i for i in line.items if i.role == "modification"]
    amounts = [i for i in line.items if i.kind == "amount" and not i.period]
    first = [i for i in amounts if i.role == "existing"]
    added = [i for i in amounts if i.role == "addition"]
    if any(i.high for i in (*shares, *first, *added)):
        return
    spans = [line.span_of(i) for i in (*shares, *added)]
    taxed = {i.tax == "with" for i in added}
    if len(taxed) == 1 and WHOLE not in reading.workings:
        over = VAT if True in taxed else None
        reading.state(Sum(WHOLE, tuple(Term((i.low,), None, over) for i in added)), spans)
    terms = [Term((i.low / 100,)) for i in shares]
    compared = len(first) == 1 and {i.tax == "with" for i in first} == taxed
    if compared and first[0].low > sum(i.low for i in added):
        terms += [Term((i.low,), None, first[0].low) for i in added]
        spans.append(line.span_of(first[0]))
    # What was changed before counts too.
    before = "already" in line.said and len(terms) < _SEVERAL
    if terms and not before and (compared or not added):
        reading.state(Sum(_SHARE, tuple(terms)), spans)
