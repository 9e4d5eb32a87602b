"""The words of a sentence, each number one of them: in figures, in letters, with its words of size."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from montages.description.reader.lexicon import lexicon
from montages.description.reader.stems import single
from montages.description.reader.typos import KnownWords
from montages.description.reader.words import MONEY, NUMBER, SHARE, Word, raw_words

_TEN, _HUNDRED, _THOUSAND = 10, 100, 1000


def words_of(text: str, known: KnownWords | None = None) -> tuple[Word, ...]:
    """Return the words of a text in order; a known word is taken for a long one mistyped by a letter."""
    words = set(map(single, re.findall(r"[a-z]+", text.lower())))
    english = bool(re.search(r"[€£$]\d", text) or words & lexicon().words["english"])
    raw = [_with_value(word, english) for word in raw_words(text, known or KnownWords())]
    return tuple(_typed(list(_scaled(list(_spelled(raw))))))


def _with_value(word: Word, english: bool) -> Word:
    if english and word.form == "an":
        return replace(word, form="a")
    if word.kind != NUMBER or not word.form[0].isdigit():
        return word
    value, doubtful = _figures(word.form, english)
    return replace(word, value=value, doubtful=doubtful)


def _figures(form: str, english: bool) -> tuple[Decimal, bool]:
    """Return the number that figures write, and whether another may have been meant."""
    bare = form.replace(" ", "").replace("'", "")
    if "," in bare and "." in bare:
        grouped, decimal = (".", ",") if bare.rindex(",") > bare.rindex(".") else (",", ".")
        return Decimal(bare.replace(grouped, "").replace(decimal, ".")), False
    for sign in ",.":
        head, *groups = bare.split(sign)
        if groups and head != "0" and all(len(group) == 3 for group in groups) and len(head) <= 3:
            one_comma = sign == "," and len(groups) == 1 and not english
            return Decimal(bare.replace(sign, "")), one_comma
    return Decimal(bare.replace(",", ".")), False


def _spelled(words: list[Word]) -> Iterator[Word]:
    """Yield the words, numbers in letters as one each."""
    at = 0
    while at < len(words):
        word, size = words[at], _letters(words, at)
        if size:
            value = Decimal(_value(words[at : at + size]))
            word = replace(word, value=value, end=words[at + size - 1].end)
            if size > 1:
                word = replace(word, kind=NUMBER, form=f"{value}", stem=f"{value}")
        yield word
        at += size or 1


def _letters(words: list[Word], at: int) -> int:
    """Return how many words from one on write a number in letters."""
    tables, size = lexicon().tables, 0
    while at + size < len(words) and words[at + size].single in tables["numbers"]:
        if size and words[at].single in ("un", "une"):
            break  # « un neuf »
        pair = [tables["numbers"].get(one.single, _TEN) for one in words[at : at + size + 1][-2:]]
        if size and max(pair) < _TEN:
            break  # « two one-year renewals »
        size += 1
        size += _joins(words, at + size)
    if size != 1:
        return size
    behind = [word.single for word in words[at + 1 : at + 3] if word.single != "-"]
    after = (*behind, "")[0]
    names = {name for _, name, _ in lexicon().phrases.get(after, ())}
    counts = after in tables["multipliers"] or names & {"units-of-time", "times"}
    doubtful = words[at].single in lexicon().words["numbers-in-doubt"] and not counts
    scale = at and words[at - 1].value is not None
    return 0 if doubtful or scale else 1


def _joins(words: list[Word], at: int) -> bool:
    """Tell whether a hyphen or « et » joins two words of one number."""
    numbers = lexicon().tables["numbers"]
    if at + 1 >= len(words) or words[at + 1].single not in numbers:
        return False
    before, after = numbers[words[at - 1].single], numbers[words[at + 1].single]
    joins = {"-": True, "et": after in (1, 11), "and": before >= _HUNDRED}
    return bool(joins.get(words[at].form))


def _value(words: Sequence[Word]) -> int:
    """Return the number that words in letters write."""
    whole = part = 0
    for number in (lexicon().tables["numbers"].get(word.single, 0) for word in words):
        if number == _THOUSAND:
            whole, part = whole + max(part, 1) * number, 0
        elif number == _HUNDRED:
            part = max(part, 1) * number
        elif number == 20 and part % _HUNDRED == 4:
            part += 76
        else:
            part += number
    return whole + part


def _scaled(words: list[Word]) -> Iterator[Word]:
    """Yield the words, a number and the words of size behind it (« 48 k ») as one number."""
    at = 0
    while at < len(words):
        word, priced = words[at], at > 0 and words[at - 1].form == "€"
        at += 1
        while word.value is not None and (size := _size(words[at : at + 3], priced)):
            word = replace(word, value=word.value * size, scale=size * word.scale, doubtful=False)
            word, at = replace(word, kind=NUMBER, end=words[at].end), at + 1
        added, size = _added(word, words[at : at + 2])
        if size and word.value is not None:
            word = replace(word, value=word.value + added, end=words[at + size - 1].end)
            at += size
        yield word


def _added(word: Word, after: list[Word]) -> tuple[Decimal, int]:
    """Return what is said behind a number of thousands or millions, and in how many words."""
    forms = [one.form for one in after]
    if word.scale > 1 and forms in (["et", "demi"], ["et", "demie"]):
        return Decimal(word.scale) / 2, 2
    tenths = after[0].value if after else None
    if word.scale >= 1_000_000 and tenths and tenths < 10:  # « un million deux »
        return tenths * word.scale / 10, 1
    return Decimal(0), 0


def _size(after: list[Word], priced: bool) -> int:
    """Return what a word behind a number multiplies it by; 0 for none.

    A lone « m » says millions beside money, or as a capital: not in « 300 m d'enrobé ».
    """
    size: int = lexicon().tables["multipliers"].get(after[0].single, 0) if after else 0
    if not size or after[0].form != "m":
        return size
    behind = [one.single for one in after[1:]]
    if {*(behind[1:] if behind[:1] == ["d"] else behind[:1])} & lexicon().words["behind-millions"]:
        return size
    return size if priced or after[0].capital else 0


def _typed(words: list[Word]) -> Iterator[Word]:
    """Yield the words, a number with its sign of a share or its currency (« 2 millions d'euros ») as it."""
    money = lexicon().words["currency"] | lexicon().words["taxes"]
    for at, word in enumerate(words):
        if word.kind == NUMBER:
            after = [one.single for one in words[at + 1 : at + 3]]
            if after[:1] == ["%"] or after == ["pour", "cent"]:
                word = replace(word, kind=SHARE)
            elif money & {*(after[1:] if after[:1] in (["d"], ["de"]) else after[:1])}:
                word = replace(word, kind=MONEY)
        yield word
