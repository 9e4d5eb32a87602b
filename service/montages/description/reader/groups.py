"""The groups of patterns of `data/reader/`, and what of them a sentence has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from typing import Any

from montages.description.reader.lexicon import lexicon
from montages.description.reader.pattern import Pattern, matches, parts_of, pattern_of
from montages.description.reader.reader_data import NAMES, SAID, TOLD, listed, yaml_of
from montages.description.reader.stems import stem_of, verb_forms
from montages.description.reader.typos import KnownWords
from montages.description.reader.words import Word


@dataclass(frozen=True)
class Group:
    """Patterns that mean the same: what they state, what they let guess, and when neither holds.

    The higher `rank` wins between groups that state one fact otherwise. `needs` are patterns of which one
    must stand in the sentence, `unless` those of which none may. A group of `NAMES` holds no deciding word.
    `others` are named as somebody else is: with him, by him.
    """

    slug: str
    file: str
    says: tuple[Pattern, ...]
    means: Mapping[str, Any] = field(default_factory=dict)
    guess: Mapping[str, Any] = field(default_factory=dict)
    rank: int = 0
    unless: tuple[Pattern, ...] = ()
    needs: tuple[Pattern, ...] = ()
    example: str = ""
    counter: str = ""
    holds: bool = True
    others: bool = False


@dataclass(frozen=True)
class Hit:
    """A group found in a sentence, and the places of the words that it takes."""

    group: Group
    places: tuple[int, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """Return what tells which of two hits is believed: the rank of the group, the number of words."""
        return self.group.rank, len(self.places)

    def within(self, other: Hit) -> bool:
        """Tell whether another group of the same file, no lower in rank, takes all its words and more."""
        own, its = self.group, other.group
        alike = own.file == its.file and own.slug != its.slug and own.rank <= its.rank
        return alike and set(self.places) < set(other.places)


# What of an entry of the data is taken as it is written.
_AS_WRITTEN = ("means", "guess", "rank", "example", "counter", "others")
# By what a pattern begins with: a stem, a form or a kind of number.
Index = Mapping[str, tuple[tuple[Group, Pattern], ...]]


@cache
def groups() -> tuple[Group, ...]:
    """Return all groups, in the order of the files."""
    return tuple(chain.from_iterable(_of_file(name) for name in (*NAMES, *SAID, *TOLD)))


def _of_file(name: str) -> list[Group]:
    return [
        Group(
            slug,
            name,
            patterns_in(entry["says"]),
            unless=patterns_in(entry.get("unless", "") + _another(entry.get("named", ""))),
            needs=patterns_in(entry.get("needs", "")),
            holds=entry.get("holds", name not in (*NAMES, "asks")),
            **{key: entry[key] for key in _AS_WRITTEN if key in entry},
        )
        for slug, entry in yaml_of(name).items()
    ]


def _another(names: str) -> str:
    """Return the patterns by which a body of some names is another than who writes."""
    return "\n" + yaml_of("words")["another-body"].replace("@", names) if names else ""


def phrases_in(text: str) -> Iterator[str]:
    """Yield the patterns that a field of the data writes."""
    return filter(None, map(str.strip, text.replace("\n", " ; ").split(" ; ")))


def patterns_in(text: str) -> tuple[Pattern, ...]:
    """Return the patterns of a field of the data."""
    return tuple(map(pattern_of, phrases_in(text)))


@cache
def _index(field_name: str) -> Index:
    """Return the patterns of all groups in a field, `says`, `unless` or `needs`."""
    return index_of((group, one) for group in groups() for one in getattr(group, field_name))


def index_of(pairs: Iterable[tuple[Group, Pattern]]) -> Index:
    """Return patterns with their groups by each thing that they may begin with."""
    index: dict[str, list[tuple[Group, Pattern]]] = {}
    for group, pattern in pairs:
        for key in pattern.keys:
            index.setdefault(key, []).append((group, pattern))
    return {key: tuple(of) for key, of in index.items()}


def found_in(
    words: Sequence[Word], index: Index, denied_too: bool = False
) -> list[tuple[Group, Pattern, tuple[int, ...]]]:
    """Return what of an index a sentence has, in the order of its words."""
    matched = []
    keys = [{word.stem, "=" + word.form, word.kind, word.form} for word in words]
    present = set().union(*keys)
    for at in range(len(words)):
        for group, pattern in chain.from_iterable(index.get(key, ()) for key in sorted(keys[at])):
            if any(map(present.isdisjoint, pattern.musts)):
                continue
            if places := matches(pattern, words, at, denied_too):
                matched.append((group, pattern, places))
    return matched


def hits_in(words: Sequence[Word]) -> list[Hit]:
    """Return the groups that a sentence has, without those that something else said sets aside."""
    present = {pattern.text for _, pattern, _ in found_in(words, _index("needs"), denied_too=True)}
    barred = {pattern.text for _, pattern, _ in found_in(words, _index("unless"))}
    hits: dict[tuple[str, tuple[int, ...]], Hit] = {}
    for group, _, places in found_in(words, _index("says")):
        needed = not group.needs or any(pattern.text in present for pattern in group.needs)
        if needed and not any(pattern.text in barred for pattern in group.unless):
            hits.setdefault((group.slug, places), Hit(group, places))
    return list(hits.values())


@cache
def known_words() -> KnownWords:
    """Return the words that the reader knows: those of its patterns, and the forms and words of the data."""
    classes = yaml_of("deciding")["classes"].values()
    deciding = list(chain.from_iterable(phrases_in(entry.get("says", "")) for entry in classes))
    texts = [pattern.text for group in groups() for pattern in (*group.says, *group.unless)]
    written = chain.from_iterable(map(parts_of, (*texts, *deciding, *yaml_of("classes").values())))
    meant = {part for part in written if part.isalpha()}
    others = {*verb_forms(), *listed("everyday"), *yaml_of("near")["near"].split()}
    others.update(
        word for of in lexicon().words.values() for phrase in of for word in phrase.split()
    )
    # A word decides that is a phrase of the list by itself.
    alone = (stem_of(part) for one in deciding if " " not in one for part in parts_of(one))
    initials: dict[str, list[str]] = {}
    for word in sorted(word for word in meant if len(word) >= 6):
        initials.setdefault(word[0], []).append(word)
    plurals = (word + "s" for word in meant)
    return KnownWords(frozenset({*meant, *others, *plurals}), initials, frozenset(alone))
