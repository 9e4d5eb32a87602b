"""The words of a phrase that tell what is looked for, and the one that a misspelt word may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from montages.knowledge.did_you_mean import nearest
from montages.knowledge.thing_labels import FUNCTION_WORDS, plain_form

_WORDS = 12  # no search looks at more
# A shorter word begins no other, and a word shorter than the second is read as it is: too many are near it.
SHORT, _GUESSABLE = 3, 6
_CLOSE = 0.82  # `eclerage` is that near `eclairage`, and `peinture` is not that near `picture`
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


def misspelt(word: str, indexed: Iterable[str]) -> str | None:
    """Return which indexed word one that nothing holds is nearly, None where it is nearly none."""
    if len(word) < _GUESSABLE:
        return None
    alike = (w for w in indexed if w[:2] == word[:2] and abs(len(w) - len(word)) <= 1)
    return nearest(word, alike, _CLOSE)
