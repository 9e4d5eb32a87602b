"""The project that a sentence speaks of, as keys: what is stated, the words in doubt, the words not used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from montages.description.reader.days import wanted_day
from montages.description.reader.deciding import deciding_classes
from montages.description.reader.reading import Reading

# Between the entries of words in doubt, and between the class and the words of one.
_BETWEEN, _AFTER_CLASS = "; ", ": "
UNSURE, OWN_WORDS = "unsure", "own-words"
# The key, and the parameter of a link, under which a sentence is given to be read.
SENTENCE = "sentence"


def sentence_project(reading: Reading) -> dict[str, Any]:
    """Return what was read as the keys of a description, with the sentence under `own-words`.

    What decides and is in doubt stands under `unsure`, each after its class; what was not used, and what only
    adds to what the answer supposes, under `not-understood`.
    """
    tree = {OWN_WORDS: reading.text, **reading.tree}
    if (wanted := wanted_day(reading.text)) is not None:
        tree["wanted-by"] = wanted.isoformat()
    entries = [(one.of, one.words) for one in reading.unsure if one.hard]
    if reading.scope is not None:
        entries.insert(0, (reading.scope.slug, reading.scope.words))
    rest = dict.fromkeys((*(one.words for one in reading.unsure if not one.hard), *reading.unread))
    if entries:
        tree[UNSURE] = _written(dict.fromkeys((of, _plain(words)) for of, words in entries))
    hard = " ".join(words for _, words in entries)
    if left := [words for words in rest if words not in hard]:
        tree["not-understood"] = ", ".join(left)
    return tree


def written_unsure(text: str) -> Iterator[tuple[str, str]]:
    """Yield the class and the words of each entry of words in doubt, as a description has them."""
    for entry in text.split(_BETWEEN):
        of, between, words = entry.partition(_AFTER_CLASS)
        if between:
            yield of, words


def unsure_but(text: str, criterion: str) -> str:
    """Return words in doubt without those whose question an answer on a criterion settles."""
    classes = deciding_classes()
    return _written(
        (of, words)
        for of, words in written_unsure(text)
        if of not in classes or classes[of].asks != criterion
    )


def without_doubt(tree: Mapping[str, Any], criterion: str) -> dict[str, Any]:
    """Return a description without the words in doubt whose question an answer on a criterion settles."""
    doubt = unsure_but(str(tree.get(UNSURE, "")), criterion)
    rest = {key: value for key, value in tree.items() if key != UNSURE}
    return rest | ({UNSURE: doubt} if doubt else {})


def _written(entries: Iterable[tuple[str, str]]) -> str:
    return _BETWEEN.join(f"{of}{_AFTER_CLASS}{words}" for of, words in entries)


def _plain(words: str) -> str:
    """Return words without what stands between the entries of a text."""
    return words.replace(";", ",").strip()
