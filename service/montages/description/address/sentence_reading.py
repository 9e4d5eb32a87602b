"""What a sentence in everyday words says of a project, and the words of it that were not understood.

Read are holder, usages, layers and how each is got, numbers with their unit, and what the everyday answers of
the data name. A word in doubt is not taken: it is told as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import count, pairwise
from typing import Any

from montages.description.address.project_address import (
    WANTED_BY,
    ProjectAddress,
    Tree,
    criterion_keys,
)
from montages.description.address.sentence_names import (
    MODE,
    SAYS,
    all_names,
    names_aside,
    names_of_day,
)
from montages.description.address.sentence_tokens import (
    DURATION,
    WHOLE,
    YEARLY,
    Token,
    in_digits,
    sentence_tokens,
)
from montages.knowledge.everyday_answers import ANY_NUMBER, EverydayAnswer, everyday_answers
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import FUNCTION_WORDS, plain_form, singular

_LAYER = "layer"
# No name is made of more words; no longer sentence is looked at.
_LONGEST_NAME, LONGEST = 8, 300
# What follows one of these is not in the project.
_WITHOUT = frozenset({"sans", "aucun", "aucune", "pas", "without", "no", "not"})
# What joins an amount to the words that it is of, and ends the words that it may be of.
_OF, _FOR = frozenset({"de", "d", "of"}), frozenset({"pour", "for"})
_WHOSE = _OF | {"du", "des"}
_PER_CENT = re.compile(r"([.,]\d+)?\s?%")
_ENDS_CLAUSE, _PARTS = frozenset(",;:.!?"), frozenset(",;")


@dataclass(frozen=True)
class SentenceReading:
    """The project that a sentence speaks of, and the words of it that nothing of ours says."""

    address: ProjectAddress
    not_understood: tuple[str, ...] = ()

    @property
    def names_part(self) -> bool:
        """Tell whether it names who carries the project, what it is for, or what it is made of."""
        return any(part in self.address.tree for part in ("holder", "usages", "layers"))

    @property
    def whole(self) -> ProjectAddress:
        """Return the project with what was not understood, as its answer tells it."""
        if not self.not_understood:
            return self.address
        tree = {**self.address.tree, "not-understood": ", ".join(self.not_understood)}
        return replace(self.address, tree=tree)


def sentence_reading(sentence: str) -> SentenceReading:
    """Return what a sentence says of a project."""
    sentence = in_digits(sentence[:LONGEST])
    scan = _Scan(sentence, sentence_tokens(sentence))
    scan.run()
    numbers, doubtful = _numbers(scan)
    tree: Tree = {}
    if holders := scan.named("holder"):
        tree["holder"] = {"type": holders[0]}
        scan.tell_others(holders[0])
    if usages := scan.usages():
        tree["usages"] = usages
    scan.add_rented()
    modes = scan.modes()
    if layers := scan.named("layers"):
        tree["layers"] = [
            {"layer": layer, **({MODE: modes[layer]} if layer in modes else {})} for layer in layers
        ]
    stated = {**_stated(scan.named(SAYS)), **numbers}
    days = scan.days()
    if len(set(days.values())) == 1:
        tree[WANTED_BY] = next(iter(days.values())).isoformat()
    else:
        doubtful += tuple(days)
    if stated:
        keys = criterion_keys()
        tree["answers"] = {keys[c]: stated[c] for c in keys if c in stated}
    return SentenceReading(ProjectAddress(tree), (*doubtful, *scan.aside, *scan.unknown))


@dataclass(frozen=True)
class _Found:
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
class _Scan:
    """Words read from the first to the last: the names found, and the words that name nothing.

    `aside` are the numbers that are not of the project, with their words, and `left` where they stand.
    """

    sentence: str
    tokens: Sequence[Token]
    names: list[_Found] = field(default_factory=list)
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
            plain = plain_form(self.text(at))
            if size and at and plain_form(self.text(at - 1)) in _WITHOUT:
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
                _Found(one.at, one.end, (("layers", layer),))
                for one in self.names
                for answer in one.answers
                for layer in answer.states_of(_LAYER)
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
            and len(one.meanings) == 1 + sum(bool(a.states_of(_LAYER)) for a in one.answers)
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
        """Tell whether a name of a number that is not the project's, or of a day, has it."""
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
        one = _Found(at, end, all_names().get(" ".join(forms), ()))
        answers = one.answers
        if not one.meanings or any(answer.number_aside for answer in answers):
            self.aside.append(self.text(at, end))
            self.left |= set(range(at, end))
        elif any(answer.say_instead.fr for answer in answers):
            self.unknown.append(self.text(at, end))
        self.names.append(one)
        if all(answer.states for answer in answers):
            inner = (forms[i:j] for i in range(len(forms)) for j in range(i + 1, len(forms) + 1))
            meant = {pair for name in inner for pair in all_names().get(" ".join(name), ())}
            says = tuple(sorted(pair for pair in meant if pair[0] == SAYS))
            self.names.append(_Found(at, end, says))

    def amounts_of(self, one: _Found) -> list[int]:
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

    def _is_amount(self, at: int) -> bool:
        number = self.tokens[at].number
        return number is not None and number.criterion == WHOLE

    def _end_run(self) -> None:
        if self._run:
            self.unknown.append(" ".join(self._run))
        self._run = []


def _numbers(scan: _Scan) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return the numbers of a sentence by criterion, and those not taken.

    Two that answer one question otherwise are both left; an amount a year over a duration gives the whole,
    and one of a contract in force the share that the other is of it.
    """
    read: dict[str, dict[str, Decimal | None]] = {}
    bases: dict[str, dict[str, Decimal | None]] = {}
    meant, based, left = (
        _amounts_of(scan, "number_answers"),
        _amounts_of(scan, "base_of_share"),
        scan.left,
    )
    for at, token in enumerate(scan.tokens):
        if token.number is None or not token.number.criterion or at in left:
            continue
        of = bases if at in based else read
        criterion = based.get(at) or meant.get(at) or token.number.criterion
        of.setdefault(criterion, {})[scan.text(at)] = token.number.value
    sure, doubtful = _sure(read)
    sure_bases, doubtful_bases = _sure(bases)
    for criterion, times in _times(scan):
        if criterion in sure:
            sure[criterion] *= 1 + times
    if YEARLY in sure and DURATION in sure:
        sure.setdefault(WHOLE, sure[YEARLY] * sure[DURATION] / 12)
    for criterion, base in sure_bases.items():
        if WHOLE in sure:
            sure[criterion] = _share(sure[WHOLE], base)
        else:
            doubtful_bases += tuple(bases[criterion])
    numbers = {name: int(n) if n == int(n) else float(n) for name, n in sure.items()}
    return numbers, (*doubtful, *doubtful_bases)


def _sure(
    read: Mapping[str, Mapping[str, Decimal | None]],
) -> tuple[dict[str, Decimal], tuple[str, ...]]:
    """Return the one number that each criterion has, and the texts of those that have none or several."""
    alike = {name: set(of.values()) for name, of in read.items()}
    sure = {name: n for name, numbers in alike.items() for n in numbers if n and len(numbers) == 1}
    return sure, tuple(text for name, of in read.items() if name not in sure for text in of)


def _amounts_of(scan: _Scan, role: str) -> dict[int, str]:
    """Return the amounts that stand within or after words which give them a role, by place: its criterion."""
    amounts: dict[int, str] = {}
    for one in scan.names:
        for criterion in filter(None, (getattr(answer, role) for answer in one.answers)):
            amounts |= dict.fromkeys(scan.amounts_of(one), criterion)
    return amounts


def _times(scan: _Scan) -> Iterator[tuple[str, Decimal]]:
    """Yield how many more times the number of a criterion counts: `1 an reconductible 3 fois`."""
    for one in scan.names:
        for criterion in filter(None, (answer.repeats for answer in one.answers)):
            numbers = (token.number for token in scan.tokens[one.at : one.end])
            yield (
                criterion,
                sum((n.value or Decimal(0) for n in numbers if n and not n.criterion), Decimal(0)),
            )


def _share(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part in per cent, to one decimal or to as many as keep it on its side of a whole number."""
    exact = part * 100 / whole
    for decimals in count(1):
        share = round(exact, decimals)
        if share == exact or share != int(share):
            return share
    return exact


def _stated(slugs: Iterable[str]) -> dict[str, Any]:
    """Return what everyday answers state by criterion: of two that differ the first by rank, else neither."""
    by_criterion: dict[str, dict[str, int]] = {}
    answers = sorted((everyday_answers()[slug] for slug in slugs), key=lambda answer: answer.rank)
    stated_by_all = {criterion for answer in answers for criterion, _ in answer.states}
    for answer in answers:
        if answer.states_of(_LAYER) or not stated_by_all.isdisjoint(answer.unless_stated):
            continue
        for criterion, value in answer.states:
            by_criterion.setdefault(criterion, {}).setdefault(value, answer.rank)
    stated: dict[str, Any] = {}
    for criterion, values in by_criterion.items():
        (first, rank), *others = values.items()
        if rulebook().criteria[criterion].multiple:
            stated[criterion] = list(values)
        elif all(rank < other for _, other in others):
            stated[criterion] = first
    return stated
