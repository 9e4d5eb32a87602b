"""The pattern language: what a phrase of `data/reader/` looks for, and where a sentence has it.

Words stand for all their forms; `a|b_c` is either, `a?` may be missing, `..` is up to three other words,
`...` up to eight of the same clause, `,,` up to eight over commas, `;;` up to twelve over anything; `^`
begins a clause, `^^` the sentence, `!a` is not followed by it, `=a` is that very form, `{class}` is a phrase
of the class, `{count}`, `{share}` and `{amount}` are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from montages.description.reader.reader_data import listed, yaml_of
from montages.description.reader.stems import folded, stem_of
from montages.description.reader.words import COMMA, MONEY, NOTHING, NUMBER, SHARE, STOP, Word

_GAPS = {"..": (3, NOTHING), "...": (8, NOTHING), ",,": (8, COMMA), ";;": (12, STOP)}
_SLOTS = {
    "count": frozenset({NUMBER, SHARE}),
    "share": frozenset({SHARE}),
    "amount": frozenset({MONEY, NUMBER}),
    "any": frozenset({NUMBER, SHARE, MONEY}),
}
_PARTS = re.compile(r"[^\W_]+|[€%]")
# A phrase: the stems of its words, one after another.
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Element:
    """A step of a pattern: phrases or kinds of number to find there, after up to so many other words."""

    phrases: tuple[Phrase, ...] = ()
    kinds: frozenset[str] = frozenset()
    optional: bool = False
    absent: bool = False
    most: int = 0
    over: int = NOTHING
    first: str = ""

    @cached_property
    def keys(self) -> frozenset[str]:
        """Return the stems and kinds that it may begin with."""
        return self.kinds | {phrase[0] for phrase in self.phrases}

    @cached_property
    def rests(self) -> Mapping[str, tuple[Phrase, ...]]:
        """Return what follows the first word of the phrases, by that word, longest first."""
        rests: dict[str, list[Phrase]] = {}
        for phrase in self.phrases:
            rests.setdefault(phrase[0], []).append(phrase[1:])
        return {first: tuple(of) for first, of in rests.items()}


@dataclass(frozen=True)
class Pattern:
    """A phrase to look for, as it is written and as its steps."""

    text: str
    elements: tuple[Element, ...]

    @property
    def keys(self) -> frozenset[str]:
        """Return the stems and kinds that it may begin with."""
        keys: frozenset[str] = frozenset()
        for element in self.elements:
            if not element.absent:
                keys |= element.keys
                if not element.optional:
                    break
        return keys

    @cached_property
    def musts(self) -> tuple[frozenset[str], ...]:
        """Return the stems and kinds of which a sentence that has it has one each, past its first."""
        return tuple(e.keys for e in self.elements if not e.optional and not e.absent)[1:]


def parts_of(text: str) -> list[str]:
    """Return the folded words of a text, of a phrase or of a pattern."""
    return _PARTS.findall(folded(text))


def phrase_of(text: str) -> Phrase:
    """Return the stems of a phrase, without the words that are left out on both sides."""
    skipped = listed("skipped")
    return tuple(stem_of(form) for form in parts_of(text) if form not in skipped)


@cache
def classes() -> Mapping[str, frozenset[Phrase]]:
    """Return the phrases of each class of words; a class may hold others."""
    texts = yaml_of("classes")
    return {
        name: frozenset(phrase_of(part.replace("_", " ")) for part in _whole(text, texts)) - {()}
        for name, text in texts.items()
    }


def _whole(text: str, texts: Mapping[str, str]) -> Iterator[str]:
    """Yield the parts of a class, those of a class that it holds among them."""
    for part in text.split():
        yield from _whole(texts[part.strip("{}")], texts) if part.startswith("{") else (part,)


@cache
def pattern_of(text: str) -> Pattern:
    """Return the pattern that a phrase of the data writes; raises ValueError for one that has no word."""
    elements: list[Element] = []
    most, over, first = 0, NOTHING, ""
    for part in text.split():
        if part in _GAPS:
            most, over = _GAPS[part]
        elif part in ("^", "^^"):
            first = part
        else:
            for element in _elements(part, most, over, first):
                elements.append(element)
                # A gap before what may be missing is one before what follows it.
                if not element.absent and not element.optional:
                    most, over, first = 0, NOTHING, ""
    if not any(not e.optional and not e.absent for e in elements):
        raise ValueError(f"{text!r} has no word that must be there")
    return Pattern(text, tuple(elements))


def _elements(part: str, most: int, over: int, first: str) -> Iterator[Element]:
    absent, part = part.startswith("!"), part.removeprefix("!")
    optional, part = part.endswith("?"), part.removesuffix("?")
    phrases: list[Phrase] = []
    kinds: set[str] = set()
    for choice in part.split("|"):
        if choice.startswith("{"):
            name = choice.strip("{}")
            kinds |= _SLOTS.get(name, frozenset())
            if name not in _SLOTS:
                phrases.extend(classes()[name])
        elif choice.startswith("="):
            phrases.append(("=" + folded(choice[1:]),))
        elif choice.strip("_").isdigit():
            phrases.append((choice,))
        elif phrase := phrase_of(choice.replace("_", " ")):
            phrases.append(phrase)
    if phrases or kinds:
        longest = tuple(sorted(set(phrases), key=lambda p: (-len(p), p)))
        yield Element(longest, frozenset(kinds), optional, absent, most, over, first)


def matches(
    pattern: Pattern, words: Sequence[Word], at: int, denied_too: bool = False
) -> tuple[int, ...] | None:
    """Return the places of a pattern that begins at a word, None if it does not or is denied there."""
    places = _from(pattern.elements, 0, words, at, ())
    if not places or (not denied_too and _denied(words, places)):
        return None
    return places


def _from(
    elements: tuple[Element, ...], step: int, words: Sequence[Word], at: int, taken: tuple[int, ...]
) -> tuple[int, ...] | None:
    """Return the places that the steps from one on take from a word on, None if they do not stand there."""
    if step == len(elements):
        return taken
    element = elements[step]
    if element.absent:
        ahead = range(at, min(len(words), at + element.most + 1))
        near = (place for place in ahead if _joined(words, at, place, NOTHING))
        if any(size for place in near for size in _sizes_at(element, words, place)):
            return None
        return _from(elements, step + 1, words, at, taken)
    most = element.most if taken else 0
    for place in range(at, min(len(words), at + most + 1)):
        if taken and words[place].gap > element.over:
            break
        begins = not place or (element.first == "^" and words[place].gap)
        if element.first and not taken and not begins:
            continue
        numbered = [1] if words[place].kind in element.kinds else []
        for size in (*numbered, *_sizes_at(element, words, place)):
            own = range(place, place + size)
            matched = _from(elements, step + 1, words, place + size, (*taken, *own))
            if matched is not None:
                return matched
    return _from(elements, step + 1, words, at, taken) if element.optional else None


def _joined(words: Sequence[Word], start: int, end: int, over: int) -> bool:
    """Tell whether no break stands before the words from one to another that is more than may be passed."""
    return all(words[at].gap <= over for at in range(start, min(end + 1, len(words))))


def _sizes_at(element: Element, words: Sequence[Word], place: int) -> Iterator[int]:
    """Yield how many words the phrases of a step take from a place on."""
    word = words[place]
    for rest in (*element.rests.get(word.stem, ()), *element.rests.get("=" + word.form, ())):
        after = words[place + 1 : place + 1 + len(rest)]
        if rest == tuple(one.stem for one in after if one.gap == NOTHING):
            yield len(rest) + 1


def _denied(words: Sequence[Word], places: tuple[int, ...]) -> bool:
    """Tell whether a word that denies stands just before, within or just after what a pattern takes."""
    if any(words[place].form in listed("denying") for place in places):
        return False
    first, after = places[0], places[-1] + 1
    before = [p for p in (first - 1, first - 2) if p >= 0 and _joined(words, p + 1, first, NOTHING)]
    inside = [p for p in range(first, after) if p not in places]
    behind = [after] if after < len(words) and words[after].gap == NOTHING else []
    return any(_denies(words, p, "denying") for p in (*before, *inside)) or any(
        _denies(words, p, "denying-after") for p in behind
    )


def _denies(words: Sequence[Word], at: int, how: str) -> bool:
    """Tell whether a word denies, but for phrases in which it does not: « pas cher », « sans fil »."""
    behind = words[at + 1].stem if at + 1 < len(words) else ""
    return words[at].form in listed(how) and (words[at].form, behind) not in _excuses()


@cache
def _excuses() -> frozenset[tuple[str, str]]:
    pairs = (phrase.split() for phrase in yaml_of("words")["not-denying"])
    return frozenset((first, stem_of(folded(second))) for first, second in pairs)
