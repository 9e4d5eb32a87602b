"""The words that tell what a number is, as `data/reader/amounts.yaml` lists them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from montages.knowledge.files import library

# Lists that a word with a letter wrong may still be of.
_FORGIVEN = ("renewable", "upkeep", "periods", "units-of-time", "inhabitants", "firm", "contract")
Phrases = Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]


def fold(char: str) -> str:
    """Return a sign in lower case, without accent, a space of any width as a space."""
    if char < "\u0080":
        return " " if char in "\t\n\r" else char.lower()
    if char in "’ʼ‘`´":
        return "'"
    if char in "–—‒−‑":
        return "-"
    if char in "œŒ":
        return "oe"
    plain = unicodedata.normalize("NFKD", char).lower()
    return " " if plain.isspace() else "".join(c for c in plain if not unicodedata.combining(c))


def stem(word: str) -> str:
    """Return a folded word in the singular."""
    return (
        word[:-1]
        if (len(word) > 2 and word[-1] == "s") or (len(word) > 3 and word[-1] == "x")
        else word
    )


def _phrase(words: object) -> tuple[str, ...]:
    if not isinstance(words, str):
        raise TypeError(f"Quote this word in amounts.yaml: {words}")
    folded = "".join(map(fold, words))
    return tuple(stem(word) for word in folded.split())


@dataclass(frozen=True)
class Lexicon:
    """The words by what they say: phrases by first word, lists of single words, figures."""

    phrases: Phrases
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    months: Mapping[str, int]
    instalments: Mapping[str, str]
    written: Mapping[str, Mapping[str, str]]
    long_words: Mapping[str, tuple[str, ...]]
    same_things: tuple[frozenset[str], ...]
    small_monthly: Decimal
    small_each: Decimal

    def known(self, word: str) -> str:
        """Return the word of time or of renewal that a long word with a letter wrong was meant to be."""
        if len(word) < 8 or word in self.phrases:
            return word
        return next((w for w in self.long_words.get(word[0], ()) if _one_wrong(word, w)), word)


def _one_wrong(word: str, meant: str) -> bool:
    """Tell whether two words differ by one letter put in, left out, changed, or by two that changed places."""
    if abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    start = 0
    while start < min(len(word), len(meant)) and word[start] == meant[start]:
        start += 1
    rest, other = word[start:], meant[start:]
    if rest[1:] == other or rest == other[1:] or rest[1:] == other[1:]:
        return True
    return rest[:2] == other[1::-1] and rest[2:] == other[2:]


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[object, str, str]]:
    """Yield each phrase with its class and what it says in it."""
    for name in _PLAIN:
        yield from ((phrase, name, "") for phrase in data[name])
    for name in ("taxes", "units-of-time", "periods", "measures"):
        yield from ((phrase, name, says) for says, all_ in data[name].items() for phrase in all_)
    for name in ("roles", "shares", "duration-roles"):
        for role, sides in data[name].items():
            for side, all_ in sides.items():
                yield from ((phrase, f"{name}:{side}", role) for phrase in all_)
    for kind, all_ in data["beside"].items():
        yield from ((phrase, "beside", kind) for phrase in all_)


_PLAIN = (
    *("currency", "foreign", "approximate", "each", "total", "restates", "part", "plus"),
    *("each-time", "maximum", "minimum", "at-most", "at-least", "from-to", "renewable"),
    *("renewals", "limits", "firm", "times", "for-long", "whole-long", "purchase", "design"),
    *("upkeep", "concession", "to-the-operator", "advance", "overseas", "trial", "prolong"),
    *("contract", "inhabitants", "heating", "not-heating", "building", "outdoors", "staff"),
    *("employs", "place", "without-amount", "rents", "small", "vague", "valued", "persons"),
)
_WORDS = ("references", "ordinal-lists", "months-of-year", "date-before", "bodies", "persons")
_MORE = (
    "lots",
    "valued",
    "not-units",
    "functions",
    "numbers-in-doubt",
    "alternatives",
    "links",
    "rivals",
    "valuing",
    "pictures",
)


@cache
def lexicon() -> Lexicon:
    """Return the words of `data/reader/amounts.yaml`."""
    path = library.ROOT / "data" / "reader" / "amounts.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    long_words: dict[str, list[str]] = {}
    for phrase, name, says in _entries(data):
        words = _phrase(phrase)
        phrases.setdefault(words[0], []).append((words, name, says))
        if name in _FORGIVEN and len(words) == 1 and len(words[0]) >= 8:
            long_words.setdefault(words[0][0], []).append(words[0])
    return Lexicon(
        phrases={
            first: tuple(sorted(all_, key=lambda entry: -len(entry[0])))
            for first, all_ in phrases.items()
        },
        words={name: frozenset(_one(data[name])) for name in (*_WORDS, *_MORE)},
        numbers={stem(word): number for word, number in data["numbers"].items()},
        multipliers={
            " ".join(_phrase(word)): size
            for size, all_ in data["multipliers"].items()
            for word in all_
        },
        months=data["months"],
        instalments={
            " ".join(_phrase(word)): unit
            for unit, all_ in data["instalments"].items()
            for word in all_
        },
        written=data["written"],
        long_words={first: tuple(all_) for first, all_ in long_words.items()},
        same_things=tuple(frozenset(_one(words)) for words in data["same-things"]),
        small_monthly=Decimal(data["small-monthly"]),
        small_each=Decimal(data["small-each"]),
    )


def _one(words: Sequence[object]) -> Iterator[str]:
    return (" ".join(_phrase(word)) for word in words)
