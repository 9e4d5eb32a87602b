"""The words that the reader knows, and which of them one mistyped by a letter was meant to be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from montages.description.reader.stems import single, stem_of


def known_word(form: str, known: KnownWords) -> str:
    """Return the known word that a long unknown one is a mistyping of, "" for none or several."""
    if len(form) < 6 or known.has(form):
        return ""
    errors = 2 if len(form) >= 9 else 1
    near: dict[int, set[str]] = {}
    for word in known.by_initial.get(form[0], ()):
        if abs(len(word) - len(form)) <= errors:
            near.setdefault(edits(form, word, errors), set()).add(word)
    nearest = min(near, default=errors + 1)
    best = near[nearest] if nearest <= errors else set()
    return min(best) if len({stem_of(word) for word in best}) == 1 else ""


@dataclass(frozen=True)
class KnownWords:
    """The folded words that are no typos, and those, by their first letter, that a typo may be taken for.

    A typo of a word of `deciding` keeps its own stem: no pattern may take it for a fact.
    """

    all: frozenset[str] = frozenset()
    by_initial: Mapping[str, Sequence[str]] = field(default_factory=dict)
    deciding: frozenset[str] = frozenset()

    def has(self, form: str) -> bool:
        """Tell whether a folded word is one of ours, in any form."""
        return not self.all.isdisjoint((form, stem_of(form), single(form)))


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
