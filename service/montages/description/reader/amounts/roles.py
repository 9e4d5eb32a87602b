"""What each number is: an amount's role, bound and place in a sum, a duration's and a share's owner."""

from __future__ import annotations

from collections.abc import Iterator

from montages.description.reader.amounts.line import STOPS, Item, Label, Line
from montages.description.reader.lexicon import lexicon

# Roles of a whole sentence: they hold over commas, until a full stop; and those that one comma does not end.
_WIDE = frozenset({"loan", "salary", "rent-of-land", "receipt", "earlier"})
_OVER_A_COMMA = frozenset({"price", "given", "receipt", "loan", "existing"})


def give_roles(line: Line) -> None:
    """Give each number what the words before and behind it say of it."""
    end = 0
    designed = "design" in line.said and "running" not in line.said
    for item in line.items:
        before, following = line.beside(item), line.beside(item, 1)
        after = following.first if following else len(line.tokens)
        if item.kind in ("amount", "bare", "count") and is_population(line, item):
            item.kind, item.nouns = "people", ("habitant", "hab", "inhabitant")
        elif item.kind == "amount":
            item.role = item.role or _role(line, item, end, after)
            if before and line.words[before.last : item.first] in (["et"], ["ou"]):
                item.role = item.role or before.role
            _beside(line, item, end)
            _behind_what_it_is_for(line, item, after)
            if before and before.kind == "duration" and line.times(before.last, item.first):
                length = line.label(before.first + 1, "units-of-time")
                item.period = length.says if length else ""
        elif item.kind == "duration":
            of_upkeep = line.label(item.first - 1, "upkeep") and line.label(item.last, "included")
            owner = item.role or _owner(line, item, end, after, "duration-roles")
            item.role = owner or ("upkeep" if of_upkeep else "")
        elif item.kind == "share":
            item.role = _owner(line, item, end - 1, after, "shares")
            joined = line.words[item.last : after] in (["de"], ["d", "un", "montant", "de"])
            if designed and not item.role and joined:
                item.role = "fee"  # « maîtrise d'œuvre, 8,5 % de 420 000 € »
            elif designed and item.role == "modification":
                item.role = "unsettled"
        if item.kind != "name":
            end = item.first + 1 if item.kind == "count" and not item.period else item.last
    _existing(line)
    priced = [i for i in line.items if i.kind == "amount" and i.role in _WIDE]
    wide = {line.tokens[i.first].phrase: i.role for i in priced}
    for item in line.items if "concession" not in line.said else ():
        if item.kind == "duration":
            item.role = item.role or wide.get(line.tokens[item.first].phrase, "")


def _existing(line: Line) -> None:
    """Take the only other amount beside what is added to a contract that runs for that contract's."""
    amounts = [i for i in line.items if i.kind == "amount" and not i.period]
    others = [i for i in amounts if i.role != "addition"]
    if "running" in line.said and len(others) == 1 < len(amounts) and not others[0].role:
        others[0].role = "existing"


def is_population(line: Line, item: Item) -> bool:
    """Tell whether a number is of the inhabitants of the holder: so called, or « commune de 640 »."""
    if item.kind == "people":
        return not (line.label(item.first - 1, "for") or line.label(item.last, "affected"))
    if lexicon().words["heads"] & {*item.nouns[:1]}:
        things = len(item.nouns) > 1 or line.label(item.last, "of")  # « 3 000 têtes de télérelève »
        return not things and any(line.ending(item.first, item.first - 3, "place"))
    of = line.label(item.first - 1, "of")
    places = line.ending(item.first, item.first - 4, "place" if of else "we-are")
    alone = item.last == item.first + 1
    return alone and any(label.last == item.first - bool(of) for label in places)


def _beside(line: Line, item: Item, back: int) -> None:
    """Give an amount its bound, its place in a sum, its period and its unit, as the words before it say."""
    for label in line.ending(item.first, max(back, item.first - 8), *lexicon().tables["beside"]):
        several = label.name == "each" and line.many(label.last - 1)
        if _near(line, label, item) and not several and not item.take(label):
            item.marks.add(label.name)
            item.hold(label)


def _behind_what_it_is_for(line: Line, item: Item, after: int) -> None:
    """Take the period or the thing behind what an amount is for: « 3 000 € de maintenance par an »."""
    of = line.label(item.last, "of") and line.noun(item.last + 1)
    for at in range(item.last, min(after, item.last + 4) if of else 0):
        label = line.label(at, "periods")
        if label and line.same_clause(at, item.first):
            item.take(label)
        counted = any(line.word(at + 1) in count.nouns for count in line.items)
        if counted and line.word(at) in lexicon().words["per"] and not item.unit:
            item.unit, item.last = line.word(at + 1), at + 2


def _near(line: Line, label: Label, item: Item) -> bool:
    """Tell whether a phrase before a number is near enough, and nothing stops it from being said of it."""
    tables, name = lexicon().tables, label.name.split(":")[0]
    reach = {**tables["reach"], **tables["beside"]}[name]
    reach = tables["near"].get(label.says, reach)
    joined_to = line.label(item.first - 1, "whole-long", "for-long")
    if item.kind != "amount" and (joined_to or "+" in line.words[label.first : item.first]):
        reach = 0
    named = lexicon().words["references"] | {"°"}
    return item.first - label.last <= reach and not any(
        line.word(k) in STOPS or (line.number(k) and line.word(k - 1) not in named)
        for k in range(label.last, item.first)
    )


def _role(line: Line, item: Item, back: int, after: int) -> str:
    """Return what an amount is of, by the nearest words; nothing: a price."""
    runs = "running" in line.said
    if runs and line.word(item.first - 1) == "+":
        return "addition"
    if role := _owner(line, item, back, after, "roles"):
        of_none = role == "addition" and not runs
        return "" if of_none or role == "price" else role
    if any(line.label(at, "contract", "purchase") for at in line.clause_before(item)):
        return ""
    phrase = line.tokens[item.first].phrase
    for label in _before(line, item, 0, "roles:before"):
        between = range(label.last, item.first)
        further = label.says == "earlier" and any(line.label(at, "further") for at in between)
        wide = label.says in (*_WIDE, "addition") and line.tokens[label.first].phrase == phrase
        if wide and not further:
            return item.hold(label)
    return ""


def _behind(line: Line, item: Item, after: int, name: str) -> Label | None:
    """Return the phrase of a class that stands right behind a number, in its clause."""
    near = range(item.last, min(after, item.last + 2))
    joined = (at for at in near if line.word(at - 1) not in ("et", "sur"))
    labels = (line.label(at, name) for at in joined if line.same_clause(at, item.last - 1))
    return next(filter(None, labels), None)


def _before(line: Line, item: Item, back: int, name: str) -> Iterator[Label]:
    """Yield the phrases of a class before a number, nearest first, that can be said of it."""
    for label in line.ending(item.first, back, name):
        # Who sells what we buy is not paid; what is added is added to a contract that runs.
        sold = "acquire" in line.said and line.label(label.first, "seller")
        if not sold and (label.says != "addition" or "running" in line.said):
            yield label


def _owner(line: Line, item: Item, back: int, after: int, kind: str) -> str:
    """Return whose a number is, by the nearest words before or behind it; nothing: the contract's."""
    behind = _behind(line, item, after, f"{kind}:after")
    for label in _before(line, item, max(back, item.first - 12), f"{kind}:before"):
        gap = item.first - label.last
        heads = line.ending(label.first, label.first - 4, "contract", "framework")
        if label.says == "works" and any(label.first - head.last <= 1 for head in heads):
            return ""  # « marché de travaux, 4 ans »
        over = gap == 1 and label.says in _OVER_A_COMMA
        better = behind and (gap or label.last == label.first + 1)
        if (over or _near(line, label, item)) and not better:
            return item.hold(label)
    return item.hold(behind) if behind else ""
