"""The words that tell what a number is, as `data/reader/amounts.yaml` lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from montages.description.reader.reader_data import yaml_of
from montages.description.reader.stems import folded, single

# What is no list of phrases.
_TABLES = "tables"

Entry = tuple[tuple[str, ...], str, str]


@dataclass(frozen=True)
class Lexicon:
    """The words by what they say: `phrases` by first word, longest first; `words`: each list as a set."""

    phrases: Mapping[str, tuple[Entry, ...]]
    words: Mapping[str, frozenset[str]]
    tables: Mapping[str, Any]


def _entries(name: str, says: str, listed: Any) -> Iterator[Entry]:
    """Yield each phrase of a list with its name and what it says in it: the role, the unit, the tax."""
    if isinstance(listed, list):
        yield from ((tuple(map(single, folded(words).split())), name, says) for words in listed)
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
