"""What each number is: an amount's role, bound and place in a sum, a duration's and a share's owner."""

from __future__ import annotations

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Label, Line

# Roles of a whole sentence: they hold over commas, until a full stop; and those that one comma does not end.
_WIDE = frozenset({"loan", "salary", "rent-of-land", "receipt"})
_OVER_A_COMMA = frozenset({"given", "receipt", "loan", "existing"})
_BOUNDS = ("maximum", "minimum", "at-most", "at-least", "ceiling")
_STOPS = frozenset({",", ".", ";", "?", "!", "/"})
_NEAR = {"works-estimate": 3, "existing": 4, "price": 4}


def give_roles(line: Line, items: tuple[Item, ...]) -> None:
    """Give each number what the words before and behind it say of it."""
    end = 0
    for at, item in enumerate(items):
        after = items[at + 1].first if at + 1 < len(items) else len(line.tokens)
        if item.kind == "amount" and is_population(line, item):
            item.kind = "people"
        elif item.kind == "amount":
            before = items[at - 1] if at else item
            if before.kind == "duration" and line.times(before.last, item.first):
                unit = line.label(before.first + 1, "units-of-time")
                item.period = item.period or (unit.says if unit else "")
            _amount(line, item, end, after)
        elif item.kind == "duration":
            item.role = item.role or _owner(line, item, end, after, "duration-roles", 2)
        elif item.kind == "share":
            item.role = _owner(line, item, end, after, "shares", 3)
        if item.kind != "name":
            end = item.first + 1 if item.kind == "count" else item.last
    wide = {
        line.tokens[i.first].phrase: i.role for i in items if i.role in _WIDE and i.kind == "amount"
    }
    for item in items:
        if item.kind == "duration" and "concession" not in line.said:
            item.role = item.role or wide.get(line.tokens[item.first].phrase, "")


def is_population(line: Line, item: Item) -> bool:
    """Tell whether a number is of the inhabitants of the holder: so called, or « commune de 640 »."""
    if item.kind == "people":
        return line.word(item.first - 1) not in ("pour", "for")
    people = item.kind == "count" and item.nouns[:1] == ("people",)
    said = (
        item.tax
        or item.period
        or item.unit
        or item.role
        or "currency" in item.marks
        or item.low < 50
    )
    if (
        said
        or item.last > item.first + 1 + people
        or line.word(item.first - 1) not in ("de", "of", "d")
    ):
        return False
    return any(
        label.last == item.first - 1 for label in line.ending(item.first, item.first - 4, "place")
    )


def _amount(line: Line, item: Item, back: int, after: int) -> None:
    """Give an amount its role, its bound, its place in a sum, and what is said of it before it."""
    item.role = item.role or _role(line, item, back, after)
    names = ("part", "restates", "total", "periods", "each", *_BOUNDS)
    for label in line.ending(item.first, max(back, item.first - 8), *names):
        gap, name = item.first - label.last, label.name
        if gap > 3 or _stopped(line, label.last, item.first):
            continue
        if name in ("part", "restates", "total") and gap <= (3 if name == "total" else 2):
            item.marks.add(name)
        elif name in _BOUNDS and not item.bound and gap <= (3 if name in _BOUNDS[:2] else 1):
            item.bound = name
        elif name == "periods" and label.says and not item.period:
            item.period = label.says
        elif name == "each" and not item.unit:
            item.unit = "each"
        else:
            continue
        _hold(item, label)
    _period_behind(line, item, after)
    if item.period or item.marks & {"total", "restates"}:
        whole = "rents", *(("periods",) if not item.period else ())
        for label in line.ending(item.first, line.clause_start(item.first), *whole):
            _hold(item, label)


def _period_behind(line: Line, item: Item, after: int) -> None:
    """Take the period that stands behind what an amount is for: « 3 000 € de maintenance par an »."""
    clause = line.tokens[item.first].clause
    words = 4 if line.word(item.last) in ("de", "d", "of") and line.noun(item.last + 1) else 0
    for at in range(item.last, min(after, item.last + words)):
        label = line.label(at, "periods")
        if label and label.says and not item.period and line.tokens[at].clause == clause:
            item.period, item.last = label.says, label.last
            return


def _stopped(line: Line, at: int, first: int) -> bool:
    """Tell whether a comma, a stop or a number stands between."""
    named = lexicon().words["references"] | {"°"}
    numbers = (k for k in range(at, first) if line.number(k))
    return any(line.word(k) in _STOPS for k in range(at, first)) or any(
        line.word(k - 1) not in named for k in numbers
    )


def _hold(item: Item, label: Label) -> None:
    item.held.update(range(label.first, label.last))


def _role(line: Line, item: Item, back: int, after: int) -> str:
    """Return what an amount is of, by the nearest words; nothing: a price."""
    if any(line.label(at, "purchase") for at in range(item.last, min(after, item.last + 4))):
        return ""
    behind = _behind(line, item, after, "roles:after")
    bought = "acquire" in line.said
    for label in line.ending(item.first, back, "roles:before"):
        gap = item.first - label.last
        if bought and line.label(label.first, "seller"):
            continue
        near = gap <= _NEAR.get(label.says, 6) and not _stopped(line, label.last, item.first)
        over = gap == 1 and (label.says in _OVER_A_COMMA or line.word(label.last) == ":")
        if (near or over) and not (behind and gap > 1):
            _hold(item, label)
            return label.says if label.says != "price" else ""
    if behind:
        _hold(item, behind)
        return behind.says
    start = line.clause_start(item.first)
    if any(line.label(at, "contract", "purchase") for at in range(start, item.first)):
        return ""
    phrase = line.tokens[item.first].phrase
    for label in line.ending(item.first, 0, "roles:before"):
        if bought and line.label(label.first, "seller"):
            continue
        if label.says in _WIDE and line.tokens[label.first].phrase == phrase:
            _hold(item, label)
            return label.says
    return ""


def _behind(line: Line, item: Item, after: int, name: str) -> Label | None:
    """Return the phrase of a class that stands right behind a number, in its clause."""
    clause = line.tokens[item.last - 1].clause
    labels = (line.label(at, name) for at in range(item.last, min(after, item.last + 2)))
    return next(
        (label for label in labels if label and line.tokens[label.first].clause == clause), None
    )


def _owner(line: Line, item: Item, back: int, after: int, kind: str, near: int) -> str:
    """Return whose a duration or a share is, by the nearest words; nothing: the contract's."""
    behind = _behind(line, item, after, f"{kind}:after")
    over = next(line.ending(item.first, item.first - 3, "whole-long", "for-long"), None)
    if over and over.last == item.first:
        near = 0
    for label in line.ending(item.first, max(back, item.first - 8), f"{kind}:before"):
        gap = item.first - label.last
        if label.says == "works" and _headed(line, label):
            return ""
        added = "+" in line.words[label.last : item.first]
        close = gap <= (0 if line.word(label.first) == "+" or added else near)
        if (
            close
            and not _stopped(line, label.last, item.first)
            and not (behind and (gap or label.last - label.first == 1))
        ):
            _hold(item, label)
            return label.says
    if behind:
        _hold(item, behind)
    return behind.says if behind else ""


def _headed(line: Line, label: Label) -> bool:
    """Tell whether works are those that a contract is of: « marché de travaux, 4 ans »."""
    heads = line.ending(label.first, label.first - 4, "contract", "framework")
    return any(label.first - head.last <= 1 for head in heads)


def joined(line: Line, before: Item, item: Item) -> str:
    """Tell how an amount stands to the one before: `plus`, `list`, `other` (one or the other), or nothing."""
    between, words = range(before.last, item.first), lexicon().words
    said = {line.word(k) for k in between}
    lists = words["ordinal-lists"]
    headed = any(line.word(k) in lists and line.many(k) for k in range(item.first))
    rivals = [k for k in range(before.first) if line.word(k) in words["rivals"] and line.many(k)]
    others = [k for k in between if line.word(k) in words["alternatives"]]
    added = [k for k in between if line.label(k, "plus")]
    left_out = bool(others) and line.word(others[-1]) in words["left-out"]
    if (others and not (left_out and added[-1:] > others[-1:])) or (rivals and not headed):
        return "other"
    if added:
        return "plus"
    if line.tokens[before.first].phrase != line.tokens[item.first].phrase and ";" not in said:
        return ""
    start = max((k + 1 for k in between if line.word(k) in _STOPS), default=before.last)
    named = [line.word(k) for k in range(start, item.first)]
    if headed and (not named or set(named) & lists or not set(named) & words["valuing"]):
        return "list"
    nouns = [k for k in range(start, item.first) if line.noun(k)]
    back = max((k + 1 for k in range(before.first) if line.word(k) in _STOPS), default=0)
    first = [
        k
        for k in (*range(back, before.first), *range(before.last, min(before.last + 4, start)))
        if line.noun(k)
    ]
    told = [
        line.word(i.last) in words["links"] and any(map(line.noun, (i.last + 1, i.last + 2)))
        for i in (before, item)
    ]
    if all(told) and not nouns and not set(named) & words["functions"] - words["links"]:
        return "list"
    loose = set(named) & words["functions"] - words["links"]
    if set(named) & lists and not loose:
        return "list"
    return "" if not nouns or not first or loose or set(named) & words["valuing"] else "list"
