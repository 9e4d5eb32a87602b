"""The words that decide: which of a sentence nothing has used and no fact settles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import chain, pairwise
from typing import Any

from montages.description.reader.groups import (
    Group,
    Hit,
    Index,
    found_in,
    index_of,
    known_words,
    patterns_in,
)
from montages.description.reader.numbers import words_of
from montages.description.reader.pattern import classes
from montages.description.reader.reader_data import NAMES, SAID, listed, yaml_of
from montages.description.reader.stems import stem_of
from montages.description.reader.words import MONEY, Word, span_of

# The classes of deciding words beside which no unknown word may stand.
_WHO_PAYS = ("who-pays", "receipts", "free", "risk")

# How near to « ou » what is weighed begins, and how far from it its words are shown.
_OR, _BESIDE_OR, _WEIGHED = ("ou", "or"), 2, 3


@dataclass(frozen=True)
class DecidingClass:
    """Words that decide one thing: whether they are hard, and the criterion whose question they open.

    They decide only `where` the facts are as it says: of a number, where it is greater.
    """

    slug: str
    hard: bool
    asks: str
    settled_by: Sequence[str]
    where: Mapping[str, Any]

    def open_with(self, facts: Mapping[str, Any]) -> bool:
        """Tell whether its words decide among some facts, and none of those settles them."""
        return not any(fact in facts for fact in self.settled_by) and all(
            facts.get(fact, 0) > value if isinstance(value, int) else facts.get(fact) == value
            for fact, value in self.where.items()
        )


@dataclass(frozen=True)
class Unsure:
    """Words that decide and are not understood: where they stand, of which class, what they would answer."""

    words: str
    span: tuple[int, int]
    of: str
    hard: bool
    criterion: str


@cache
def deciding_classes() -> Mapping[str, DecidingClass]:
    """Return the classes of deciding words by slug, the hard ones first."""
    entries = sorted(yaml_of("deciding")["classes"].items(), key=lambda item: not item[1]["hard"])
    return {
        slug: DecidingClass(slug, e["hard"], e["asks"], e.get("settled-by", ()), e.get("where", {}))
        for slug, e in entries
    }


@cache
def _index(key: str) -> Index:
    return index_of(
        (Group(slug, "deciding", ()), pattern)
        for slug, entry in yaml_of("deciding")["classes"].items()
        for pattern in patterns_in(entry.get(key, ""))
    )


def deciding_places(words: Sequence[Word]) -> dict[int, list[str]]:
    """Return the classes of each word of a sentence that decides, the hard ones first, by place."""
    of: dict[int, set[str]] = {}
    words = [replace(w, stem=stem_of(w.corrected)) if w.corrected else w for w in words]
    for group, _, places in found_in(words, _index("says")):
        for place in places:
            of.setdefault(place, set()).add(group.slug)
    order = list(deciding_classes())
    return {place: sorted(of[place], key=order.index) for place in sorted(of)}


def settled(words: Sequence[Word]) -> set[tuple[int, str]]:
    """Return where phrases stand in which a deciding word decides nothing, each place with its class."""
    return {
        (place, group.slug)
        for group, _, places in found_in(words, _index("settled"))
        for place in range(places[0], places[-1] + 1)
    }


def unsure_words(
    words: Sequence[Word], text: str, hits: Sequence[Hit], facts: Mapping[str, Any]
) -> tuple[Unsure, ...]:
    """Return the deciding words that no pattern holds and no fact or phrase settles, neighbours together."""
    held = {place for hit in hits if hit.group.holds for place in hit.places}
    nothing = settled(words)
    classes = deciding_classes()
    open_places: dict[int, str] = {}
    for place, slugs in deciding_places(words).items():
        deciding = (
            slug
            for slug in slugs
            if (place, slug) not in nothing and classes[slug].open_with(facts)
        )
        if place not in held and (slug := next(deciding, None)):
            open_places[place] = slug
    runs = runs_of(open_places, lambda one, other: open_places[one] == open_places[other])
    return tuple(unsure_of(text, *span_of(words, run), open_places[run[0]]) for run in runs)


def weighed(
    words: Sequence[Word], text: str, hits: Sequence[Hit]
) -> Iterator[tuple[list[Hit], Unsure]]:
    """Yield what a sentence only weighs, « DSP ou régie ? », with the words of both sides."""
    ways = set(yaml_of("deciding")["ways"].split())
    facts = [hit for hit in hits if hit.group.file in SAID]
    for at, word in enumerate(words):
        if text[word.start : word.end].casefold() not in _OR:
            continue
        before = [hit for hit in facts if hit.places[-1] < at <= hit.places[-1] + _BESIDE_OR]
        behind = [hit for hit in facts if at < hit.places[0] <= at + _BESIDE_OR]
        both = [*before, *behind]
        means = [hit.group.means for hit in both]
        alike = before and behind and all(one == means[0] for one in means)
        if not alike and not ways.isdisjoint(chain.from_iterable(means)):
            sides = {at - 1, at, at + 1, *chain.from_iterable(hit.places for hit in both)}
            near = range(max(0, at - _WEIGHED), min(len(words), at + _WEIGHED + 1))
            span = span_of(words, sorted(sides & set(near)))
            yield both, unsure_of(text, *span, "choice")


def runs_of(places: Iterable[int], joined: Callable[[int, int], bool]) -> list[list[int]]:
    """Return places in runs: neighbours that are joined together."""
    runs: list[list[int]] = []
    for place in places:
        if runs and place == runs[-1][-1] + 1 and joined(place - 1, place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


def untold(
    words: Sequence[Word], text: str, hits: Sequence[Hit], held: Sequence[tuple[int, int]]
) -> Iterator[Unsure]:
    """Yield conditions that nothing reads, and unknown words beside who pays, an amount or a time."""
    data, known = yaml_of("deciding"), known_words()
    conditions, beside = set(data["conditions"].split()), set(data["beside"].split())
    read = {place for hit in hits if hit.group.means for place in hit.places}
    names = {place for hit in hits if hit.group.file in NAMES for place in hit.places}
    payers = {place for place, of in deciding_places(words).items() if of[0] in _WHO_PAYS}
    paid = {p[0] for of in ("users", "receipts", "savings") for p in classes()[of] if len(p) == 1}
    payers |= {place for place, word in enumerate(words) if word.stem in paid}
    priced = {n for n, word in enumerate(words) if word.kind == MONEY or word.stem in beside}
    near, last = (payers - names) | priced, len(words) - 1
    starts = [place for place, word in enumerate(words) if word.gap or not place]
    for clause in (range(*ends) for ends in pairwise((*starts, len(words)))):
        left = [
            n
            for n in clause
            if n not in read and not words[n].kind and not words[n].corrected
            and words[n].form.isalpha() and words[n].form not in listed("everyday")
            and not any(start <= words[n].start < end for start, end in held)
        ]  # fmt: skip
        # « moins de 60 000 » is no condition.
        first = (n for n in clause[:2] if words[n].form in conditions)
        opens = any(not words[min(n + 1, last)].kind for n in first)
        if opens and left and not set(clause) & (read - names):
            yield unsure_of(text, *span_of(words, clause), "condition")
        for n in left:
            beside_it = {n - 2, n - 1, n + 1, n + 2} & near & set(clause)
            if beside_it and len(words[n].form) > 2 and not known.has(words[n].form):
                yield unsure_of(text, *span_of(words, [n]), "unknown-word")


def hard_words(text: str) -> Iterator[tuple[str, str]]:
    """Yield each word of a text that decides by a hard class, or is an amount, after its class."""
    if not text:
        return
    words = words_of(text, known_words())
    for place, (of, *_) in deciding_places(words).items():
        if deciding_classes()[of].hard and not deciding_classes()[of].where:
            yield of, text[words[place].start : words[place].end]
    yield from (("amount", text[word.start : word.end]) for word in words if word.kind == MONEY)


def unsure_of(text: str, start: int, end: int, slug: str) -> Unsure:
    """Return a stretch of a sentence as words of a class that are in doubt."""
    of = deciding_classes()[slug]
    return Unsure(text[start:end], (start, end), slug, of.hard, of.asks)
