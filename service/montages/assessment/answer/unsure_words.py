"""The words of a project that decide and are in doubt: while there are any, nothing is affirmed (R53)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from montages.bilingual import Text, message
from montages.description.reader.deciding import deciding_classes, hard_words
from montages.description.reader.reader_data import yaml_of
from montages.description.reader.sentence_project import written_unsure
from montages.hidden_signs import excerpt
from montages.json_schema import Slug
from montages.knowledge.periods import Rules
from montages.one_line import OneLine

_NOT_YET = message("Not yet: we did not understand “{words}”.")
# What a number leaves open is not its words, but what it is of.
_OF_WHAT = {
    "amount": message("Not yet: is “{words}” the price of the whole contract?"),
    "time": message("Not yet: is “{words}” the length of the contract?"),
    "bought": message("Not yet: by “{words}”, are works, supplies or services bought?"),
    "choice": message("Not yet: “{words}” is still to be chosen."),
    "paid-service": message("Not yet: is “{words}” a price, or what a member contributes?"),
    "change": message("Not yet: “{words}” is a large change: what is its ground?"),
    "longer": message("Not yet: “{words}” is a new contract unless a ground allows it: which?"),
    "other-trade": message("Not yet: does the contract in force buy “{words}”?"),
}
_MOST_TOLD = 120  # signs of the words in doubt in the first line; all of them stand below
_SAY_OTHERWISE = message("Say it in other words, or answer the questions.")


# Words that decide and are in doubt, with their class.
UnsureEntry = TypedDict("UnsureEntry", {"class": Slug, "words": str})


@dataclass(frozen=True)
class UnsureWords(OneLine):
    """Words of one class: what the answer says first of them, whom to turn to, which criterion they ask."""

    of: str
    words: str
    headline: Text
    where_to_turn: Text
    criterion: str

    @property
    def out_of_scope(self) -> bool:
        """Tell whether they put the project out of what our rules answer: then no contract is named."""
        return not self.criterion and self.of in yaml_of("told")

    def to_json(self) -> UnsureEntry:
        """Return the words and their class as JSON."""
        return {"class": self.of, "words": self.words}


def unsure_words(unsure: str, not_understood: str, rules: Rules) -> tuple[UnsureWords, ...]:
    """Return the words in doubt: those said to be, then those of a deciding class among the rest."""
    if not unsure and not not_understood:
        return ()
    by_class: dict[str, list[str]] = {}
    for of, words in written_unsure(unsure):
        by_class.setdefault(of, []).append(words)
    for of, words in hard_words(not_understood):
        by_class.setdefault(of, []).append(words)
    telling = yaml_of("told")
    matched = (
        _of_class(of, ", ".join(dict.fromkeys(words)), rules) for of, words in by_class.items()
    )
    # What puts the project out of our rules comes first.
    return tuple(sorted(matched, key=lambda one: one.of not in telling))


def _of_class(of: str, words: str, rules: Rules) -> UnsureWords:
    if (telling := yaml_of("told").get(of)) is not None:
        where = Text(telling["where"]["fr"], telling["where"]["en"])
        return UnsureWords(of, words, Text(telling["fr"], telling["en"]), where, "")
    known = deciding_classes().get(of)
    criterion = rules.criteria.get(known.asks if known else "")
    not_yet = _OF_WHAT.get(of, _NOT_YET)
    headline = not_yet.fill(words=excerpt(words, _MOST_TOLD))
    question = criterion.question if criterion else _SAY_OTHERWISE
    return UnsureWords(of, words, headline, question, criterion.slug if criterion else "")
