"""The words of a sentence: where each stands, what breaks off before it, the form it is compared in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from montages.description.reader.reader_data import listed, yaml_of

# What stands before a word: nothing, a comma, the end of a clause.
NOTHING, COMMA, STOP = 0, 1, 2
# The form of a number, of a share and of an amount beside which no word stands.
NUMBER, SHARE, MONEY = "#", "#%", "#€"
_SIGNS = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "²": "2", "³": "3", "₂": "2"})
_SIGNS |= dict.fromkeys(map(ord, "’ʼ‘´"), "'") | dict.fromkeys(map(ord, "–—‒−‑"), "-")
_NUMBER = r"\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(rf"(?P<number>{_NUMBER})|(?P<word>[^\W\d_][^\W_]*)|(?P<sign>[%€$])")
_STOPS, _COMMAS = frozenset(";.!?\n…"), frozenset(",:()+–—")
_CURRENCY = frozenset({"€", "euro", "eur", "ke", "me", "ht", "ttc", "kht"})
_SCALES = frozenset({"k", "m", "md", "million", "milliard", "mille"})


@dataclass(frozen=True)
class Word:
    """A word of a sentence: its place there, its text, what breaks off before it, its folded form, its stem.

    `kind` tells a number, a share or an amount apart; `corrected` is the known word it was taken for.
    """

    at: int
    start: int
    end: int
    text: str
    gap: int
    form: str
    stem: str
    kind: str = ""
    corrected: str = ""


def folded(text: str) -> str:
    """Return a text without accents, capitals and ligatures."""
    plain = unicodedata.normalize("NFD", text.translate(_SIGNS).lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def words_of(text: str, known: KnownWords | None = None) -> tuple[Word, ...]:
    """Return the words of a text in order; a known word is taken for a long one mistyped by a letter."""
    known = known or KnownWords()
    words: list[Word] = []
    end = 0
    for match in _TOKEN.finditer(text):
        between = text[end : match.start()]
        gap = STOP if _ends(between, text, match.start()) else NOTHING
        if not gap and (set(between) & _COMMAS or " - " in between or " / " in between):
            gap = COMMA
        form = folded(match[0])
        kind = NUMBER if match["number"] or form in listed("numbers") else ""
        corrected = "" if kind or match["sign"] else _corrected(form, known)
        stem = stem_of(corrected or form)
        if corrected and stem in known.deciding:
            stem = form
        words.append(
            Word(len(words), match.start(), match.end(), match[0], gap, form, stem, kind, corrected)
        )
        end = match.end()
    return tuple(_typed(words))


def _ends(between: str, text: str, start: int) -> bool:
    """Tell whether what stands between two words ends a clause; the points of `h.t.` and `c.c.` do not."""
    if between == "." and not text[start].isupper():
        return False
    return bool(set(between) & _STOPS)


def _typed(words: list[Word]) -> Iterator[Word]:
    """Yield the words, a number with its currency or its sign of a share as what it is."""
    for at, word in enumerate(words):
        if word.kind == NUMBER:
            after = [w.form for w in words[at + 1 : at + 4]]
            if after[:1] == ["%"] or after[:2] == ["pour", "cent"]:
                word = replace(word, kind=SHARE)
            elif _is_money(after):
                word = replace(word, kind=MONEY)
        yield word


def _is_money(after: list[str]) -> bool:
    for form in after:
        if form in _CURRENCY or form.rstrip("s") in _CURRENCY:
            return True
        if form.rstrip("s") not in _SCALES and form not in ("d", "de"):
            return False
    return False


def stem_of(form: str) -> str:
    """Return the one form that stands for all those of a word: an infinitive, else a masculine singular."""
    stems = verb_forms()
    if form in stems:
        return stems[form]
    for cut in (
        form[:-1] if form.endswith(("s", "e")) else "",
        form[:-2] if form.endswith("es") else "",
    ):
        if cut and cut.endswith(_PARTICIPLES) and cut in stems:
            return stems[cut]
    single = _singular(form)
    return stems.get(single, single)


def _singular(form: str) -> str:
    if len(form) > 4 and form.endswith("aux") and not form.endswith("eaux"):
        return form[:-3] + "al"
    if len(form) > 3 and form[-1] in "sx" and not form.endswith(("ss", "us", "eux", "is")):
        form = form[:-1]
    for feminine, masculine in _FEMININES:
        if len(form) > len(feminine) + 2 and form.endswith(feminine):
            return form[: -len(feminine)] + masculine
    return form


_FEMININES = (
    ("ale", "al"), ("elle", "el"), ("euse", "eux"), ("ive", "if"), ("ienne", "ien"), ("trice", "teur"),
)  # fmt: skip
_PRESENT = ("e", "es", "ons", "ez", "ent", "ais", "ait", "ions", "iez", "aient", "ant", "er")
_FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
_PARTICIPLE = ("", "e", "s", "es")
_IMPERFECT = ("ez", "ais", "ait", "aient")
# How a masculine participle ends.
_PARTICIPLES = ("e", "i", "u", "it", "ert", "is")


def conjugated(infinitive: str) -> Iterator[str]:
    """Yield the folded forms of a regular verb in -er, -ir or -re."""
    root, ending = infinitive[:-2], infinitive[-2:]
    yield infinitive
    if ending == "er":
        roots = {root}
        if root.endswith("g"):
            roots.add(root + "e")
        if root.endswith("y"):
            roots.add(root[:-1] + "i")
        if root.endswith(("el", "et")):
            roots.add(root + root[-1])
        for one in roots:
            yield from (one + end for end in _PRESENT)
            yield from (one + "er" + end for end in _FUTURE)
            yield from (one + "e" + end for end in _PARTICIPLE)
    elif ending == "ir":
        yield from (root + "iss" + end for end in _PRESENT if end != "er")
        yield from (root + end for end in ("is", "it", "i", "ie", "ies"))
        yield from (root + "ir" + end for end in _FUTURE)
    else:
        yield from (root + end for end in ("", "s", "t", *_PRESENT) if end != "er")
        yield from (root + "r" + end for end in _FUTURE)
        yield from (root + "u" + end for end in _PARTICIPLE)


@cache
def verb_forms() -> dict[str, str]:
    """Return the stem of each folded form of the verbs, adjectives and nouns of verbs of the data."""
    data, stems = yaml_of("verbs"), dict[str, str]()
    for adjective in data["adjectives"].split():
        for end in ("", "e", "s", "es"):
            stems[adjective + end] = adjective
    for infinitive in " ".join(data["regular"]).split():
        for form in conjugated(infinitive):
            stems.setdefault(form, infinitive)
    for infinitive, forms in data["irregular"].items():
        for form in (infinitive, *forms.split()):
            stems[form] = infinitive
            ends = _FUTURE if form.endswith("ra") else _IMPERFECT if form.endswith("ons") else ()
            for end in ends:
                stems.setdefault(form[: -1 if ends is _FUTURE else -3] + end, infinitive)
    for infinitive, nouns in data["nouns"].items():
        for noun in nouns.split():
            stems[noun] = stems[noun + "s"] = infinitive
    for form in data["not"].split():
        stems.pop(form, None)
    return stems | {form: stem for stem, of in data["same"].items() for form in of.split()}


def _corrected(form: str, known: KnownWords) -> str:
    """Return the known word that a long unknown one is a mistyping of, "" for none or several."""
    if len(form) < 6 or form in known.all or stem_of(form) in known.all:
        return ""
    errors = 2 if len(form) >= 9 else 1
    near: dict[int, set[str]] = {}
    letters = _letters(form)
    for word, its in known.by_initial.get(form[0], ()):
        if abs(len(word) - len(form)) <= errors and (its ^ letters).bit_count() <= 2 * errors:
            distance = edits(form, word, errors)
            if distance <= errors:
                near.setdefault(distance, set()).add(word)
    if not near:
        return ""
    best = near[min(near)]
    return min(best) if len({stem_of(word) for word in best}) == 1 else ""


@dataclass(frozen=True)
class KnownWords:
    """The folded words that are no typos, and those, by their first letter, that a typo may be taken for.

    A typo of a word of `deciding` keeps its own stem: no pattern may take it for a fact.
    """

    all: frozenset[str] = frozenset()
    by_initial: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    deciding: frozenset[str] = frozenset()

    def knows(self, word: Word) -> bool:
        """Tell whether a word is one of ours, in any form."""
        return word.form in self.all or word.stem in self.all or len(word.form) < 3

    @classmethod
    def of(
        cls, words: Iterable[str], others: Iterable[str], deciding: frozenset[str]
    ) -> KnownWords:
        """Return the known words: those that may be meant, others that are right, the stems that decide."""
        initials: dict[str, list[tuple[str, int]]] = {}
        meant = sorted(set(words))
        for word in meant:
            if len(word) >= 6:
                initials.setdefault(word[0], []).append((word, _letters(word)))
        return cls(frozenset({*meant, *others}), initials, deciding)


def _letters(word: str) -> int:
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) % 32)
    return bits


def edits(one: str, other: str, most: int) -> int:
    """Return how many letters are added, left out, changed or swapped, at most `most` + 1."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, second in enumerate(other, 1):
            cost = min(last[j] + 1, row[-1] + 1, last[j - 1] + (letter != second))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == second:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]


def spoken(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words compared: without articles, « de », « être », « avoir », « se »; gaps kept."""
    kept: list[Word] = []
    gap = NOTHING
    skipped = listed("skipped")
    for word in words:
        gap = max(gap, word.gap)
        if word.form in skipped and not word.kind:
            continue
        kept.append(replace(word, gap=gap) if gap != word.gap else word)
        gap = NOTHING
    return tuple(kept)
