"""What each number is: an amount's role, bound and place in a sum, a duration's and a share's owner."""

from __future__ import annotations

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import BOUNDS, Item, Label, Line

# Roles of a whole sentence: they hold over commas, until a full stop; and those that one comma does not end.
_WIDE = frozenset({"loan", "salary", "rent-of-land", "receipt", "earlier"})
_OVER_A_COMMA = frozenset({"price", "given", "receipt", "loan", "existing"})
# How many words may stand between an amount and what is said of it before it.
_REACH = dict.fromkeys(BOUNDS, 1) | dict.fromkeys(("total", "maximum", "minimum"), 3)
_REACH |= {"part": 2, "restates": 2}
_STOPS = frozenset({",", ".", ";", "?", "!", "/"})
_FEW, _NEAR = 50, {"works-estimate": 3, "existing": 4, "price": 4, "rest": 1, "funder": 0}


def give_roles(line: Line) -> None:
    """Give each number what the words before and behind it say of it."""
    end = 0
    for at, item in enumerate(line.items):
        after = line.items[at + 1].first if at + 1 < len(line.items) else len(line.tokens)
        if item.kind in ("amount", "bare", "count") and is_population(line, item):
            item.kind, item.nouns = "people", ("habitant", "hab", "inhabitant")
        elif item.kind == "amount":
            before = line.items[at - 1] if at else item
            if before.kind == "duration" and line.times(before.last, item.first):
                unit = line.label(before.first + 1, "units-of-time")
                item.period = item.period or (unit.says if unit else "")
            _amount(line, item, end, after)
            if "running" in line.said and line.words[before.last : item.first] == ["sur"]:
                before.role, item.role = "addition", "existing"
        elif item.kind == "duration":
            item.role = item.role or _owner(line, item, end, after, "duration-roles", 2)
        elif item.kind == "share":
            item.role = _owner(line, item, end, after, "shares", 3)
            added = at > 0 and line.items[at - 1].role == "addition"
            if added and "restates" in {
                x.name for k in range(end, item.first) for x in line.labels[k]
            }:
                item.role = "modification"
            if item.role == "modification" and "design" in line.said and "running" not in line.said:
                item.role = "unsettled"
        if item.kind != "name":
            end = item.first + 1 if item.kind == "count" else item.last
    priced = [i for i in line.items if i.kind == "amount" and i.role in _WIDE]
    wide = {line.tokens[i.first].phrase: i.role for i in priced}
    for item in line.items:
        if item.kind == "duration" and "concession" not in line.said:
            item.role = item.role or wide.get(line.tokens[item.first].phrase, "")


def is_population(line: Line, item: Item) -> bool:
    """Tell whether a number is of the inhabitants of the holder: so called, or « commune de 640 »."""
    if item.kind == "people":
        return not (line.label(item.first - 1, "for") or line.label(item.last, "affected"))
    heads = item.kind == "count" and lexicon().words["heads"] & {*item.nouns[:1]}
    if heads and line.word(item.first + 2) in {*_STOPS, "", ":", "here"}:
        return any(line.ending(item.first, item.first - 3, "place"))
    bare = item.last == item.first + 1 + (item.nouns == ("people",))
    before = line.words[max(item.first - 2, 0) : item.first]
    if bare and item.low >= _FEW and before in (["on", "est"], ["nou", "somme"], ["we", "are"]):
        return "currency" not in item.marks and not item.tax
    qualified = item.period or item.unit or item.role or "currency" in item.marks or item.low < _FEW
    if not bare or qualified or not line.label(item.first - 1, "of"):
        return False
    places = line.ending(item.first, item.first - 4, "place")
    return any(label.last == item.first - 1 for label in places)


def _amount(line: Line, item: Item, back: int, after: int) -> None:
    """Give an amount its role, its bound, its place in a sum, and what is said of it before it."""
    before = line.items[line.items.index(item) - 1]
    if before.kind == "share" and line.words[before.last : item.first] in (["soit"], [",", "soit"]):
        item.role = item.role or before.role
    item.role = item.role or _role(line, item, back, after)
    for label in line.ending(item.first, max(back, item.first - 8), *_REACH, "periods", "each"):
        gap, name = item.first - label.last, label.name
        things = line.label(label.last, "at") or line.number(label.first - 1)
        counted = name == "total" and things
        if gap > _REACH.get(name, 3) or _stopped(line, label.last, item.first) or counted:
            continue
        if name in ("part", "restates", "total"):
            item.marks.add(name)
        elif name in BOUNDS and not item.bound:
            item.bound = name
        elif name == "periods" and label.says and not item.period and "restates" not in item.marks:
            item.period = label.says
        elif name == "each" and not item.unit:
            item.unit = "each"
        else:
            continue
        _hold(item, label)
    _period_behind(line, item, after)
    if item.period or item.marks & {"total", "restates"}:
        whole = ("rents",) if item.period else ("rents", "periods")
        for label in line.ending(item.first, line.clause_start(item.first), *whole):
            _hold(item, label)


def _period_behind(line: Line, item: Item, after: int) -> None:
    """Take the period or the thing behind what an amount is for: « 3 000 € de maintenance par an »."""
    of = line.label(item.last, "of") and line.noun(item.last + 1)
    for at in range(item.last, min(after, item.last + 4) if of else 0):
        label = line.label(at, "periods")
        alike = line.tokens[at].clause == line.tokens[item.first].clause
        if label and label.says and not item.period and alike:
            item.period, item.last = label.says, label.last
        counted = any(line.word(at + 1) in count.nouns for count in line.items)
        if counted and alike and line.word(at) in lexicon().words["per"] and not item.unit:
            item.unit, item.last = line.word(at + 1), at + 2


def _stopped(line: Line, at: int, first: int) -> bool:
    """Tell whether a comma, a stop or a number stands between."""
    named = lexicon().words["references"] | {"°"}
    return any(
        line.word(k) in _STOPS or (line.number(k) and line.word(k - 1) not in named)
        for k in range(at, first)
    )


def _hold(item: Item, label: Label) -> str:
    """Hold the words of a label for a number, and return what they say."""
    item.held.update(range(label.first, label.last))
    return label.says


def _role(line: Line, item: Item, back: int, after: int) -> str:
    """Return what an amount is of, by the nearest words; nothing: a price."""
    behind = _behind(line, item, after, "roles:after")
    before = next(line.ending(item.first - 1, item.first - 5, "more"), None)
    more = "running" in line.said and (_behind(line, item, after, "more") or before)
    if more and not item.period:
        return _hold(item, more) or "addition"
    if _is_threshold(line, item):
        return "threshold"
    labels = [
        label
        for label in line.ending(item.first, 0, "roles:before")
        if "acquire" not in line.said or not line.label(label.first, "seller")
    ]
    for label in labels:
        gap = item.first - label.last
        near = gap <= _NEAR.get(label.says, 6) and not _stopped(line, label.last, item.first)
        over = gap == 1 and (label.says in _OVER_A_COMMA or line.word(label.last) == ":")
        if label.first >= back and (near or over) and not (behind and gap > 1):
            return "" if _hold(item, label) == "price" else label.says
    if behind:
        return _hold(item, behind)
    start, phrase = line.clause_start(item.first), line.tokens[item.first].phrase
    if not any(line.label(at, "contract", "purchase") for at in range(start, item.first)):
        for label in labels:
            added = label.says == "addition" and "running" in line.said and not item.period
            if (added or label.says in _WIDE) and line.tokens[label.first].phrase == phrase:
                return _hold(item, label)
    return ""


def _is_threshold(line: Line, item: Item) -> bool:
    """Tell whether an amount beside others is one of the law: « on dépasse 60 000, donc publicité ? »."""
    near = range(max(item.first - 3, 0), item.first)
    others = any(i.kind == "amount" and i is not item for i in line.items)
    legal = others and f"{item.low:.0f}" in lexicon().words["thresholds"]
    return legal and any(line.label(at, "at-most", "at-least", "beyond") for at in near)


def _behind(line: Line, item: Item, after: int, name: str) -> Label | None:
    """Return the phrase of a class that stands right behind a number, in its clause."""
    clause = line.tokens[item.last - 1].clause
    labels = (line.label(at, name) for at in range(item.last, min(after, item.last + 2)))
    return next((one for one in labels if one and line.tokens[one.first].clause == clause), None)


def _owner(line: Line, item: Item, back: int, after: int, kind: str, near: int) -> str:
    """Return whose a duration or a share is, by the nearest words; nothing: the contract's."""
    behind = _behind(line, item, after, f"{kind}:after")
    over = next(line.ending(item.first, item.first - 3, "whole-long", "for-long"), None)
    over = over if over and over.last == item.first else None
    for label in line.ending(item.first, max(back, item.first - 8), f"{kind}:before"):
        gap = item.first - label.last
        heads = line.ending(label.first, label.first - 4, "contract", "framework")
        if label.says == "works" and any(label.first - head.last <= 1 for head in heads):
            return ""  # « marché de travaux, 4 ans »
        if label.says == "upkeep" and "whole-life" in line.said:
            continue  # « conception, rénovation et maintenance 10 ans »
        added = "+" in line.words[label.first : item.first]
        better = behind and (gap or label.last - label.first == 1)
        close = gap <= (0 if added or over else near) and not better
        if close and not _stopped(line, label.last, item.first):
            return _hold(item, label)
    return _hold(item, behind) if behind else ""


def joined(line: Line, before: Item, item: Item) -> str:
    """Tell how an amount stands to the one before: `plus`, `list`, `other` (one or the other), or nothing."""
    words = lexicon().words
    between, behind = range(before.last, item.first), range(item.first)
    headed = any(line.word(k) in words["ordinal-lists"] and line.many(k) for k in behind)
    rivals = any(line.word(k) in words["rivals"] and line.many(k) for k in range(before.first))
    others = [k for k in between if line.word(k) in words["alternatives"]]
    added = [k for k in between if line.label(k, "plus")]
    left_out = bool(others) and line.word(others[-1]) in words["left-out"]
    if (others and not (left_out and added[-1:] > others[-1:])) or (rivals and not headed):
        return "other"
    if added:
        return "plus"
    stops = [k for k in between if line.word(k) in _STOPS]
    start = stops[-1] + 1 if stops else before.last
    phrase = line.tokens[before.first].phrase == line.tokens[item.first].phrase
    listed = line.word(start) in words["ordinal-lists"]
    phrase = phrase or (listed and any(map(line.number, range(start + 1, start + 4))))
    if not phrase and ";" not in map(line.word, stops):
        return ""
    named = {line.word(k) for k in range(start, item.first)}
    if any(line.label(k, "total") and line.label(k + 2, "at") for k in range(start, item.first)):
        named -= {"en", "tout"}
    valuing, numbered = named & words["valuing"], named & words["ordinal-lists"]
    loose = named & words["functions"] - words["links"]
    if (headed and not (named and valuing)) or (numbered and (headed or not loose)):
        return "list"
    nouns = any(map(line.noun, range(start, item.first)))
    explained = all(
        line.label(i.last, "links") and any(map(line.noun, (i.last + 1, i.last + 2)))
        for i in (before, item)
    )
    if explained and not nouns and not loose:
        return "list"
    # « 22 caméras, 96 000 HT, maintenance 8 000 par an »: the thing stands before a comma.
    of_it = (item.period or before.unit) and line.word(before.first - 1) == ","
    ahead = before.first - bool(of_it)
    back = max((k + 1 for k in range(ahead) if line.word(k) in _STOPS), default=0)
    around = (*range(back, before.first), *range(before.last, min(before.last + 4, start)))
    return "list" if nouns and any(map(line.noun, around)) and not loose and not valuing else ""
