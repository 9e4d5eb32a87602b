"""The words of a sentence in their order: the names found among them, and the words that name nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from montages.description.address.sentence_names import (
    MODE,
    SAYS,
    all_names,
    names_aside,
    names_of_day,
)
from montages.description.address.sentence_tokens import WHOLE, YEARLY, Token
from montages.knowledge.everyday_answers import ANY_NUMBER, EverydayAnswer, everyday_answers
from montages.knowledge.thing_labels import FUNCTION_WORDS, plain_form, singular

# The criterion that a word of renting answers for the layer it stands for.
LAYER = "layer"
# No name is made of more words.
_LONGEST_NAME = 8
# What follows one of these is not in the project.
_WITHOUT = frozenset({"sans", "aucun", "aucune", "pas", "without", "no", "not"})
# What joins an amount to the words that it is of, and ends the words that it may be of.
_OF, _FOR = frozenset({"de", "d", "of"}), frozenset({"pour", "for"})
_WHOSE = _OF | {"du", "des"}
# What makes an amount the price of one: `par rue`.
_PER = frozenset({"par", "per"})
_PER_CENT = re.compile(r"([.,]\d+)?\s?%")
_ENDS_CLAUSE, _PARTS = frozenset(",;:.!?"), frozenset(",;")


@dataclass(frozen=True)
class Found:
    """A name found in a sentence: its first word, the one after its last, and all that it means."""

    at: int
    end: int
    meanings: tuple[tuple[str, str], ...]

    def of(self, part: str) -> Iterator[str]:
        """Yield what it means in a part of a description."""
        return (value for named, value in self.meanings if named == part)

    @property
    def answers(self) -> list[EverydayAnswer]:
        """Return the everyday answers that it gives."""
        return [everyday_answers()[slug] for slug in self.of(SAYS)]


@dataclass
class SentenceScan:
    """Words read from the first to the last: the names found, and the words that name nothing.

    `aside` are the numbers that are not of the project, with their words, and `left` where they stand.
    """

    sentence: str
    tokens: Sequence[Token]
    names: list[Found] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    left: set[int] = field(default_factory=set)
    _run: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Read the words, a longer name before a shorter."""
        forms = [token.form for token in self.tokens]
        at = 0
        while at < len(forms):
            size = self._name_at(forms, at) or self._members_at(at)
            one = self._price_of_one_at(at)
            plain = plain_form(self.text(at))
            if one and one > size:
                self._end_run()
                self.unknown.append(self.text(at, at + one))
                self.left.add(at)
                size = one
            elif size and at and plain_form(self.text(at - 1)) in _WITHOUT:
                self._run += [self.text(at - 1, at), *map(self.text, range(at, at + size))]
            elif size:
                self._end_run()
                self._take(at, at + size)
            elif self.tokens[at].day:
                self._run.append(self.text(at))
            elif plain in FUNCTION_WORDS or forms[at] == ANY_NUMBER:
                self._end_run()
                self._tell_share(forms, at)
            elif plain not in _WITHOUT:
                self._run.append(self.text(at))
            at += size or 1
        self._end_run()

    def text(self, at: int, end: int | None = None) -> str:
        """Return the words of the sentence from one to the one before another, as they are written."""
        return self.sentence[self.tokens[at].start : self.tokens[(end or at + 1) - 1].end]

    def named(self, part: str) -> list[str]:
        """Return the values that are named of a part of a description, in their order, each once."""
        return list(dict.fromkeys(value for one in self.names for value in one.of(part)))

    def tell_others(self, holder: str) -> None:
        """Tell one who is named besides the holder as not understood; several are members.

        Whose the holder is, as in `syndicat du département`, is no other.
        """
        for one in self.names:
            form, before = plain_form(self.text(one.at, one.end)), self.text(max(one.at - 1, 0))
            lone = (
                bool(one.meanings) and form == singular(form) and plain_form(before) not in _WHOSE
            )
            if lone and all(part == "holder" and kind != holder for part, kind in one.meanings):
                self.unknown.append(self.text(one.at, one.end))

    def days(self) -> dict[str, date]:
        """Return the days by which the contract is wanted, by how they are written."""
        wanted = [one for one in self.names if any(a.day_wanted for a in one.answers)]
        places = [at for one in wanted for at in range(one.at, one.end)]
        return {self.text(at): day for at in places if (day := self.tokens[at].day)}

    def add_rented(self) -> None:
        """Add the layer that a word of renting stands for, where none is named and a thing to rent is."""
        things = [one for one in self.names for a in one.answers if a.states_of("contract-object")]
        if not self.named("layers") and (things or self.named("usages")):
            self.names += [
                Found(one.at, one.end, (("layers", layer),))
                for one in self.names
                for answer in one.answers
                for layer in answer.states_of(LAYER)
            ]

    def usages(self) -> list[str]:
        """Return the usages that are named, those of a place only where there is no other."""
        places = [one for one in self.names if any(a.gives_way for a in one.answers)]
        meant = [usage for one in self.names if one not in places for usage in one.of("usages")]
        return list(dict.fromkeys(meant)) or self.named("usages")

    def modes(self) -> dict[str, str]:
        """Return how each layer is got: as said right after it, else last before it, else next after it."""
        named = [(one, mode) for one in self.names for mode in one.of(MODE)]
        modes: dict[str, str] = {}
        for one in self.names:
            beside = [mode for of, mode in named if of.at == one.end]
            before = [mode for of, mode in named if of.at <= one.at]
            after = [mode for of, mode in named if of.at > one.at]
            if got := (*beside, *reversed(before), *after):
                modes |= {layer: got[0] for layer in one.of("layers") if layer not in modes}
        taken = set(modes.values())
        self.unknown += (
            self.text(one.at, one.end)
            for one, mode in named
            if mode not in taken
            and len(one.meanings) == 1 + sum(bool(a.states_of(LAYER)) for a in one.answers)
        )
        return modes

    def _name_at(self, forms: Sequence[str], at: int) -> int:
        """Return of how many words the longest name is that begins at a word, 0 for none."""
        for size in range(min(_LONGEST_NAME, len(forms) - at), 0, -1):
            name = " ".join(forms[at : at + size])
            if name in all_names() and self._holds(name, at, at + size):
                return size
        return 0

    def _holds(self, name: str, at: int, end: int) -> bool:
        """Tell whether a name of a number that is not the project's, or of a day, has it.

        What a price is that of, `€50 per`, is looked at apart.
        """
        if name.rpartition(" ")[2] in _PER:
            return False
        if name in names_of_day():
            return any(token.day for token in self.tokens[at:end])
        return name not in names_aside() or (self._counts(at, end) and not self._breaks(at, end))

    def _breaks(self, at: int, end: int) -> bool:
        """Tell whether a comma parts a number from the words before it: `garanties, 12 ans`."""
        beside = pairwise(self.tokens[at:end])
        return any(
            after.form == ANY_NUMBER and set(self.sentence[before.end : after.start]) & _PARTS
            for before, after in beside
        )

    def _tell_share(self, forms: Sequence[str], at: int) -> None:
        """Tell a share that no name follows to say of what it is: `avenant de 12 %`."""
        share = _PER_CENT.match(self.sentence, self.tokens[at].end)
        if forms[at] == ANY_NUMBER and share and not self._name_at(forms, at + 1):
            self.unknown.append(self.sentence[self.tokens[at].start : share.end()])

    def _counts(self, at: int, end: int) -> bool:
        """Tell whether one of the words is a number with a unit that answers a criterion."""
        numbers = (token.number for token in self.tokens[at:end])
        return any(number and number.criterion for number in numbers)

    def _price_of_one_at(self, at: int) -> int:
        """Return 3 where an amount is the price of one of several things, `9 000 € par collège`, else 0."""
        if at + 2 >= len(self.tokens) or not self._is_amount(at):
            return 0
        plain = plain_form(self.text(at + 2))
        one = plain == singular(plain) and plain not in FUNCTION_WORDS
        return 3 if one and plain_form(self.text(at + 1)) in _PER else 0

    def _members_at(self, at: int) -> int:
        """Return 2 where several holders are counted: `42 communes` are members, and carry no project."""
        number, after = self.tokens[at].number, at + 1
        if number is None or number.criterion or after >= len(self.tokens):
            return 0
        plain = plain_form(self.text(after))
        names = all_names().get(self.tokens[after].form, ())
        holders = plain != singular(plain) and any(part == "holder" for part, _ in names)
        return 2 if holders else 0

    def _take(self, at: int, end: int) -> None:
        """Take what a name means, and what the everyday words within it say."""
        forms = [token.form for token in self.tokens[at:end]]
        one = Found(at, end, all_names().get(" ".join(forms), ()))
        answers = one.answers
        if not one.meanings or any(answer.number_aside for answer in answers):
            self.aside.append(self.text(at, end))
            self.left |= set(range(at, end))
        elif any(answer.say_instead.fr or answer.where_to_turn.fr for answer in answers):
            self.unknown.append(self.text(at, end))
        self.names.append(one)
        if all(answer.states for answer in answers):
            inner = (forms[i:j] for i in range(len(forms)) for j in range(i + 1, len(forms) + 1))
            meant = {pair for name in inner for pair in all_names().get(" ".join(name), ())}
            says = tuple(sorted(pair for pair in meant if pair[0] == SAYS))
            self.names.append(Found(at, end, says))

    def amounts_of(self, one: Found) -> list[int]:
        """Return where the amounts within a name stand, else that which it is followed by in its clause."""
        within = [at for at in range(one.at, one.end) if self._is_amount(at)]
        if within:
            return within
        for at in range(one.end, len(self.tokens)):
            token, before = self.tokens[at], self.tokens[at - 1]
            gap = set(self.sentence[before.end : token.start])
            if gap & _ENDS_CLAUSE or token.form in _FOR or ("(" in gap and at > one.end):
                break
            if token.number is not None:
                joined = at == one.end or before.form in _OF
                return [at] if joined and self._is_amount(at) else []
        return []

    def amount_before(self, one: Found) -> list[int]:
        """Return where the amount stands that a name ends the clause of: `300 000 € de recettes par an`."""
        for at in range(one.at - 1, -1, -1):
            if set(self.sentence[self.tokens[at].end : self.tokens[at + 1].start]) & _ENDS_CLAUSE:
                break
            if self.tokens[at].number is not None:
                return [at] if self._is_amount(at) else []
        return []

    def follows_amount(self, one: Found) -> bool:
        """Tell whether a name stands right after an amount: `60 000 € par an (240 000 € en tout)`."""
        number = self.tokens[one.at - 1].number if one.at else None
        return number is not None and number.criterion in (WHOLE, YEARLY)

    def _is_amount(self, at: int) -> bool:
        number = self.tokens[at].number
        return number is not None and number.criterion == WHOLE

    def _end_run(self) -> None:
        if self._run:
            self.unknown.append(" ".join(self._run))
        self._run = []
