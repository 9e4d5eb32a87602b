"""What each number is: an amount's role, bound and place in a sum, a duration's and a share's owner."""

from __future__ import annotations

from montages.description.reader.amounts.lexicon import lexicon
from montages.description.reader.amounts.line import Item, Label, Line

# How many words may stand between a role and its number.
_NEAR, _FAR = 4, 3
# Roles of the whole sentence: they hold over commas, until a full stop.
_WIDE = frozenset({"loan", "salary", "rent-of-land", "receipt", "purchases"})
_BOUNDS = ("maximum", "minimum", "at-most", "at-least")


def give_roles(line: Line, items: tuple[Item, ...]) -> None:
    """Give each number what the words before and behind it say of it."""
    end = 0
    for at, item in enumerate(items):
        after = items[at + 1].first if at + 1 < len(items) else len(line.tokens)
        if item.kind == "amount":
            _amount(line, item, end, after)
        elif item.kind == "duration":
            item.role = _owner(line, item, end, after, "duration-roles", 2)
        elif item.kind == "share":
            item.role = _owner(line, item, end, after, "shares", 3)
        end = item.last
    _give_wide(line, items)


def _give_wide(line: Line, items: tuple[Item, ...]) -> None:
    """Give the durations of a sentence about a loan, a lease or a post of staff that role too."""
    wide = {
        line.tokens[i.first].phrase: i.role for i in items if i.kind == "amount" and i.role in _WIDE
    }
    for item in items:
        role = wide.get(line.tokens[item.first].phrase, "")
        if item.kind == "duration" and not item.role and role not in ("", "purchases"):
            item.role = role


def _amount(line: Line, item: Item, back: int, after: int) -> None:
    start = max(line.clause_start(item.first), back)
    item.role = item.role or _role(line, item, back, after)
    for label in line.ending(item.first, max(back, item.first - 8), "part", "restates"):
        if item.first - label.last <= 2 and _same_clause_or_colon(line, label.last, item.first):
            item.marks.add(label.name)
            _hold(item, label)
            break
    for label in line.ending(item.first, max(back, item.first - 7), *_BOUNDS, "total"):
        if (
            item.first - label.last <= 3
            and not item.bound
            and not _crosses(line, label.last, item.first)
        ):
            _bound(item, label)
    for label in line.ending(item.first, start, "periods", "each"):
        near = item.first - label.last <= 3
        if near and label.says and not item.period:
            item.period = label.says
            _hold(item, label)
        elif near and label.name == "each" and not item.unit:
            item.unit = "each"
            _hold(item, label)
    if item.period:
        for label in line.ending(item.first, start, "rents"):
            _hold(item, label)


def _bound(item: Item, label: Label) -> None:
    if label.name == "total":
        item.marks.add("total")
    else:
        item.bound = label.name
    _hold(item, label)


def _same_clause_or_colon(line: Line, at: int, first: int) -> bool:
    return all(line.word(k) not in (",", ".") for k in range(at, first))


def _crosses(line: Line, at: int, first: int) -> bool:
    """Tell whether a comma or another number stands between."""
    return any(line.word(k) in (",", ".", ";") or line.number(k) for k in range(at, first))


def _hold(item: Item, label: Label) -> None:
    item.held.update(range(label.first, label.last))


def _role(line: Line, item: Item, back: int, after: int) -> str:
    """Return what an amount is of, by the nearest words, or nothing for a price."""
    bought = line.label(item.last, "purchase") or line.label(item.last + 1, "purchase")
    if bought:
        return ""
    behind = [
        label
        for at in range(item.last, min(after, item.last + 2))
        for label in line.labels[at]
        if label.name == "roles:after"
    ]
    before = list(line.ending(item.first, back, "roles:before"))
    for label in before:
        gap = item.first - label.last
        comma = any(line.word(k) in (",", ".", ";", "?") for k in range(label.last, item.first))
        if (gap <= _NEAR and not comma) or (gap == 1 and line.word(label.last) in (",", ":")):
            if behind and gap > 1:
                break
            _hold(item, label)
            return label.says
    if behind:
        _hold(item, behind[0])
        return behind[0].says
    return _wide_role(line, item)


def _wide_role(line: Line, item: Item) -> str:
    """Return what the whole sentence is about where that is no purchase: a loan, a salary, a receipt."""
    phrase = line.tokens[item.first].phrase
    for label in line.ending(item.first, 0, "roles:before"):
        if label.says in _WIDE and line.tokens[label.first].phrase == phrase:
            if not (label.says == "purchases"):
                _hold(item, label)
                return label.says
    return ""


def _owner(line: Line, item: Item, back: int, after: int, kind: str, near: int) -> str:
    """Return whose a duration or a share is, by the nearest words; nothing: the contract's."""
    behind = [
        label
        for at in range(item.last, min(after, item.last + 2))
        for label in line.labels[at]
        if label.name == f"{kind}:after"
        and line.tokens[at].clause == line.tokens[item.first].clause
    ]
    for label in line.ending(item.first, max(back, item.first - 8), f"{kind}:before"):
        gap = item.first - label.last
        comma = any(line.word(k) in (",", ".", ";", "?") for k in range(label.last, item.first))
        if gap <= near and not comma and not (behind and gap):
            _hold(item, label)
            return label.says
    if behind:
        _hold(item, behind[0])
        return behind[0].says
    return ""


def joined(line: Line, before: Item, item: Item) -> str:
    """Tell how an amount stands to the one before it: `plus`, `list`, `other` (one instead of the other), or nothing."""
    between = range(before.last, item.first)
    start = max((k + 1 for k in between if line.word(k) in (",", ";")), default=before.last)
    words = lexicon().words
    if any(line.word(k) in words["alternatives"] for k in between):
        return "other"
    if any(line.label(k, "plus") for k in between):
        return "plus"
    if (
        line.tokens[before.first].phrase != line.tokens[item.first].phrase
        and line.word(before.last) != ";"
    ):
        return ""
    named = [k for k in range(start, item.first) if line.noun(k)]
    if not named or any(line.word(k) in words["valued"] for k in named):
        return "list" if _listed(line, start, item.first) else ""
    return "list"


def _listed(line: Line, start: int, end: int) -> bool:
    """Tell whether a lot, a tranche or an option is named."""
    return any(line.word(k) in lexicon().words["ordinal-lists"] for k in range(start, end))
