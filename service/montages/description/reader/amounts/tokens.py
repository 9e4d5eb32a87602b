"""The tokens of a sentence: its words, its signs, and its numbers, in figures or in letters, as one each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.description.reader.amounts.lexicon import lexicon, stem
from montages.description.reader.words import folded

_TOKEN = re.compile(
    r"(?P<date>(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d(?![\d]))"
    r"|(?P<name>(?<![\d,.])0\d(?:[ .-]?\d\d){4}(?!\d)|(?<!\d)\d{14}(?!\d)"
    r"|\b24 ?h ?(?:/|sur) ?24\b|\b7 ?j ?(?:/|sur) ?7\b|\b[lrd]\.? ?\d{3,4}-\d+(?:-\d+)*)"
    r"|(?P<part>(?<![\d/])[1-9]/[1-9](?![\d/]))"
    r"|(?P<num>(?:\d{1,3}(?:(?: {1,2}\d{3})+|(?:['.]\d{3})+)(?!\d)(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:,\d{3})+\.\d{1,2}(?!\d)|\d+(?:[.,]\d+)?))"
    r"|(?P<litre>\bl(?= ?/| (?:par |de |d')))"  # « 12 000 l/an », « 300 l de peinture »
    r"|(?P<elided>[a-z]+(?='))'|(?P<word>[hk]\.t\.?(?![a-z])|t\.t\.c\.?(?![a-z])|[a-z]+[a-z0-9]*)"
    r"|(?P<sign>[^\s'])"
)
_ENDS, _BREAKS = frozenset(";.?!"), frozenset(",:()")
_SHORT = {"h.t": "ht", "h.t.": "ht", "t.t.c": "ttc", "t.t.c.": "ttc", "k.t": "ht"}
_HUNDRED, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a number, with its place; `clause` counts commas before it, `phrase` full stops.

    `scale` is what multiplied a number, `doubtful` tells that its figures could be read otherwise.
    """

    kind: str
    text: str
    start: int
    end: int
    clause: int = 0
    phrase: int = 0
    value: Decimal = Decimal(0)
    scale: int = 1
    doubtful: bool = False
    capital: bool = False


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text, each number one token with its value."""
    return tuple(_scaled(list(_spelled(list(_raw(text, _is_english(text)))))))


def _is_english(text: str) -> bool:
    words = set(map(stem, re.findall(r"[a-z]+", text.lower())))
    return bool(re.search(r"[€£$]\d", text) or words & lexicon().words["english"])


def _raw(text: str, english: bool) -> Iterator[Token]:
    """Yield words, signs and numbers in figures."""
    signs = [" " if one.isspace() else folded(one) for one in text]
    letters = [(char, at) for at, of_one in enumerate(signs) for char in of_one]
    line, places = "".join(char for char, _ in letters), [at for _, at in letters]
    cut_short, shouted = lexicon().words["cut-short"], text.isupper() and len(text) > 12
    clause = phrase = 0
    word = ""
    for match in _TOKEN.finditer(line):
        kind, matched = match.lastgroup or "", match[0]
        start, end = places[match.start()], places[match.end() - 1] + 1
        if kind == "sign":
            inside = matched == "." and line[match.end() : match.end() + 1].isalnum()
            clause += matched in _ENDS or matched in _BREAKS
            phrase += matched in _ENDS and not inside
        if matched == "." and word in cut_short:
            continue
        token = Token(kind, matched, start, end, clause, phrase)
        word = ""
        if kind == "num":
            value, doubtful = _figures(matched, english)
            token = replace(token, value=value, doubtful=doubtful)
        elif kind in ("elided", "word", "litre"):
            word = _word("litre" if kind == "litre" else matched.rstrip("'"), english)
            word = "cela" if text[start:end].lower() == "ça" else word
            capital = text[start].isupper() and not shouted
            token = replace(token, kind="word", text=word, capital=capital)
        yield token


def _word(matched: str, english: bool) -> str:
    """Return a word as the lists have it: in the singular, not cut short, with its letters mended."""
    if english and matched == "an":
        return "a"
    return lexicon().known(stem(_SHORT.get(matched, matched)))


def _figures(matched: str, english: bool) -> tuple[Decimal, bool]:
    """Return the number that figures write, and whether another may have been meant."""
    bare = matched.replace(" ", "").replace("'", "")
    if "," in bare and "." in bare:
        grouped, decimal = (".", ",") if bare.rindex(",") > bare.rindex(".") else (",", ".")
        return Decimal(bare.replace(grouped, "").replace(decimal, ".")), False
    for sign in ",.":
        head, *groups = bare.split(sign)
        if groups and head != "0" and all(len(group) == 3 for group in groups) and len(head) <= 3:
            one_comma = sign == "," and len(groups) == 1 and not english
            return Decimal(bare.replace(sign, "")), one_comma
    return Decimal(bare.replace(",", ".")), False


def _spelled(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, numbers in letters as numbers."""
    at = 0
    while at < len(tokens):
        token, size = tokens[at], _letters(tokens, at)
        if size:
            value = _value([t.text for t in tokens[at : at + size]])
            end = tokens[at + size - 1].end
            token = Token("num", f"{value}", token.start, end, token.clause, token.phrase)
            token = replace(token, value=Decimal(value))
        yield token
        at += size or 1


def _letters(tokens: list[Token], at: int) -> int:
    """Return how many tokens from one on write a number in letters."""
    words, size = lexicon(), 0
    while at + size < len(tokens) and tokens[at + size].text in words.tables["numbers"]:
        size += 1
        size += _joins(tokens, at + size)
    if size != 1:
        return size
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    counts = after in words.tables["multipliers"] or _is_time(after)
    scale = at and tokens[at - 1].kind == "num"
    doubtful = tokens[at].text in words.words["numbers-in-doubt"] and not counts
    return 0 if doubtful or scale else 1


def _joins(tokens: list[Token], at: int) -> bool:
    """Tell whether a hyphen or « et » joins two words of one number."""
    numbers = lexicon().tables["numbers"]
    if at + 1 >= len(tokens) or tokens[at + 1].text not in numbers:
        return False
    before, after = numbers[tokens[at - 1].text], numbers[tokens[at + 1].text]
    joins = {"-": True, "et": after in (1, 11), "and": before >= _HUNDRED}
    return bool(joins.get(tokens[at].text))


def _is_time(word: str) -> bool:
    return any(name in ("units-of-time", "times") for _, name, _ in lexicon().phrases.get(word, ()))


def _value(words: list[str]) -> int:
    """Return the number that words in letters write."""
    whole = part = 0
    for number in (lexicon().tables["numbers"].get(word, 0) for word in words):
        if number == _THOUSAND:
            whole, part = whole + max(part, 1) * number, 0
        elif number == _HUNDRED:
            part = max(part, 1) * number
        elif number == 20 and part % _HUNDRED == 4:
            part += 76
        else:
            part += number
    return whole + part


def _scaled(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens, a number and the words of size behind it (« 48 k ») as one number."""
    at = 0
    while at < len(tokens):
        token, priced = tokens[at], at > 0 and tokens[at - 1].text == "€"
        at += 1
        while token.kind == "num" and (size := _size(token, tokens[at : at + 3], priced)):
            value = token.value * size
            token = replace(token, value=value, scale=size * token.scale, doubtful=False)
            token, at = replace(token, end=tokens[at].end), at + 1
        added, size = _added(token, tokens[at : at + 2])
        if size:
            token = replace(token, value=token.value + added)
            token, at = replace(token, end=tokens[at + size - 1].end), at + size
        yield token


def _added(token: Token, after: list[Token]) -> tuple[Decimal, int]:
    """Return what is said behind a number of thousands or millions, and in how many words."""
    words = [one.text for one in after]
    if token.scale > 1 and words in (["et", "demi"], ["et", "demie"]):
        return Decimal(token.scale) / 2, 2
    if token.scale >= 1_000_000 and after and 0 < after[0].value < 10:  # « un million deux »
        return after[0].value * token.scale / 10, 1
    return Decimal(0), 0


def _size(token: Token, after: list[Token], priced: bool) -> int:
    """Return what a word behind a number multiplies it by; 0 for none.

    A lone « m » says millions beside money, or as a capital: not in « 300 m d'enrobé ».
    """
    size = lexicon().tables["multipliers"].get(after[0].text, 0) if after else 0
    if not size or after[0].text != "m":
        return size
    behind = [one.text for one in after[1:]]
    if {*(behind[1:] if behind[:1] == ["d"] else behind[:1])} & lexicon().words["behind-millions"]:
        return size
    return size if priced or after[0].capital else 0
