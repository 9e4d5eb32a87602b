"""The tokens of a sentence: its words, its signs, and its numbers, in figures or in letters, as one each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from montages.description.reader.amounts.lexicon import fold, lexicon, stem

_TOKEN = re.compile(
    r"(?P<date>(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d(?![\d]))"
    r"|(?P<phone>(?<![\d,.])0\d(?:[ .-]?\d\d){4}(?!\d)|(?<!\d)\d{14}(?!\d))"
    r"|(?P<part>(?<![\d/])[1-9]/[1-9](?![\d/]))"
    r"|(?P<ref>\b24 ?h ?(?:/|sur) ?24\b|\b7 ?j ?(?:/|sur) ?7\b|\b[lrd]\.? ?\d{3,4}-\d+(?:-\d+)*)"
    r"|(?P<num>(?:\d{1,3}(?:(?: {1,2}\d{3})+|(?:['.]\d{3})+)(?!\d)(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:,\d{3})+\.\d{1,2}(?!\d)|\d+(?:[.,]\d+)?))"
    r"|(?P<elided>[a-z]+(?='))'|(?P<word>[hk]\.t\.?(?![a-z])|t\.t\.c\.?(?![a-z])|[a-z]+[a-z0-9]*)"
    r"|(?P<sign>[^\s'])"
)
_ENDS, _BREAKS = frozenset(";.?!"), frozenset(",:()")
_SHORT = {"h.t": "ht", "h.t.": "ht", "t.t.c": "ttc", "t.t.c.": "ttc", "k.t": "ht"}
_HUNDRED, _THOUSAND = 100, 1000
# What tells a lone « l » for litres from an article: « 12 000 l/an », « 300 l de peinture ».
_AFTER_LITRES = re.compile(r" ?(/|par |de |d')")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a number, with its place; `clause` counts commas before it, `phrase` full stops.

    `plain` tells that a number is of figures without a space, `scale` what multiplied it, `doubtful` that its
    figures could be read otherwise.
    """

    kind: str
    text: str
    start: int
    end: int
    clause: int = 0
    phrase: int = 0
    value: Decimal | None = None
    plain: bool = False
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
    letters = [(char, at) for at, one in enumerate(text) for char in fold(one)]
    line, places = "".join(char for char, _ in letters), [at for _, at in letters]
    cut_short, shouted = lexicon().words["cut-short"], text.isupper() and len(text) > 12
    clause = phrase = 0
    word = ""
    for match in _TOKEN.finditer(line):
        kind, matched = match.lastgroup or "", match[0]
        start, end = places[match.start()], places[match.end() - 1] + 1
        if kind == "sign":
            inside = matched == "." and line[match.end() : match.end() + 1].isalnum()
            dash = matched == "-" and line[match.start() - 1 : match.end() + 1] == " - "
            clause += matched in _ENDS or matched in _BREAKS or dash
            phrase += matched in _ENDS and not inside
        if matched == "." and word in cut_short:
            continue
        token = Token(kind, matched, start, end, clause, phrase)
        if kind == "num":
            value, doubtful = _figures(matched, english)
            plain = " " not in matched
            token = replace(token, value=value, plain=plain, doubtful=doubtful)
        elif kind in ("elided", "word"):
            word = matched.rstrip("'")
            word = "cela" if text[start:end].lower() == "ça" else word
            word = "a" if english and word == "an" else word
            measured = _AFTER_LITRES.match(line, match.end())
            word = "litre" if kind == "word" and word == "l" and measured else word
            word = lexicon().known(stem(_SHORT.get(word, word)))
            capital = text[start].isupper() and not shouted
            token = replace(token, kind="word", text=word, capital=capital)
        else:
            word = ""
        yield token


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
    while at + size < len(tokens) and tokens[at + size].text in words.numbers:
        size += 1
        size += _joins(tokens, at + size)
    if size == 1:
        after = tokens[at + 1].text if at + 1 < len(tokens) else ""
        counts = (after in words.multipliers and len(after) > 2) or _is_time(after)
        scale = words.numbers[tokens[at].text] == _THOUSAND and tokens[at - 1].kind == "num"
        counts |= tokens[at - 1].text in words.words["definite"]
        doubtful = tokens[at].text in words.words["numbers-in-doubt"] and not counts
        return 0 if doubtful or (at and scale) else 1
    return 0 if [token.text for token in tokens[at : at + size]] == ["un", "neuf"] else size


def _joins(tokens: list[Token], at: int) -> bool:
    """Tell whether a hyphen or « et » joins two words of one number."""
    numbers = lexicon().numbers
    if at + 1 >= len(tokens) or tokens[at + 1].text not in numbers:
        return False
    before, after = numbers[tokens[at - 1].text], numbers[tokens[at + 1].text]
    small = after in (1, 11) and before >= 20
    joins = {"-": True, "et": small, "and": before >= _HUNDRED}
    return joins.get(tokens[at].text, False)


def _is_time(word: str) -> bool:
    return any(name in ("units-of-time", "times") for _, name, _ in lexicon().phrases.get(word, ()))


def _value(words: list[str]) -> int:
    """Return the number that words in letters write."""
    whole = part = 0
    for number in (lexicon().numbers.get(word, 0) for word in words):
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
    """Yield the tokens, a number and the word of size behind it (« 1,2 million », « 48 k ») as one number."""
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        priced = at > 0 and tokens[at - 1].text == "€"
        while token.kind == "num" and at + size < len(tokens):
            grown = _grown(token, tokens, at + size, priced)
            if not grown:
                break
            token, more = grown
            size += more
        yield token
        at += size


def _grown(
    token: Token, tokens: list[Token], at: int, priced: bool = False
) -> tuple[Token, int] | None:
    """Return a number with the word of size that stands at a place, and how many tokens that took."""
    after, value, scale = tokens[at], token.value or Decimal(0), token.scale
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if after.text == "m" and following and following.text == "d":  # « 300 m d'enrobé »
        following = tokens[at + 2] if at + 2 < len(tokens) else None
    size = lexicon().multipliers.get(after.text) if after.kind == "word" else None
    if size and (after.text != "m" or _is_million(token, after, following, priced)):
        if token.doubtful or (token.plain and "." in token.text and size > _THOUSAND):
            value = Decimal(token.text.replace(",", ".")) if token.text.count(".") < 2 else value
        grown = replace(token, value=value * size, scale=size * scale, doubtful=False)
        return replace(grown, end=after.end), 1
    if scale == 1:
        return None
    if after.text == "et" and following and following.text in ("demi", "demie"):
        return replace(token, value=value + Decimal(scale) / 2, end=following.end), 2
    if after.kind != "num" or after.value is None or after.scale > 1:
        return None
    more = _grown(after, tokens, at + 1) if following else None
    size, last, added = 1, after.end, after.value
    if added < 10 and scale >= 1_000_000:
        added = added * scale / 10
    elif more and more[0].scale < scale and after.start - token.end <= 2:
        size, last, added = 1 + more[1], more[0].end, more[0].value or added
    elif not (scale >= 1_000_000 and _THOUSAND <= added < scale) and not (
        scale == _THOUSAND and added < _THOUSAND and token.text.isalpha()
    ):
        return None
    return replace(token, value=value + added, end=last), size


def _is_million(token: Token, after: Token, following: Token | None, priced: bool) -> bool:
    """Tell whether a lone « m » behind a number says millions: beside money, or as a capital."""
    if following is not None and following.text in lexicon().words["behind-millions"]:
        return True
    alone = following is None or following.kind == "sign"
    return (after.capital and alone) or (priced and after.start == token.end)
