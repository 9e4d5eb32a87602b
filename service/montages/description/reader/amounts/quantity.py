"""How many of a thing an amount is the price of."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Line

_PLACES = frozenset(
    {
        "dan",
        "sur",
        "pour",
        "aux",
        "au",
        "entre",
        "chez",
        "in",
        "for",
        "at",
        "acros",
        "on",
        "no",
        "our",
        "within",
    }
)
_TIMES = frozenset({"x", "×", "*"})
_AT, _OF = frozenset({"a", "at", "@"}) | _TIMES, frozenset({"de", "d", "of"})
_NOTHING = Decimal("0.1")
_MUCH, _MONTHS = 5000, {"year": 12, "semester": 6, "quarter": 3, "month": 1}


@dataclass
class Quantity:
    """The counts that multiply a price, and why they may be the wrong ones; `only` where the price may be of all."""

    counts: tuple[Item, ...] = ()
    reason: str = ""


def quantity_of(line: Line, items: tuple[Item, ...], amount: Item) -> Quantity:
    """Return the counts by which a price is multiplied; none where it is the price of all."""
    counts = [i for i in items if i.kind in ("count", "measure", "people") and i.low > 0]
    at = items.index(amount)
    before = items[at - 1] if at else None
    if (
        before is not None
        and before.kind == "count"
        and "times" in before.marks
        and before.last >= amount.first - 1
    ):
        return Quantity((before,))
    the_noun = _the_noun(line, amount, counts, items)
    if amount.unit not in ("", "each"):
        return _named(items, counts, amount, amount.unit)
    if the_noun:
        return _named(items, counts, amount, the_noun)
    linked = _linked(line, items, before, amount)
    if linked is not None:
        return linked
    if amount.unit == "each":
        return _any(line, items, counts, amount)
    return _implied(line, before, amount)


def _the_noun(line: Line, amount: Item, counts: list[Item], items: tuple[Item, ...]) -> str:
    """Return the thing that an amount is the price of one of: « 1 100 € le poste », « le kit à 62 € »."""
    if "total" in amount.marks:
        return ""
    word, after = line.word(amount.last), amount.last + 1
    if word == "de" and line.word(after) in ("la", "l"):
        word, after = "la", after + 1
    if word in ("le", "la", "l", "du") and line.noun(after):
        noun = line.word(after)
        many = any(_same(noun, count) for count in counts) or noun in [
            w for k, w in enumerate(line.words) if not amount.first <= k <= after
        ]
        if many and not line.label(after, "units-of-time"):
            amount.held.update((amount.last, after))
            amount.last = after + 1
            return noun
    return ""


def _alike(noun: str, other: str) -> bool:
    return noun == other or any(noun in same and other in same for same in lexicon().same_things)


def _same(noun: str, count: Item) -> bool:
    return any(_alike(noun, other) for other in count.nouns)


def _named(items: tuple[Item, ...], counts: list[Item], amount: Item, noun: str) -> Quantity:
    """Return the count of the things that a price is by."""
    days = [
        i
        for i in items
        if i.kind == "duration" and i.unit not in ("month",) and noun.startswith(i.unit[:2])
    ]
    exact = (
        [count for count in counts if noun in count.nouns[:3]]
        or [c for c in counts if _same(noun, c)]
        or days
    )
    values = {count.low for count in exact}
    if len(values) == 1:
        return Quantity(_with_ratio(counts, exact[0]), exact[0].role)
    others = [count for count in counts if not (set(count.nouns) & lexicon().words["bodies"])]
    if len(values) > 1:
        near = _nearest(items, exact, amount)
        return Quantity(_with_ratio(counts, near), "several-counts")
    if len(others) == 1:
        return Quantity(_with_ratio(counts, others[0]), "count-of-another-thing")
    return Quantity((), "price-of-one")


def _nearest(items: tuple[Item, ...], counts: list[Item], amount: Item) -> Item:
    at = items.index(amount)
    return min(counts, key=lambda count: (items.index(count) > at, abs(items.index(count) - at)))


def _with_ratio(counts: list[Item], count: Item) -> tuple[Item, ...]:
    """Return a count, and what it is for one of: « 62 collèges, 18 par établissement »."""
    if not count.per:
        ratio = [c for c in counts if c.per and not c.nouns and c is not count]
        return (count, ratio[0]) if len(ratio) == 1 else (count,)
    whole = [c for c in counts if c is not count and (_same(count.per, c))]
    if not whole:
        whole = [c for c in counts if c is not count and not c.per]
    return (whole[0], count) if len(whole) == 1 else (count,)


def _linked(
    line: Line, items: tuple[Item, ...], before: Item | None, amount: Item
) -> Quantity | None:
    """Return the count that a price follows with « à » or « de »: « 500 capteurs à 420 € », « 3 lots de 40 000 € »."""
    if before is None or before.kind not in ("count", "measure", "bare") or before.low <= 0:
        return None
    if before.kind == "measure" and before.unit in ("power", "data"):
        return None
    between = line.words[before.last : amount.first]
    if before.kind == "bare":
        if between != ["a"] or amount.unit != "each":
            return None
        before.marks.add("used")
    while between and line.label(
        before.last + len(between) - 1, "approximate", "maximum", "at-most"
    ):
        between = between[:-1]
    words = lexicon().words
    if not between or len(between) > 5 or set(between) & {",", ".", "?", ";", ":"}:
        return None
    lots = bool(set(before.nouns[:1]) & words["lots"])
    if lots and before.low > 1 and _told_one_by_one(line, items, before, amount):
        return Quantity()
    if between[-1] in _TIMES and len(between) == 1:
        return Quantity(_chain(line, items, before))
    named = {*between[:-1], *before.nouns}
    if (
        between[-1] in _OF
        and (lots or len(between) == 1)
        and not named & words["valued"] - words["lots"]
    ):
        return Quantity((before,), "" if lots else "price-of-one-or-of-all")
    if between[-1] not in _AT or named & (words["valued"] - words["lots"]):
        return None
    placed = bool(set(between[:-1]) & _PLACES) or (
        bool(set(before.nouns[:1]) & words["bodies"]) and not lots
    )
    of_all = line.word(before.first - 1) in _PLACES | _OF and (
        amount.low >= _MUCH or (amount.period and not amount.unit)
    )
    return Quantity(
        (before,), "price-of-one-or-of-all" if placed or (of_all and amount.unit != "each") else ""
    )


def _told_one_by_one(line: Line, items: tuple[Item, ...], before: Item, amount: Item) -> bool:
    """Tell whether as many amounts follow a number of lots as there are lots."""
    after = items[items.index(amount) : items.index(amount) + int(before.low)]
    return len(after) == before.low > 1 and all(i.kind == "amount" for i in after)


def _chain(line: Line, items: tuple[Item, ...], last: Item) -> tuple[Item, ...]:
    """Return counts joined by a sign of times: « 8 communes x 4 caméras x 1 200 € »."""
    at = items.index(last)
    before = items[at - 1] if at else None
    if (
        before
        and before.kind == "count"
        and line.words[before.last : last.first] in (["x"], ["×"], ["*"])
    ):
        return (*_chain(line, items, before), last)
    return (last,)


def _any(line: Line, items: tuple[Item, ...], counts: list[Item], amount: Item) -> Quantity:
    """Return the count that « pièce », « chacun » or « l'unité » speaks of."""
    bodies = lexicon().words["bodies"] - lexicon().words["lots"]
    fit = [c for c in counts if not (set(c.nouns[:1]) & bodies) and c.kind != "people"]
    ratios = [c for c in fit if c.per]
    if len(ratios) == 1 and ratios[0].per:
        pair = _with_ratio([c for c in counts if c.kind != "people"], ratios[0])
        return Quantity(pair, "" if len(pair) == 2 else "count-of-another-thing")
    if any(c.kind == "measure" for c in fit):
        fit = [c for c in fit if c.kind == "count"] or fit
    if len(fit) > 1:
        at = items.index(amount)
        near = items[at - 1] if at else None
        things = [c for c in fit if line.word(c.first - 1) not in _PLACES]
        if (
            near in fit
            and near is not None
            and (near in things or not things)
            and line.tokens[near.first].clause == line.tokens[amount.first].clause
        ):
            return Quantity((near,))
        if len(things) == 1:
            return Quantity((things[0],))
        return Quantity((_nearest(items, fit, amount),), "several-counts")
    return Quantity((fit[0],)) if fit else Quantity((), "price-of-one")


def _implied(line: Line, before: Item | None, amount: Item) -> Quantity:
    """Return the count beside an amount too small to be the price of all: « 60 personnes, 22 €/mois »."""
    if before is None or before.kind != "count" or "total" in amount.marks or not before.nouns:
        return Quantity()
    if set(before.nouns[:1]) & lexicon().words["bodies"] or amount.role:
        return Quantity()
    if line.tokens[amount.first].clause - line.tokens[before.last - 1].clause > 1:
        return Quantity()
    each, months = amount.top / before.low, _MONTHS.get(amount.period)
    persons = bool(set(before.nouns[:2]) & lexicon().words["persons"])
    small = lexicon().small_monthly
    if months and each / months < small * (5 if persons else Decimal("0.5")):
        sure = persons and each / months < small
        return Quantity((before,), "" if sure else "price-of-one-or-of-all")
    if not amount.period and not persons and each < lexicon().small_each:
        return Quantity((before,), "price-of-one-or-of-all" if each > _NOTHING else "")
    return Quantity()
