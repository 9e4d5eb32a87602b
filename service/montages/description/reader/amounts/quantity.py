"""How many of a thing an amount is the price of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line

# A price as small as this for one of many cannot be that of all; one as great may; one of things of which it
# is not said how many is that of all.
# Of « 32 caméras 1 150 HT » it is asked where so many at that price come to more than the last.
_NOTHING, _MUCH, _OF_ALL_SURELY, _OF_ALL_AT_MOST = Decimal("0.1"), 5000, 50_000, 25_000
_OF_ALL, _ONE, _OTHER = "price-of-one-or-of-all", "price-of-one", "count-of-another-thing"


class Quantity(NamedTuple):
    """The counts that multiply a price, and why they may be the wrong ones."""

    counts: tuple[Item, ...] = ()
    reason: str = ""


def quantity_of(line: Line, amount: Item) -> Quantity:
    """Return the counts by which a price is multiplied; none where it is the price of all.

    « 2 classes de 15 tablettes, 389 € la tablette » counts both; a price of one of the two is asked.
    """
    of = _counts_of(line, amount)
    first = of.counts[0] if of.counts else amount
    packs = next((i for i in reversed(line.items) if i.first < first.first), amount)
    packed = packs.last in (first.first - 1, first.last) and line.label(first.first - 1, "of")
    if amount in (first, packs) or packs.kind != "count" or not packed or packs.low == 1:
        return of
    surely = first.kind == "count" and amount.unit not in ("", "each")
    return Quantity((packs, *of.counts), of.reason if surely else of.reason or _OF_ALL)


def _counts_of(line: Line, amount: Item) -> Quantity:
    """Return the counts of what a price is by, without what these are packed in."""
    counts = [i for i in line.items if i.kind in ("count", "measure", "people") and i.low > 0]
    at = line.items.index(amount)
    before = _without_size(line, at)
    if before and "times" in before.marks and before.last >= amount.first - 1:
        return Quantity((before,))
    unit = amount.unit if amount.unit != "each" else ""
    unit = unit or _the_noun(line, amount, counts) or _one_for_each(line, amount, counts)
    if unit:
        amount.unit = unit
        return _named(line, counts, amount, unit)
    linked = before and _linked(line, before, amount)
    if linked and before and before.per:
        return Quantity(_with_ratio(counts, before), linked.reason)
    if linked:
        return linked
    if amount.unit == "each":
        return _any(line, counts, amount)
    if _of_many(line, amount):
        return Quantity((), _ONE)
    return _implied(line, before, amount) if before else Quantity()


def _the_noun(line: Line, amount: Item, counts: list[Item]) -> str:
    """Return the thing that an amount is the price of one of: « 1 100 € le poste », « 118 € du km »."""
    article = line.label(amount.last, "of-one")
    if not article or "total" in amount.marks or not line.noun(article.last):
        return ""
    if line.plural(article.first):  # « 88 000 € les plots »
        return ""
    noun = line.word(article.last)
    counted = any(_same(noun, c) or _by_thousands(noun, c) for c in counts)
    ends = amount.low < _MUCH and line.word(article.last + 1) in {*",.;?!)", "", "de", "posee"}
    counted = (
        counted or line.words.count(noun) > 1 or (ends and [c.low > 1 for c in counts] == [True])
    )
    if not counted or line.label(article.last, "units-of-time"):
        return ""
    amount.last = article.last + 1
    behind = line.label(amount.last + (line.word(amount.last) == "et"), "periods")
    if behind and behind.says and not amount.period:
        amount.period, amount.last = behind.says, behind.last
    return noun


def _without_size(line: Line, at: int) -> Item | None:
    """Return the item before one, not the size of what is counted: « 8 600 bacs de 240 litres à 31 € »."""
    before = line.items[at - 1] if at else None
    counted = line.items[at - 2] if at > 1 else None
    if not before or not counted or before.kind != "measure" or counted.kind != "count":
        return before
    if not line.label(before.first - 1, "of") or counted.last != before.first - 1:
        return before
    counted.last = before.last
    before.marks.add("used")
    return counted


def _one_for_each(line: Line, amount: Item, counts: list[Item]) -> str:
    """Return that of which each has one of what is priced: « un écran par classe à 2 100 € »."""
    start, words = line.clause_start(amount.first), lexicon().words
    single = {"un", "une", "1"} & set(line.words[start : amount.first])
    for k in range(start + 2, amount.first - 1) if single else ():
        noun = line.word(k + 1)
        if line.word(k) in words["per"] and any(_same(noun, c) for c in counts):
            return noun if line.label(amount.first - 1, "at") else ""
    return ""


def _same(noun: str, count: Item) -> bool:
    same = [things for things in lexicon().same_things if noun in things]
    return any(noun == other or any(other in things for things in same) for other in count.nouns)


def _by_thousands(noun: str, count: Item) -> bool:
    """Tell whether a thousand of a thing is one of what is counted: metres of « 14 km »."""
    part = lexicon().tables["thousands"].get((*count.nouns, "")[0], "")
    return noun == part or any({noun, part} <= things for things in lexicon().same_things)


def _named(line: Line, counts: list[Item], amount: Item, noun: str) -> Quantity:
    """Return the count of the things that a price is by."""
    if noun.isdigit():  # « 31 € le mille »
        fit = [c for c in counts if c.kind == "count" and c.low > int(noun)]
        for count in fit if len(fit) == 1 else ():
            return Quantity((replace(count, low=count.low / int(noun)),))
        return Quantity((), _ONE)
    exact = [count for count in counts if noun in count.nouns[:3]]
    exact = exact or [c for c in counts if _same(noun, c)]
    exact = exact or [c for c in counts if any(n.endswith(noun) for n in c.nouns[:2])]
    if exact:
        nearest = _nearest(line, exact, amount)
        alike = len({count.low for count in exact}) == 1
        return Quantity(_with_ratio(counts, nearest), "" if alike else "several-counts")
    words = lexicon().words
    persons = [count for count in counts if set(count.nouns[:2]) & words["persons"]]
    if noun in words["daily"] and len(persons) == 1:
        amount.period = amount.period or "day"
        return Quantity((persons[0],))
    ratios = [count for count in counts if count.per and not count.nouns]
    if len(ratios) == 1 and len(pair := _with_ratio(counts, ratios[0])) == 2:
        return Quantity(pair)
    larger = [c for c in counts if _by_thousands(noun, c)]
    if len(larger) == 1 and larger[0].low < _MUCH:
        larger[0].low, larger[0].nouns = larger[0].low * 1000, (noun,)
        return Quantity((larger[0],))
    if noun in words["anybody"] and (all_of := _together(line, counts)):
        return Quantity((all_of,))
    others = [count for count in counts if not set(count.nouns) & words["bodies"]]
    if len(others) != 1:
        return Quantity((), _ONE)
    reason = "" if noun in words["generic-things"] else _OTHER
    return Quantity(_with_ratio(counts, others[0]), reason)


def _together(line: Line, counts: list[Item]) -> Item | None:
    """Return two counts of people joined by a plus as one: « 48 élèves + 4 professeurs »."""
    for one, other in pairwise(counts):
        between = range(one.last, other.first)
        people = {*one.nouns, *other.nouns} & lexicon().words["persons"]
        joined = people and len(between) == 1 and line.label(between[0], "plus")
        if joined and not (one.high or other.high):
            return replace(one, last=other.last, low=one.low + other.low)
    return None


def _nearest(line: Line, counts: list[Item], amount: Item) -> Item:
    at = line.items.index(amount)
    place = line.items.index
    return min(counts, key=lambda count: (place(count) > at, abs(place(count) - at)))


def _with_ratio(counts: list[Item], count: Item) -> tuple[Item, ...]:
    """Return a count, and what it is for one of: « 62 collèges, 18 par établissement »."""
    others = [c for c in counts if c is not count]
    if not count.per:
        ratio = [c for c in others if c.per and not c.nouns]
        return (count, ratio[0]) if len(ratio) == 1 else (count,)
    whole = [c for c in others if _same(count.per, c)] or [c for c in others if not c.per]
    return (whole[0], count) if len(whole) == 1 else (count,)


def _linked(line: Line, before: Item, amount: Item) -> Quantity | None:
    """Return the count that a price follows with « à » or « de »: « 500 capteurs à 420 € »."""
    last, words, by_piece = amount.first, lexicon().words, amount.unit == "each"
    alone = by_piece or line.word(before.first - 1) in ("", ".", ":")
    if before.kind == "bare" and alone and line.words[before.last : last] == ["a"]:
        before.marks.add("used")
        return Quantity((before,))
    days = before.kind == "duration" and before.unit != "month"
    long = before.kind == "measure" and before.unit not in ("power", "data")
    if not (before.kind == "count" or days or long) or before.low <= 0:
        return None
    while last > before.last and line.label(last - 1, "approximate", "maximum", "ceiling"):
        last -= 1
    between, lots = line.words[before.last : last], _is_of(before, "lots")
    valued = {*between[:-1], *before.nouns} & (words["valued"] - words["lots"])
    if not between or len(between) > 8 or valued or set(between) & set(",.?;:"):
        return None
    if lots and _told_one_by_one(line, before, amount):
        return Quantity()
    if line.times(before.last, last):
        return Quantity(_chain(line, before))
    if line.label(last - 1, "of") and (lots or len(between) == 1):
        return Quantity((before,), "" if lots or by_piece else _OF_ALL)
    if not line.label(last - 1, "at", "times"):
        return None
    known = line.label(before.first - 1, "places", "of") or line.definite(before.first - 1)
    great = amount.low >= _MUCH or (bool(amount.period) and not days)
    of_all = great and not amount.unit and bool(known)
    if of_all and _of_an_offer(line, before):
        return Quantity()
    other = line.items[line.items.index(before) - 1]
    joins = line.words[other.last : before.first] in (["et"], ["and"])
    if by_piece and other.kind == "count" and joins:
        return Quantity((before,), "several-counts")
    bodies = _is_of(before, "bodies") and not lots
    small = before.low * lexicon().tables["small-each"]
    surely_one = (by_piece and not bodies) or amount.top < small
    placed = bodies or of_all or bool(set(between[:-1]) & words["places"])
    return Quantity((before,), _OF_ALL if placed and not surely_one else "")


def _is_of(count: Item, name: str) -> bool:
    """Tell whether what is counted is of a list."""
    return bool(set(count.nouns[:1]) & lexicon().words[name])


def _of_an_offer(line: Line, count: Item) -> bool:
    """Tell whether a count only says where: « une offre pour la GTB des 5 écoles à 94 000 € »."""
    before = line.words[line.clause_start(count.first) : count.first - 1]
    return line.definite(count.first - 1) and bool(set(before) & lexicon().words["valued"])


def _told_one_by_one(line: Line, before: Item, amount: Item) -> bool:
    """Tell whether as many amounts follow a number of lots as there are lots."""
    after = line.items[line.items.index(amount) : line.items.index(amount) + int(before.low)]
    return len(after) == before.low > 1 and all(i.kind == "amount" for i in after)


def _chain(line: Line, last: Item) -> tuple[Item, ...]:
    """Return counts joined by a sign of times: « 8 communes x 4 caméras x 1 200 € »."""
    before = line.items[line.items.index(last) - 1]
    joined = before.kind == "count" and line.times(before.last, last.first)
    return (*_chain(line, before), last) if joined else (last,)


def _any(line: Line, counts: list[Item], amount: Item) -> Quantity:
    """Return the count that « pièce », « chacun » or « l'unité » speaks of."""
    things = [c for c in counts if c.kind != "people"]
    fit = [c for c in things if _is_of(c, "lots") or not _is_of(c, "bodies")]
    ratios = [c for c in fit if c.per]
    if len(ratios) == 1:
        pair = _with_ratio(things, ratios[0])
        return Quantity(pair, "" if len(pair) == 2 else _OTHER)
    fit = [c for c in fit if c.kind == "count"] or fit
    fit = [c for c in fit if not c.period] or fit
    fit = [c for c in fit if c.first < amount.first] or fit
    if len(fit) < 2:
        return Quantity(tuple(fit), "" if fit else _ONE)
    near = line.items[line.items.index(amount) - 1]
    things = [c for c in fit if not line.label(c.first - 1, "places")]
    beside = near in fit and line.tokens[near.first].clause == line.tokens[amount.first].clause
    lots = near in fit and _is_of(near, "lots")
    if (beside and near in things) or (lots and line.words[near.last : amount.first] == [","]):
        return Quantity((near,))
    return Quantity((_nearest(line, fit, amount),), "several-counts")


def _of_many(line: Line, amount: Item) -> bool:
    """Tell whether a price follows things of which it is not said how many: « des capteurs à 45 € »."""
    at = amount.first - 1
    things = line.label(at, "at") and line.noun(at - 1) and line.many(at - 1)
    if not things or line.number(at - 2) or "total" in amount.marks:
        return False
    if amount.low >= _OF_ALL_SURELY and not amount.period:
        return False
    return line.word(at - 1) not in lexicon().words["valued"]


def _implied(line: Line, before: Item, amount: Item) -> Quantity:
    """Return the count beside an amount too small to be the price of all: « 60 personnes, 22 €/mois »."""
    apart = line.tokens[amount.first].clause - line.tokens[before.last - 1].clause > 1
    whole = "total" in amount.marks or amount.role or apart or _is_of(before, "bodies")
    if whole or before.kind != "count" or not before.nouns:
        return Quantity()
    great = before.low * amount.top > _OF_ALL_AT_MOST and amount.top < _MUCH
    if before.last == amount.first and great and not amount.period:
        return Quantity((before,), _OF_ALL)
    months, small = lexicon().months.get(amount.period), lexicon().tables["small-monthly"]
    price = amount.top / before.low / (months or 1)
    persons = bool(set(before.nouns[:2]) & lexicon().words["persons"])
    if months and price < small * (5 if persons else Decimal("0.5")):
        return Quantity((before,), "" if persons and price < small else _OF_ALL)
    least = lexicon().tables["small-dear" if _is_of(before, "dear") else "small-each"]
    if not amount.period and not persons and price < least:
        return Quantity((before,), _OF_ALL if price > _NOTHING else "")
    return Quantity()
