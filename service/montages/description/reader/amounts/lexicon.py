"""The words that tell what a number is, as `data/reader/amounts.yaml` lists them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.description.reader.reader_data import yaml_of
from montages.description.reader.words import edits

# Lists of which a word with a letter wrong is forgiven, and how long it must be.
_FORGIVEN = ("renewable", "upkeep", "periods", "units-of-time", "inhabitants", "firm", "contract")
_LONG = 8
_SIGNS = str.maketrans(dict(zip("’ʼ‘´–—‒−‑œŒ", (*"''''-----", "oe", "oe"), strict=True)))

Entry = tuple[tuple[str, ...], str, str]


def fold(char: str) -> str:
    """Return a sign in lower case, without accent, a space of any width as a space."""
    plain = unicodedata.normalize("NFKD", char.translate(_SIGNS)).lower()
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

    phrases: Mapping[str, tuple[Entry, ...]]
    words: Mapping[str, frozenset[str]]
    long_words: Mapping[str, tuple[str, ...]]
    same_things: tuple[frozenset[str], ...]
    numbers: Mapping[str, int]
    multipliers: Mapping[str, int]
    months: Mapping[str, int]
    tables: Mapping[str, Any]

    def known(self, word: str) -> str:
        """Return the word of time or of renewal that a long word with a letter wrong was meant to be."""
        if len(word) < _LONG or word in self.phrases:
            return word
        return next((w for w in self.long_words.get(word[0], ()) if edits(word, w, 1) <= 1), word)


def _entries(name: str, says: str, listed: Any) -> Iterator[Entry]:
    """Yield each phrase of a list with its name and what it says in it: the role, the unit, the tax."""
    if isinstance(listed, list):
        yield from ((_phrase(words), name, says) for words in listed)
        return
    for key, below in listed.items():
        side = key in ("before", "after")
        yield from _entries(f"{name}:{key}" if side else name, says if side else str(key), below)


@cache
def lexicon() -> Lexicon:
    """Return the words of `data/reader/amounts.yaml`."""
    data = yaml_of("amounts")
    tables = data.pop("tables")
    phrases: dict[str, list[Entry]] = {}
    words: dict[str, set[str]] = {}
    long_words: dict[str, list[str]] = {}
    for entry in (e for name, listed in data.items() for e in _entries(name, "", listed)):
        phrase, name, _ = entry
        phrases.setdefault(phrase[0], []).append(entry)
        words.setdefault(name, set()).add(" ".join(phrase))
        if name in _FORGIVEN and len(phrase) == 1 and len(phrase[0]) >= _LONG:
            long_words.setdefault(phrase[0][0], []).append(phrase[0])
    return Lexicon(
        phrases={
            first: tuple(sorted(of, key=lambda e: -len(e[0]))) for first, of in phrases.items()
        },
        words={name: frozenset(listed) for name, listed in words.items()},
        long_words={first: tuple(listed) for first, listed in long_words.items()},
        same_things=tuple(frozenset(map(stem, same)) for same in tables["same-things"]),
        numbers={stem(word): number for word, number in tables["numbers"].items()},
        multipliers={
            word: size
            for size, listed in tables["multipliers"].items()
            for word in map(stem, listed)
        },
        months=tables["months"],
        tables=tables,
    )
