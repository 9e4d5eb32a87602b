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
    r"|(?P<ref>\b[lrd]\.? ?\d{3,4}-\d+(?:-\d+)*)"
    r"|(?P<num>(?:\d{1,3}(?:(?: {1,2}\d{3})+|(?:['.]\d{3})+)(?!\d)(?:,\d{1,2}(?!\d))?"
    r"|\d{1,3}(?:,\d{3}){2,}(?!\d)|\d{1,3}(?:,\d{3})+\.\d{1,2}(?!\d)|\d+(?:[.,]\d+)?))"
    r"|(?P<elided>[a-z]+(?='))'|(?P<word>[hk]\.t\.?(?![a-z])|t\.t\.c\.?(?![a-z])|[a-z]+[a-z0-9]*)"
    r"|(?P<sign>[^\s'])"
)
_ENDS, _BREAKS = frozenset(";.?!"), frozenset(",:()")
_SHORT = {"h.t": "ht", "h.t.": "ht", "t.t.c": "ttc", "t.t.c.": "ttc", "k.t": "ht"}
_MEANT = {"ça": "cela"}
_CUT = frozenset(
    {
        "incl",
        "excl",
        "inc",
        "exc",
        "env",
        "u",
        "max",
        "min",
        "hab",
        "approx",
        "art",
        "ex",
        "no",
        "mini",
        "maxi",
    }
)
_HUNDRED, _THOUSAND = 100, 1000


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign or a number, with its place; `clause` counts commas before it, `phrase` full stops.

    `plain` tells that a number is of figures without a space, `scale` what multiplied it, `said` how its
    figures could otherwise be read.
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
    english = _is_english(text)
    raw = list(_raw(text, english))
    return tuple(_scaled(list(_spelled(raw)), english))


def _is_english(text: str) -> bool:
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(re.search(r"[€£$]\d", text)) or bool(
        words
        & {"the", "of", "and", "each", "per", "year", "years", "month", "months", "with", "vat"}
    )


def _raw(text: str, english: bool) -> Iterator[Token]:
    """Yield words, signs and numbers in figures."""
    folded, places = [], []
    for at, char in enumerate(text):
        plain = fold(char)
        folded.append(plain)
        places.extend([at] * len(plain))
    places.append(len(text))
    line = "".join(folded)
    clause = phrase = 0
    word, shouted = "", text.isupper() and len(text) > 12
    for match in _TOKEN.finditer(line):
        kind, found = match.lastgroup or "", match[0]
        start, end = places[match.start()], places[match.end() - 1] + 1
        if kind == "sign":
            inside = found == "." and line[match.end() : match.end() + 1].isalnum()
            dash = found == "-" and line[match.start() - 1 : match.end() + 1] == " - "
            clause += found in _ENDS or found in _BREAKS or dash
            phrase += found in _ENDS and not inside
        if found == "." and word in _CUT:
            continue
        if kind == "num":
            value, doubtful = _figures(found, english)
            yield Token(
                "num", found, start, end, clause, phrase, value, " " not in found, 1, doubtful
            )
        elif kind in ("elided", "word"):
            word = found.rstrip("'")
            word = _MEANT.get(text[start:end].lower(), word)
            word = "a" if english and word == "an" else word
            word = lexicon().known(stem(_SHORT.get(word, word)))
            yield Token(
                "word",
                word,
                start,
                end,
                clause,
                phrase,
                capital=text[start].isupper() and not shouted,
            )
        else:
            word = ""
            yield Token(kind, found, start, end, clause, phrase)


def _figures(found: str, english: bool) -> tuple[Decimal, bool]:
    """Return the number that figures write, and whether another may have been meant."""
    bare = found.replace(" ", "").replace("'", "")
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
    numbers, at = lexicon().numbers, 0
    while at < len(tokens):
        token = tokens[at]
        size = _letters(tokens, at) if token.kind == "word" and token.text in numbers else 0
        if size == 1 and numbers[token.text] == _THOUSAND and at and tokens[at - 1].kind == "num":
            size = 0
        if not size:
            yield token
            at += 1
            continue
        last = tokens[at + size - 1]
        value = _value([t.text for t in tokens[at : at + size] if t.text in numbers])
        yield replace(
            token,
            kind="num",
            end=last.end,
            value=Decimal(value),
            text=f"{value}",
            plain=False,
            capital=False,
        )
        at += size


def _letters(tokens: list[Token], at: int) -> int:
    """Return how many tokens from one on write a number in letters."""
    words, size = lexicon(), 0
    while at + size < len(tokens):
        token = tokens[at + size]
        joins = token.text in ("-", "et", "and") and size
        if token.text in words.numbers and token.kind == "word":
            size += 1
        elif joins and at + size + 1 < len(tokens) and _joined(tokens, at + size):
            size += 2
        else:
            break
    alone = size == 1 and tokens[at].text in words.words["numbers-in-doubt"]
    after = tokens[at + 1].text if at + 1 < len(tokens) else ""
    if alone and not ((after in words.multipliers and len(after) > 2) or _is_time(after)):
        return 0
    # « un » that ends a number belongs to what follows: « les deux un peu ».
    return size


def _joined(tokens: list[Token], at: int) -> bool:
    """Tell whether a hyphen or « et » joins two words of one number."""
    before, after = tokens[at - 1].text, tokens[at + 1].text
    numbers = lexicon().numbers
    if after not in numbers or before not in numbers:
        return False
    if tokens[at].text == "-":
        return True
    small = numbers[after] in (1, 11) and 20 <= numbers[before] < _HUNDRED
    return small or (tokens[at].text == "and" and numbers[before] >= _HUNDRED)


def _is_time(word: str) -> bool:
    return any(name in ("units-of-time", "times") for _, name, _ in lexicon().phrases.get(word, ()))


def _value(words: list[str]) -> int:
    """Return the number that words in letters write."""
    whole = part = 0
    for word in words:
        number = lexicon().numbers[word]
        if number == _THOUSAND:
            whole, part = whole + max(part, 1) * number, 0
        elif number == _HUNDRED:
            part = max(part, 1) * number
        elif number == 20 and part % _HUNDRED == 4:
            part += 76
        else:
            part += number
    return whole + part


def _scaled(tokens: list[Token], english: bool) -> Iterator[Token]:
    """Yield the tokens, a number and the word of size behind it (« 1,2 million », « 48 k ») as one number."""
    at = 0
    while at < len(tokens):
        token, size = tokens[at], 1
        if token.kind == "num" and at + 1 < len(tokens) and tokens[at - 1].text == "€":
            following = tokens[at + 1]
            if following.text == "m" and following.start == token.end:
                tokens[at + 1] = replace(following, text="million")
        while token.kind == "num" and at + size < len(tokens):
            grown = _grown(token, tokens, at + size)
            if not grown:
                break
            token, more = grown
            size += more
        yield token
        at += size


def _grown(token: Token, tokens: list[Token], at: int) -> tuple[Token, int] | None:
    """Return a number with the word of size that stands at a place, and how many tokens that took."""
    after, value = tokens[at], token.value or Decimal(0)
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    scale = lexicon().multipliers.get(after.text) if after.kind == "word" else None
    if scale and _is_size(token, after, following):
        if token.doubtful or (token.plain and "." in token.text and scale > 1000):
            value = Decimal(token.text.replace(",", ".")) if token.text.count(".") < 2 else value
        return replace(
            token, value=value * scale, end=after.end, scale=scale * token.scale, doubtful=False
        ), 1
    if token.scale > 1 and after.kind == "num" and after.value is not None and after.scale == 1:
        if after.value < 10 and token.scale >= 1_000_000 and not _counts(tokens, at):
            value += after.value * token.scale / 10
            return replace(token, value=value, end=after.end), 1
        if token.scale >= 1_000_000 and 1000 <= after.value < token.scale:
            return replace(token, value=value + after.value, end=after.end), 1
        grows = _grown(after, tokens, at + 1) if len(tokens) > at + 1 else None
        if grows and grows[0].scale < token.scale and after.start - token.end <= 2:
            return replace(token, value=value + (grows[0].value or 0), end=grows[0].end), 1 + grows[
                1
            ]
        if after.value < 1000 and token.scale == 1000 and token.text.isalpha():
            return replace(token, value=value + after.value, end=after.end), 1
    if after.text == "et" and following and following.text in ("demi", "demie") and token.scale > 1:
        return replace(token, value=value + Decimal(token.scale) / 2, end=following.end), 2
    return None


def _is_size(token: Token, after: Token, following: Token | None) -> bool:
    """Tell whether a word behind a number multiplies it: a lone « m » does before money, or as a capital."""
    if after.text == "m":
        money = following is not None and following.text in (
            "d",
            "€",
            "euro",
            "eur",
            "ht",
            "ttc",
            "e",
            "excl",
        )
        return money or (after.capital and (following is None or following.kind == "sign"))
    return True


def _counts(tokens: list[Token], at: int) -> bool:
    """Tell whether a number counts what follows it, rather than ends the number before it."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or after.kind != "word":
        return False
    return after.text not in ("euro", "environ", "env", "ht", "ttc", "d", "de", "pour", "sur", "e")
