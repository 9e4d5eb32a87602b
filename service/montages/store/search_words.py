"""The words of a phrase that tell what is looked for, and those that a misspelt one may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from montages.knowledge.thing_labels import FUNCTION_WORDS, plain_form

# No search looks at more words, nor mends longer ones or more of them.
_WORDS, _LONGEST, _MENDED = 12, 24, 4
# A shorter word begins no other, and a word shorter than the second is not mended: too many are near it.
SHORT, _MENDABLE = 3, 5
# A word is read as another that is spelt and sounds nearly like it; only a long one with another consonant.
_CLOSE, _LONG = 0.75, 8
_VOWELS = frozenset("aeiou")
# What sounds alike, the longest first.
_SOUNDS = (
    ("eau", "o"),
    ("ph", "f"),
    ("qu", "k"),
    ("au", "o"),
    ("ai", "e"),
    ("ei", "e"),
    ("y", "i"),
)
_SOFT_C, _DOUBLED = re.compile(r"c(?=[ei])"), re.compile(r"(.)\1")
# `60 000`, `60.000` and `60,000` are one number.
_GROUPED = re.compile(r"(?<=\d)[\s.,](?=\d{3}(?!\d))")


def word_expression(word: str) -> str:
    """Return what finds a word, its stem in an index of stems; and what it begins, unless it is short."""
    return f'"{word}"*' if len(word) >= SHORT else f'"{word}"'


def words_of(text: str) -> list[str]:
    """Return the words of a phrase that tell something, without capitals and accents; all if none does."""
    words = plain_form(_GROUPED.sub("", text)).split()
    telling = [word for word in words if word not in FUNCTION_WORDS] or words
    return list(dict.fromkeys(telling))[:_WORDS]


def mended(unknown: Sequence[str], vocabulary: Mapping[str, int]) -> dict[str, str]:
    """Return the words that nothing holds, each with the nearest that something does, the most used first.

    One that is no misspelling of any is left as it is: `inondation` is not read as `innovation`.
    """
    near: dict[str, str] = {}
    for word in unknown[:_MENDED]:
        if _MENDABLE <= len(word) <= _LONGEST and not word.isdigit():
            spelt = difflib.get_close_matches(word, _alike(word, vocabulary), 20, _CLOSE)
            close = [other for other in spelt if _misspelt(word, other)]
            if close:
                near[word] = max(close, key=lambda w: (_likeness(word, w), vocabulary[w], w))
    return near


def _alike(word: str, vocabulary: Iterable[str]) -> list[str]:
    """Return the words about as long as one, with one of its first two letters at the same place."""
    return [
        other
        for other in vocabulary
        if abs(len(other) - len(word)) <= 2 and (other[0] == word[0] or other[1:2] == word[1:2])
    ]


def _misspelt(word: str, other: str) -> bool:
    """Tell whether a word may be another with one mistake: as it sounds, one letter apart at most."""
    one, two = _sound(word), _sound(other)
    if one == two:
        return True
    if abs(len(word) - len(other)) > 1:
        return False
    start = next(
        (n for n, pair in enumerate(zip(one, two, strict=False)) if pair[0] != pair[1]), None
    )
    if start is None:  # one goes on where the other ends
        return abs(len(one) - len(two)) == 1 and len(word) > _MENDABLE
    left, right = one[start:], two[start:]
    if left[1:] == right or left == right[1:]:
        return len(word) > _MENDABLE
    if left[:2] == right[1::-1] and left[2:] == right[2:]:
        return True
    vowels = {left[0], right[0]} <= _VOWELS
    return left[1:] == right[1:] and (vowels or len(word) >= _LONG)


def _sound(word: str) -> str:
    """Return about how a word sounds: `eclairage` and `eclerage` alike, `comande` and `commande`."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return _DOUBLED.sub(r"\1", _SOFT_C.sub("s", word).replace("ss", "s"))


def _likeness(word: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, word, other).ratio(), 2)
