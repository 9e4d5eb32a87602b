"""The words of a phrase that tell what is looked for, and those that a misspelt one may have meant."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence

from montages.knowledge.label_index import plain_form

# No search looks at more words, nor mends longer ones or more of them.
_WORDS, _LONGEST, _MENDED = 12, 24, 4
# A shorter word begins no other, and a word shorter than the second is not mended: too many are near it.
SHORT, _MENDABLE = 3, 5
_CLOSE = 0.75
# `60 000`, `60.000` and `60,000` are one number.
_GROUPED = re.compile(r"(?<=\d)[\s.,](?=\d{3}(?!\d))")
_EMPTY = frozenset(
    plain_form(
        "le la les un une des du de d l à au aux en et ou pour par avec dans sur que qui qu est ce cette mon "
        "ma mes notre nos votre vos je j nous vous on faire fait comment quel quelle quels quelles s il "
        "se n y veux voulons the a an of for to in on with by our my we i is are and or how what which want"
    ).split()
)


def words_of(text: str) -> list[str]:
    """Return the words of a phrase that tell something, without capitals and accents; all if none does."""
    words = plain_form(_GROUPED.sub("", text)).split()
    telling = [word for word in words if word not in _EMPTY] or words
    return list(dict.fromkeys(telling))[:_WORDS]


def mended(unknown: Sequence[str], vocabulary: Mapping[str, int]) -> dict[str, str]:
    """Return the words that nothing holds, each with the nearest that something does, the most used first."""
    near: dict[str, str] = {}
    for word in unknown[:_MENDED]:
        if _MENDABLE <= len(word) <= _LONGEST and not word.isdigit():
            close = difflib.get_close_matches(word, _alike(word, vocabulary), 5, _CLOSE)
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


def _likeness(word: str, other: str) -> float:
    return round(difflib.SequenceMatcher(None, word, other).ratio(), 2)
