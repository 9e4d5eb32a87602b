"""How many of a thing an amount is the price of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line

_TIMES = frozenset({"x", "×", "*"})
_AT, _OF = frozenset({"a", "at", "@"}) | _TIMES, frozenset({"de", "d", "of"})
# A price as small as this for one of many cannot be that of all; one as great may.
_NOTHING, _MUCH = Decimal("0.1"), 5000
_OF_ALL, _ONE, _OTHER = "price-of-one-or-of-all", "price-of-one", "count-of-another-thing"


@dataclass
class Quantity:
    """The counts that multiply a price, and why they may be the wrong ones."""

    counts: tuple[Item, ...] = ()
    reason: str = ""


def quantity_of(line: Line, items: tuple[Item, ...], amount: Item) -> Quantity:
    """Return the counts by which a price is multiplied; none where it is the price of all."""
    counts = [i for i in items if i.kind in ("count", "measure", "people") and i.low > 0]
    at = items.index(amount)
    before = items[at - 1] if at else None
    if before and "times" in before.marks and before.last >= amount.first - 1:
        return Quantity((before,))
    unit = amount.unit if amount.unit != "each" else ""
    unit = unit or _the_noun(line, amount, counts)
    if unit:
        return _named(items, counts, amount, unit)
    linked = before and _linked(line, items, before, amount)
    if linked:
        return linked
    if amount.unit == "each":
        return _any(line, items, counts, amount)
    if _of_many(line, amount):
        return Quantity((), _ONE)
    return _implied(line, before, amount) if before else Quantity()


def _the_noun(line: Line, amount: Item, counts: list[Item]) -> str:
    """Return the thing that an amount is the price of one of: « 1 100 € le poste », « 118 € du km »."""
    after = (
        amount.last + 1 + (line.words[amount.last : amount.last + 2] in (["de", "la"], ["de", "l"]))
    )
    article = line.word(after - 1) in ("le", "la", "l", "du")
    if (
        "total" in amount.marks
        or not article
        or not line.noun(after)
        or line.label(after, "units-of-time")
    ):
        return ""
    noun = line.word(after)
    if not any(_same(noun, count) for count in counts) and line.words.count(noun) < 2:
        return ""
    amount.held.update(range(amount.last, after))
    amount.last = after + 1
    return noun


def _same(noun: str, count: Item) -> bool:
    same = [things for things in lexicon().same_things if noun in things]
    return any(noun == other or any(other in things for things in same) for other in count.nouns)


def _named(items: tuple[Item, ...], counts: list[Item], amount: Item, noun: str) -> Quantity:
    """Return the count of the things that a price is by."""
    exact = [count for count in counts if noun in count.nouns[:3]] or [
        c for c in counts if _same(noun, c)
    ]
    exact = exact or [c for c in counts if any(n.endswith(noun) for n in c.nouns[:2])]
    others = [count for count in counts if not set(count.nouns) & lexicon().words["bodies"]]
    if len({count.low for count in exact}) == 1:
        return Quantity(_with_ratio(counts, exact[0]))
    if exact:
        return Quantity(_with_ratio(counts, _nearest(items, exact, amount)), "several-counts")
    if len(others) != 1:
        return Quantity((), _ONE)
    reason = "" if noun in lexicon().words["generic-things"] else _OTHER
    return Quantity(_with_ratio(counts, others[0]), reason)


def _nearest(items: tuple[Item, ...], counts: list[Item], amount: Item) -> Item:
    at = items.index(amount)
    return min(counts, key=lambda count: (items.index(count) > at, abs(items.index(count) - at)))


def _with_ratio(counts: list[Item], count: Item) -> tuple[Item, ...]:
    """Return a count, and what it is for one of: « 62 collèges, 18 par établissement »."""
    others = [c for c in counts if c is not count]
    if not count.per:
        ratio = [c for c in others if c.per and not c.nouns]
        return (count, ratio[0]) if len(ratio) == 1 else (count,)
    whole = [c for c in others if _same(count.per, c)] or [c for c in others if not c.per]
    return (whole[0], count) if len(whole) == 1 else (count,)


def _linked(line: Line, items: tuple[Item, ...], before: Item, amount: Item) -> Quantity | None:
    """Return the count that a price follows with « à » or « de »: « 500 capteurs à 420 € »."""
    between, words = line.words[before.last : amount.first], lexicon().words
    each = amount.unit == "each"
    if before.kind == "bare" and between == ["a"] and each:
        before.marks.add("used")
        return Quantity((before,))
    days = before.kind == "duration" and before.unit != "month"
    long = before.kind == "measure" and before.unit not in ("power", "data")
    if not (before.kind == "count" or days or long) or before.low <= 0:
        return None
    while between and line.label(
        before.last + len(between) - 1, "approximate", "maximum", "at-most"
    ):
        between = between[:-1]
    lots = bool(set(before.nouns[:1]) & words["lots"])
    valued = {*between[:-1], *before.nouns} & (words["valued"] - words["lots"])
    if not between or len(between) > 8 or valued or set(between) & {",", ".", "?", ";", ":"}:
        return None
    if lots and _told_one_by_one(items, before, amount):
        return Quantity()
    if between[-1] in _TIMES and len(between) == 1:
        return Quantity(_chain(line, items, before))
    if between[-1] in _OF and (lots or len(between) == 1):
        return Quantity((before,), "" if lots or each else _OF_ALL)
    if between[-1] not in _AT:
        return None
    bodies = bool(set(before.nouns[:1]) & words["bodies"]) and not lots
    placed = bool(set(between[:-1]) & words["places"]) or bodies
    great = amount.low >= _MUCH or (bool(amount.period) and not days)
    known = line.word(before.first - 1) in words["places"] | _OF or line.definite(before.first - 1)
    of_all = great and not amount.unit and known
    if of_all and _of_an_offer(line, before):
        return Quantity()
    surely_one = (each and not bodies) or amount.top < before.low * lexicon().small_each
    return Quantity((before,), _OF_ALL if (placed or of_all) and not surely_one else "")


def _of_an_offer(line: Line, count: Item) -> bool:
    """Tell whether a count only says where: « une offre pour la GTB des 5 écoles à 94 000 € »."""
    said = line.words[line.clause_start(count.first) : count.first - 1]
    return line.definite(count.first - 1) and bool(set(said) & lexicon().words["valued"])


def _told_one_by_one(items: tuple[Item, ...], before: Item, amount: Item) -> bool:
    """Tell whether as many amounts follow a number of lots as there are lots."""
    after = items[items.index(amount) : items.index(amount) + int(before.low)]
    return len(after) == before.low > 1 and all(i.kind == "amount" for i in after)


def _chain(line: Line, items: tuple[Item, ...], last: Item) -> tuple[Item, ...]:
    """Return counts joined by a sign of times: « 8 communes x 4 caméras x 1 200 € »."""
    before = items[items.index(last) - 1] if items[0] is not last else None
    joined = before and before.kind == "count" and line.words[before.last : last.first]
    return (
        (*_chain(line, items, before), last)
        if before and joined and set(joined) <= _TIMES
        else (last,)
    )


def _any(line: Line, items: tuple[Item, ...], counts: list[Item], amount: Item) -> Quantity:
    """Return the count that « pièce », « chacun » or « l'unité » speaks of."""
    words = lexicon().words
    fit = [
        c
        for c in counts
        if not set(c.nouns[:1]) & (words["bodies"] - words["lots"]) and c.kind != "people"
    ]
    ratios = [c for c in fit if c.per]
    if len(ratios) == 1:
        pair = _with_ratio([c for c in counts if c.kind != "people"], ratios[0])
        return Quantity(pair, "" if len(pair) == 2 else _OTHER)
    fit = [c for c in fit if c.kind == "count"] or fit
    if len(fit) < 2:
        return Quantity((fit[0],)) if fit else Quantity((), _ONE)
    near = items[items.index(amount) - 1]
    things = [c for c in fit if line.word(c.first - 1) not in words["places"]]
    beside = near in fit and line.tokens[near.first].clause == line.tokens[amount.first].clause
    if beside and (near in things or not things):
        return Quantity((near,))
    lots = near in fit and set(near.nouns[:1]) & words["lots"]
    if lots and line.words[near.last : amount.first] == [","]:
        return Quantity((near,))
    if len(things) == 1:
        return Quantity((things[0],))
    return Quantity((_nearest(items, fit, amount),), "several-counts")


def _of_many(line: Line, amount: Item) -> bool:
    """Tell whether a price follows things of which it is not said how many: « des capteurs à 45 € »."""
    at, words = amount.first - 1, lexicon().words
    things = line.word(at) in ("a", "at", "@") and line.noun(at - 1) and line.many(at - 1)
    things = things and not line.number(at - 2)
    return things and line.word(at - 1) not in words["valued"] and "total" not in amount.marks


def _implied(line: Line, before: Item, amount: Item) -> Quantity:
    """Return the count beside an amount too small to be the price of all: « 60 personnes, 22 €/mois »."""
    words, months = lexicon().words, lexicon().months.get(amount.period)
    apart = line.tokens[amount.first].clause - line.tokens[before.last - 1].clause > 1
    if (
        before.kind != "count"
        or not before.nouns
        or "total" in amount.marks
        or amount.role
        or apart
    ):
        return Quantity()
    each, persons = amount.top / before.low, bool(set(before.nouns[:2]) & words["persons"])
    small = lexicon().small_monthly
    if set(before.nouns[:1]) & words["bodies"]:
        return Quantity()
    if months and each / months < small * (5 if persons else Decimal("0.5")):
        return Quantity((before,), "" if persons and each / months < small else _OF_ALL)
    if not amount.period and not persons and each < lexicon().small_each:
        return Quantity((before,), _OF_ALL if each > _NOTHING else "")
    return Quantity()
