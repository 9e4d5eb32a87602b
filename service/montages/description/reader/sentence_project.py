"""The project that a sentence speaks of, as keys: what is stated, the words in doubt, the words not used."""

from __future__ import annotations

from typing import Any

from montages.description.reader.days import wanted_day
from montages.description.reader.reading import Reading


def sentence_project(reading: Reading) -> dict[str, Any]:
    """Return what was read as the keys of a description.

    What decides and is in doubt stands under `unsure`, each after its class; what was not used, and what only
    adds to what the answer supposes, under `not-understood`.
    """
    tree = dict(reading.tree)
    wanted = wanted_day(reading.text)
    if wanted is not None:
        tree["wanted-by"] = wanted.day.isoformat()
    entries = [(one.of, one.words) for one in reading.unsure if one.hard]
    if reading.scope is not None:
        entries.insert(0, (reading.scope.slug, reading.scope.words))
    if entries:
        tree["unsure"] = "; ".join(f"{of}: {_plain(words)}" for of, words in dict.fromkeys(entries))
    hard = " ".join(words for _, words in entries)
    rest = dict.fromkeys((*(one.words for one in reading.unsure if not one.hard), *reading.unread))
    if left := [words for words in rest if words not in hard]:
        tree["not-understood"] = ", ".join(left)
    return tree


def _plain(words: str) -> str:
    """Return words without what stands between the entries of a text."""
    return words.replace(";", ",").strip()
