"""Whether several amounts are parts of one: joined by a plus, lots, things listed with their prices."""

from __future__ import annotations

from montages.description.reader.amounts.line import STOPS, Item, Line
from montages.description.reader.lexicon import lexicon


def added(line: Line, before: Item, item: Item) -> bool:
    """Tell whether two amounts are parts of one: joined by a plus, lots, things listed with their prices."""
    words = lexicon().words
    between, behind = range(before.last, item.first), range(item.first)
    headed = any(line.word(k) in words["ordinal-lists"] and line.many(k) for k in behind)
    rivals = any(line.word(k) in words["rivals"] and line.many(k) for k in range(before.first))
    if any(line.label(k, "plus") for k in between) or (rivals and not headed):
        return headed or not rivals
    stops = [k for k in between if line.word(k) in STOPS]
    start = stops[-1] + 1 if stops else before.last
    phrase = line.tokens[before.first].phrase == line.tokens[item.first].phrase
    if not (phrase or line.word(start) in words["ordinal-lists"] or ";" in map(line.word, stops)):
        return False
    named = {line.word(k) for k in range(start, item.first)}
    loose, valuing = named & words["functions"] - words["links"], named & words["valuing"]
    if headed or loose or valuing:
        return headed and not valuing
    # « 96 000 HT de caméras, 8 000 de maintenance »: the things stand behind their prices.
    explained = all(
        line.label(i.last, "links") and any(map(line.noun, (i.last + 1, i.last + 2)))
        for i in (before, item)
    )
    if not any(map(line.noun, range(start, item.first))):
        return explained
    # « 22 caméras, 96 000 HT, maintenance 8 000 par an »: the thing stands before a comma.
    ahead = before.first - bool(item.period or before.unit)
    back = max((k + 1 for k in range(ahead) if line.word(k) in STOPS), default=0)
    return any(map(line.noun, (*range(back, before.first), *range(before.last, start))))
