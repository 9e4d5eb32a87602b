"""The words that tell what a number is, as `data/reader/amounts.yaml` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.description.reader.reader_data import yaml_of
from montages.description.reader.words import edits, folded

# Lists of which a word with a letter wrong is forgiven, and how long it must be.
_FORGIVEN = ("renewable", "upkeep", "periods", "units-of-time", "inhabitants", "firm", "contract")
_LONG = 8
# What is no list of phrases.
_TABLES = "tables"

Entry = tuple[tuple[str, ...], str, str]


def stem(word: str) -> str:
    """Return a folded word in the singular."""
    plural = (len(word) > 2 and word[-1] == "s") or (len(word) > 3 and word[-1] == "x")
    return word[:-1] if plural else word


@dataclass(frozen=True)
class Lexicon:
    """The words by what they say: `phrases` by first word, longest first; `words`: each list as a set."""

    phrases: Mapping[str, tuple[Entry, ...]]
    words: Mapping[str, frozenset[str]]
    tables: Mapping[str, Any]

    def known(self, word: str) -> str:
        """Return the word of time or of renewal that a long word with a letter wrong was meant to be."""
        if len(word) < _LONG or word in self.phrases:
            return word
        meant = (one for name in _FORGIVEN for one in self.words[name] if one[0] == word[0])
        return next((one for one in meant if len(one) >= _LONG and edits(word, one, 1) <= 1), word)


def _entries(name: str, says: str, listed: Any) -> Iterator[Entry]:
    """Yield each phrase of a list with its name and what it says in it: the role, the unit, the tax."""
    if isinstance(listed, list):
        yield from ((tuple(map(stem, folded(words).split())), name, says) for words in listed)
        return
    for key, below in listed.items():
        side = key in ("before", "after")
        yield from _entries(f"{name}:{key}" if side else name, says if side else str(key), below)


@cache
def lexicon() -> Lexicon:
    """Return the words of `data/reader/amounts.yaml`."""
    data = yaml_of("amounts")
    phrases: dict[str, list[Entry]] = {}
    words: dict[str, set[str]] = {}
    for name, listed in data.items():
        for entry in _entries(name, "", listed) if name != _TABLES else ():
            phrases.setdefault(entry[0][0], []).append(entry)
            words.setdefault(entry[1], set()).add(" ".join(entry[0]))
    return Lexicon(
        {first: tuple(sorted(of, key=lambda e: -len(e[0]))) for first, of in phrases.items()},
        {name: frozenset(of) for name, of in words.items()},
        data[_TABLES],
    )


def months_of(period: str) -> int | None:
    """Return how many months a period has, None for one shorter than a month."""
    months: Mapping[str, int] = lexicon().tables["months"]
    return months.get(period)
