"""How many of a thing an amount is the price of."""

from __future__ import annotations

from decimal import Decimal

from montages.description.reader.amounts.line import Item, Line
from montages.description.reader.lexicon import lexicon, months_of

# A price as small as this for one of many cannot be that of all; one as great may; one of things of which it
# is not said how many is that of all.
_NOTHING, _MUCH, _OF_ALL_SURELY, _MANY_TIMES = Decimal("0.1"), 5000, 50_000, 5

# What joins packs and what they hold.
_PACKED = (["de"], ["d", "env"], ["d", "environ"])

# The counts that multiply a price, and whether they are surely those.
Quantity = tuple[tuple[Item, ...], bool]
_PRICE_OF_ALL: Quantity = ((), True)
_PRICE_OF_ONE: Quantity = ((), False)


def quantity_of(line: Line, amount: Item) -> Quantity:
    """Return the counts by which a price is multiplied; none where it is the price of all.

    « 2 classes de 15 tablettes, 389 € la tablette » counts both; a price of one of the two is asked.
    """
    counts, sure = _counts_of(line, amount)
    sure = sure and not _one_more(line, counts, amount)
    counts = (*_how_often(line, amount, counts), *counts)
    packs = line.beside(counts[0]) if counts else None
    if not packs or line.words[packs.last : counts[0].first] not in _PACKED:
        return counts, sure
    named = amount.unit not in ("", "each")
    return (packs, *counts), named and counts[0].kind == "count"


def _one_more(line: Line, counts: tuple[Item, ...], amount: Item) -> bool:
    """Tell whether another thing is named by « un » before the price of each: « 2 sondes et un routeur »."""
    between = range(counts[-1].last, amount.first) if counts and amount.unit == "each" else ()
    return any(line.label(k, "one-more") for k in between)


def _how_often(line: Line, amount: Item, counts: tuple[Item, ...]) -> list[Item]:
    """Return how often in a period what is counted comes again: « 1 400 ex. deux fois par an »."""
    if not counts or any(c.period for c in counts):
        return []
    return [i for i in line.items if i.period and _is_of(i, "occasions")]


def _counts_of(line: Line, amount: Item) -> Quantity:
    """Return the counts of what a price is by, without what these are packed in."""
    counts = [i for i in line.items if i.kind in ("count", "measure", "people")]
    amount.unit = _the_noun(line, amount, counts) or amount.unit
    if not amount.unit and amount.low < lexicon().tables["small-meal"]:
        amount.unit = _of_meals(line)
    if amount.unit not in ("", "each"):
        return _named(line, counts, amount)
    before = line.beside(amount)
    if before and (before.kind == "name" or "foi" in before.nouns):
        before = line.beside(before)  # « 9 clés 4G à 14 € »
    linked = before and _linked(line, before, amount)
    if before and linked:
        return (with_ratio(counts, before), linked[1]) if before.per else linked
    if amount.unit == "each":
        return _any(line, counts, amount)
    # « 18 caméras, 1 250 € posée »: the participle is of one.
    fitted = line.word(amount.last) in lexicon().words["one-fitted"] and not line.many(amount.last)
    if before and fitted:
        return (before,), True
    if _of_many(line, amount):
        return _PRICE_OF_ONE
    return _implied(before, amount) if before else _PRICE_OF_ALL


def _of_meals(line: Line) -> str:
    """Return the meals that a sentence counts by the day, as they are called."""
    by_day = any(i.unit == "day" for i in line.items)
    return next((w for w in line.words if w in lexicon().words["meals"] and by_day), "")


def _the_noun(line: Line, amount: Item, counts: list[Item]) -> str:
    """Return the thing that an amount is the price of one of: « 1 100 € le poste », « 118 € du km »."""
    article = line.label(amount.last, "of-one")
    if not article or not line.noun(article.last):
        return ""
    noun = line.word(article.last)
    counted = any(_same(noun, c) or _by_thousands(noun, c) for c in counts)
    fitted = line.word(article.last + 1) in ("de", "posee")
    surely = fitted or noun in lexicon().words["always-one"] | lexicon().words["part-of-one"]
    if not counted and not surely and line.words.count(noun) < 2:
        return ""
    amount.last = article.last + 1
    behind = line.label(amount.last + (line.word(amount.last) == "et"), "periods")
    if behind:
        amount.period, amount.last = behind.says, behind.last
    return noun


def _same(noun: str, count: Item) -> bool:
    return any(_alike(noun, other) for other in count.nouns)


def _alike(noun: str, other: str) -> bool:
    """Tell whether two words name one thing."""
    same = lexicon().tables["same-things"]
    return noun == other or any(noun in things and other in things for things in same)


def _by_thousands(noun: str, count: Item) -> bool:
    """Tell whether a count is in thousands of what it is priced by: tonnes at a price by the kilo."""
    return _alike(noun, lexicon().tables["thousands"].get((*count.nouns, "")[0], ""))


def _named(line: Line, counts: list[Item], amount: Item) -> Quantity:
    """Return the count of the things that a price is by."""
    noun = amount.unit
    exact = [c for c in counts if noun in c.nouns[:3]] or [c for c in counts if _same(noun, c)]
    exact = exact or [c for c in counts if any(n.endswith(noun) for n in c.nouns[:2])]
    for count in counts if not exact else ():
        if _by_thousands(noun, count):
            count.low, count.nouns, exact = count.low * 1000, (noun,), [count]
    ratios = [c for c in counts if c.per and not c.nouns]
    if not exact and len(ratios) == 1:
        pair = with_ratio(counts, ratios[0])
        return pair, len(pair) == 2
    others = [c for c in counts if not _is_of(c, "bodies")]
    meals, part = noun == _of_meals(line), noun in lexicon().words["part-of-one"]
    if not exact and len(others) == 1 and (line.words.count(noun) > 1 or meals or part):
        exact = others
    if not exact:
        return _PRICE_OF_ONE
    if exact is others and meals and _is_of(exact[0], "persons"):
        exact[0].period = exact[0].period or "day"
    alike = len({count.low for count in exact}) == 1
    return with_ratio(counts, _nearest(line, exact, amount)), alike


def _nearest(line: Line, counts: list[Item], amount: Item) -> Item:
    place = line.items.index
    at = place(amount)
    return min(counts, key=lambda count: (place(count) > at, abs(place(count) - at)))


def with_ratio(counts: list[Item], count: Item) -> tuple[Item, ...]:
    """Return a count, and what it is for one of: « 62 collèges, 18 par établissement »."""
    others = [c for c in counts if c is not count]
    if not count.per:
        ratio = [c for c in others if c.per and not c.nouns]
        return (count, ratio[0]) if len(ratio) == 1 else (count,)
    whole = [c for c in others if _same(count.per, c)] or [c for c in others if not c.per]
    return (whole[0], count) if len(whole) == 1 else (count,)


def _linked(line: Line, before: Item, amount: Item) -> Quantity | None:
    """Return the count that a price follows with « à » or « de »: « 500 capteurs à 420 € »."""
    words, by_piece, last = lexicon().words, amount.unit == "each", amount.first
    between, lots = line.words[before.last : last], _is_of(before, "lots")
    alone = by_piece or line.word(before.first - 1) in ("", ".", ":")
    if (
        before.kind == "bare"
        and between[-1:] == ["a"]
        and (before.period or (alone and len(between) == 1))
    ):
        return (before,), True
    sized = line.beside(before)
    if before.kind == "measure" and sized and line.same_clause(sized.first, before.first):
        before = sized  # « 2 camions 26 T à 310 000 € »
    days = before.kind == "duration" and before.unit != "month"
    long = before.kind == "measure" and before.unit not in ("power", "data")
    valued = {*between[:-1], *before.nouns} & (words["valued"] - words["lots"])
    if not (before.kind == "count" or days or long) or valued or set(between) & set(",.?;:"):
        return None
    if line.times(before.last, last):
        return _chain(line, before), True
    if line.label(last - 1, "of") and (lots or len(between) == 1):
        after = line.beside(amount, 1)
        listed = after and after.kind == "amount"
        return (before,), not listed and (lots or by_piece)
    if not line.label(last - 1, "at", "times"):
        return None
    other = line.beside(before)
    if by_piece and other and line.words[other.last : before.first] == ["et"]:
        return (before,), False
    if _is_of(before, "seats"):
        return _PRICE_OF_ALL  # « minibus 9 places à 29 000 € » is one
    known = line.definite(before.first - 1) or (_is_of(before, "bodies") and not lots)
    great = amount.low >= _MUCH or (bool(amount.period) and not days)
    small = amount.top < before.low * lexicon().tables["small-each"]
    return (before,), not (known and great) or by_piece or small


def _is_of(count: Item, name: str, first: int = 1) -> bool:
    """Tell whether one of the first words of what is counted is of a list."""
    return bool(set(count.nouns[:first]) & lexicon().words[name])


def _chain(line: Line, last: Item) -> tuple[Item, ...]:
    """Return counts joined by a sign of times: « 8 communes x 4 caméras x 1 200 € »."""
    before = line.beside(last)
    joined = before and line.times(before.last, last.first)
    return (*_chain(line, before), last) if before and joined else (last,)


def _any(line: Line, counts: list[Item], amount: Item) -> Quantity:
    """Return the count that « pièce », « chacun » or « l'unité » speaks of."""
    fit = [c for c in counts if _is_of(c, "lots") or not _is_of(c, "bodies")]
    for better in (
        lambda c: bool(c.per),
        lambda c: c.kind == "count",
        lambda c: not c.period,
        lambda c: c.first < amount.first,
    ):
        fit = list(filter(better, fit)) or fit
    if not fit:
        return _PRICE_OF_ONE
    return with_ratio(counts, _nearest(line, fit, amount)), len(fit) == 1


def _of_many(line: Line, amount: Item) -> bool:
    """Tell whether a price follows things of which it is not said how many: « des capteurs à 45 € »."""
    at = amount.first - 1
    things = line.label(at, "at") and line.noun(at - 1) and line.many(at - 1)
    surely = amount.low >= _OF_ALL_SURELY or line.label(at - 1, "firm") or line.number(at - 2)
    valued = line.word(at - 1) in lexicon().words["valued"]
    return bool(things) and not surely and not valued


def _implied(before: Item, amount: Item) -> Quantity:
    """Return the count beside an amount too small to be the price of all: « 60 personnes, 22 €/mois »."""
    if "total" in amount.marks or before.kind != "count":
        return _PRICE_OF_ALL
    price, tables = amount.top / before.low, lexicon().tables
    months = months_of(amount.period)
    small = months and price / months < tables["small-monthly"]
    if set(before.nouns[:2]) & lexicon().words["persons"]:
        return ((before,), True) if small else _PRICE_OF_ALL
    if small:
        return _PRICE_OF_ONE
    named = (f"small-{of}" for of in ("costly", "dear") if _is_of(before, of, 3))
    least = tables[next(named, "small-each")]
    if amount.period or price >= least:
        return _PRICE_OF_ALL
    costly = _is_of(before, "costly", 3) and price <= tables["small-costly"] / _MANY_TIMES
    return (before,), costly or price <= _NOTHING
