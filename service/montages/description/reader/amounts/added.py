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
    listed = line.word(start) in words["ordinal-lists"]
    if not (phrase or listed or ";" in map(line.word, stops)):
        return False
    named = {line.word(k) for k in range(start, item.first)}
    loose, valuing = named & words["functions"] - words["links"], named & words["valuing"]
    if headed or loose:
        return headed and not valuing
    nouns = any(map(line.noun, range(start, item.first)))
    explained = all(
        line.label(i.last, "links") and any(map(line.noun, (i.last + 1, i.last + 2)))
        for i in (before, item)
    )
    # « 22 caméras, 96 000 HT, maintenance 8 000 par an »: the thing stands before a comma.
    ahead = before.first - bool(item.period or before.unit)
    back = max((k + 1 for k in range(ahead) if line.word(k) in STOPS), default=0)
    around = (*range(back, before.first), *range(before.last, min(before.last + 4, start)))
    return not valuing and any(map(line.noun, around)) if nouns else explained
