"""The words that tell what a number is, as `data/reader/amounts.yaml` lists them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

import yaml

from montages.knowledge.files import library

# Lists of which a word with a letter wrong is forgiven, and how long it must be.
_FORGIVEN = ("renewable", "upkeep", "periods", "units-of-time", "inhabitants", "firm", "contract")
_LONG = 8
_SIGNS = {
    "’": "'",
    "ʼ": "'",
    "‘": "'",
    "´": "'",
    "–": "-",
    "—": "-",
    "‒": "-",
    "−": "-",
    "‑": "-",
    "œ": "oe",
    "Œ": "oe",
}
# Lists that say more than that a word is of them.
_OTHERWISE = (
    "numbers",
    "multipliers",
    "months",
    "instalments",
    "written",
    "same-things",
    "small-monthly",
    "small-each",
)


def fold(char: str) -> str:
    """Return a sign in lower case, without accent, a space of any width as a space."""
    if char in _SIGNS:
        return _SIGNS[char]
    plain = unicodedata.normalize("NFKD", char).lower()
    return " " if plain.isspace() else "".join(c for c in plain if not unicodedata.combining(c))


def stem(word: str) -> str:
    """Return a folded word in the singular."""
    plural = (len(word) > 2 and word[-1] == "s") or (len(word) > 3 and word[-1] == "x")
    return word[:-1] if plural else word


def _phrase(words: object) -> tuple[str, ...]:
    if not isinstance(words, str):
        raise TypeError(f"Quote this word in amounts.yaml: {words}")
    return tuple(stem(word) for word in "".join(map(fold, words)).split())


@dataclass(frozen=True)
class Lexicon:
    """The words by what they say: `phrases` by first word, longest first; `words`: each list as a set."""

    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    words: Mapping[str, frozenset[str]]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    months: Mapping[str, int]
    written: Mapping[str, Mapping[str, str]]
    long_words: Mapping[str, tuple[str, ...]]
    same_things: tuple[frozenset[str], ...]
    small_monthly: Decimal
    small_each: Decimal

    def known(self, word: str) -> str:
        """Return the word of time or of renewal that a long word with a letter wrong was meant to be."""
        if len(word) < _LONG or word in self.phrases:
            return word
        return next((w for w in self.long_words.get(word[0], ()) if _one_wrong(word, w)), word)


def _one_wrong(word: str, meant: str) -> bool:
    """Tell whether two words differ by a letter put in, left out or changed, or by two swapped."""
    if abs(len(word) - len(meant)) > 1 or word == meant:
        return False
    at = next(
        (k for k, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b),
        min(len(word), len(meant)),
    )
    rest, other = word[at:], meant[at:]
    swapped = rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return rest[1:] == other or rest == other[1:] or rest[1:] == other[1:] or swapped


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each phrase with its list and what it says in it: the role, the unit, the tax."""
    for name, lists in data.items():
        if name in _OTHERWISE:
            continue
        for says, listed in lists.items() if isinstance(lists, dict) else [("", lists)]:
            sides = (
                {f"{name}:{s}": p for s, p in listed.items()}
                if isinstance(listed, dict)
                else {name: listed}
            )
            yield from (
                (_phrase(p), side, says) for side, phrases in sides.items() for p in phrases
            )


@cache
def lexicon() -> Lexicon:
    """Return the words of `data/reader/amounts.yaml`."""
    path = library.ROOT / "data" / "reader" / "amounts.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    words: dict[str, set[str]] = {}
    long_words: dict[str, list[str]] = {}
    for phrase, name, says in _entries(data):
        phrases.setdefault(phrase[0], []).append((phrase, name, says))
        words.setdefault(name, set()).add(" ".join(phrase))
        if name in _FORGIVEN and len(phrase) == 1 and len(phrase[0]) >= _LONG:
            long_words.setdefault(phrase[0][0], []).append(phrase[0])
    return Lexicon(
        phrases={
            first: tuple(sorted(all_, key=lambda e: -len(e[0]))) for first, all_ in phrases.items()
        },
        words={name: frozenset(listed) for name, listed in words.items()},
        numbers={stem(word): number for word, number in data["numbers"].items()},
        multipliers={
            " ".join(_phrase(word)): size
            for size, all_ in data["multipliers"].items()
            for word in all_
        },
        months=data["months"],
        written=data["written"],
        long_words={first: tuple(all_) for first, all_ in long_words.items()},
        same_things=tuple(
            frozenset(" ".join(_phrase(w)) for w in same) for same in data["same-things"]
        ),
        small_monthly=Decimal(data["small-monthly"]),
        small_each=Decimal(data["small-each"]),
    )
