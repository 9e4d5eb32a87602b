"""What a sentence in everyday words says of a project, and the words of it that were not understood.

Read are holder, usages, layers and how each is got, numbers with their unit, and what the everyday answers of
the data name. A word in doubt is not taken: it is told as not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from montages.description.address.project_address import ProjectAddress, Tree, criterion_keys
from montages.description.parsing.answer_values import criterion_list, written_amount
from montages.knowledge.actor_kinds import classes_of_holders
from montages.knowledge.everyday_answers import everyday_answers
from montages.knowledge.measurement_units import answer_units
from montages.knowledge.rulebook import rulebook
from montages.knowledge.thing_labels import (
    ACTORS,
    FUNCTION_WORDS,
    label_index,
    plain_form,
    singular,
)
from montages.names import MTG

_WHOLE, _YEARLY, _DURATION = "estimated-value", "yearly-value", "duration"
_MODE, _SAYS = "mode", "says"
# A number is an amount where its currency stands beside it.
_AMOUNT = re.compile(
    r"€\s?\d[\d., \u00a0\u202f]*(?:k|m|million|billion)?\b|"
    r"(?<![\d.,])(?<!\d[ \u00a0\u202f])\d[\d., \u00a0\u202f]*"
    r"(?:(?:k|m|md|mds|milliers?|millions?|milliards?)\s?(?:d['’]\s?)?)?"
    r"(?:€|euros?\b|eur\b)",
    re.IGNORECASE,
)
# What may follow an amount and belongs to it: `par an`, `/an`, `a year`.
_TAX = r"(?:HT|TTC|hors\staxes?|excl\.?\s(?:tax|VAT)|excluding\stax)\b"
_AFTER = re.compile(rf"\s?(?:{_TAX}\s?)?(?!\s?{_TAX})(/?\s?[^\W\d_]+(?:\s[^\W\d_]+)?)")
_COUNTED = re.compile(r"(?<![\w.,])(\d[\d., \u00a0\u202f]*?)\s?([^\W\d_]+²?)")
_WORD = re.compile(r"[^\W_]+")
# No name is made of more words; no longer sentence is looked at.
_LONGEST_NAME, LONGEST = 8, 300
# The names of the usage that is none of the list, which say nothing by themselves.
_SAYS_NOTHING = frozenset({"autre", "autre usage", "other", "other usage"})
# What follows one of these is not in the project.
_WITHOUT = frozenset({"sans", "aucun", "aucune", "pas", "without", "no", "not"})


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
    sentence = sentence[:LONGEST]
    answers, rest, doubtful = _numbers(sentence)
    scan = _Scan(tuple(_WORD.findall(rest)))
    scan.run()
    tree: Tree = {}
    if holders := scan.named.get("holder"):
        tree["holder"] = {"type": holders[0]}
    if usages := scan.named.get("usages"):
        tree["usages"] = usages
    if layers := scan.named.get("layers"):
        mode = {_MODE: scan.named[_MODE][0]} if _MODE in scan.named else {}
        tree["layers"] = [{"layer": layer, **mode} for layer in layers]
    stated = {**_stated(scan.named.get(_SAYS, ())), **answers}
    if stated:
        keys = criterion_keys()
        tree["answers"] = {keys[c]: stated[c] for c in keys if c in stated}
    return SentenceReading(ProjectAddress(tree), (*doubtful, *scan.unknown))


def sentence_amount(sentence: str) -> Decimal | None:
    """Return the amount that a sentence writes with its currency, None where it is in doubt or not there."""
    match = _AMOUNT.search(sentence)
    return _amount(match[0], _WHOLE) if match else None


def _amount(text: str, criterion: str) -> Decimal | None:
    """Return the number of a text, None in doubt: `9,000 inhabitants` and `€11,500` are thousands."""
    units, text = answer_units()[criterion], text.strip()
    amount = written_amount(text, units)
    whole = text.startswith("€") or not rulebook().criteria[criterion].amount
    if amount and amount.doubtful and whole:
        amount = written_amount(amount.doubtful[1] + (" €" if text.startswith("€") else ""), units)
    return amount.number if amount and amount.doubtful is None else None


def _numbers(sentence: str) -> tuple[dict[str, Any], str, tuple[str, ...]]:
    """Return the numbers of a sentence by criterion, the sentence without them, and those not taken.

    Two that answer one question otherwise are both left; an amount a year over a duration gives the whole.
    """
    read: dict[str, dict[str, Decimal | None]] = {}
    members: list[str] = []

    def amount(match: re.Match[str]) -> str:
        after = _AFTER.match(sentence, match.end())
        yearly = _amount(match[0] + after[1], _YEARLY) if after else None
        criterion = _WHOLE if yearly is None else _YEARLY
        read.setdefault(criterion, {})[match[0].strip()] = _amount(match[0], criterion)
        return " "

    def counted(match: re.Match[str]) -> str:
        for criterion in _counted_in(match[2]):
            read.setdefault(criterion, {})[match[0]] = _amount(match[0], criterion)
            return " "
        if _is_plural_holder(match[2]):
            members.append(match[0])
            return " "
        return match[0]

    rest = _COUNTED.sub(counted, _AMOUNT.sub(amount, sentence))
    alike = {name: set(of.values()) for name, of in read.items()}
    sure = {name: n for name, numbers in alike.items() for n in numbers if n and len(numbers) == 1}
    left = tuple(text for name, of in read.items() if name not in sure for text in of)
    if _YEARLY in sure and _DURATION in sure:
        sure.setdefault(_WHOLE, sure[_YEARLY] * sure[_DURATION] / 12)
    numbers = {name: int(n) if n == int(n) else n for name, n in sure.items()}
    return numbers, rest, (*left, *members)


def _is_plural_holder(word: str) -> bool:
    """Tell whether a word speaks of several holders: `42 communes` are members, and carry no project."""
    form = plain_form(word)
    return form != singular(form) and any(
        part == "holder" for part, _ in _names().get(singular(form), ())
    )


def _counted_in(word: str) -> Iterator[str]:
    """Yield the criteria that are counted in a unit and asked whatever else is said, but for amounts."""
    for name, units in answer_units().items():
        criterion = rulebook().criteria[name]
        if not criterion.amount and not criterion.asked_when and units.is_unit(word):
            yield name


@dataclass
class _Scan:
    """Words read from the first to the last: the values that they name, and those that name nothing."""

    words: Sequence[str]
    named: dict[str, list[str]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    _run: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Read the words, a longer name before a shorter."""
        forms = [singular(plain_form(word)) for word in self.words]
        at = 0
        while at < len(forms):
            size = self._name_at(forms, at)
            if size and at and plain_form(self.words[at - 1]) in _WITHOUT:
                self._run += [self.words[at - 1], *self.words[at : at + size]]
            elif size:
                self._end_run()
                self._take(forms[at : at + size])
            elif plain_form(self.words[at]) in FUNCTION_WORDS or forms[at].isdigit():
                self._end_run()
            elif plain_form(self.words[at]) not in _WITHOUT:
                self._run.append(self.words[at])
            at += size or 1
        self._end_run()

    def _name_at(self, forms: Sequence[str], at: int) -> int:
        """Return of how many words the longest name is that begins at a word, 0 for none."""
        for size in range(min(_LONGEST_NAME, len(forms) - at), 0, -1):
            if " ".join(forms[at : at + size]) in _names():
                return size
        return 0

    def _take(self, name: Sequence[str]) -> None:
        """Take what a name means, and what the everyday words within it say."""
        inner = (name[i:j] for i in range(len(name)) for j in range(i + 1, len(name) + 1))
        for part, value in _names()[" ".join(name)]:
            self._add(part, value)
        for within in inner:
            for part, value in _names().get(" ".join(within), ()):
                if part == _SAYS:
                    self._add(part, value)

    def _add(self, part: str, value: str) -> None:
        if value not in self.named.setdefault(part, []):
            self.named[part].append(value)

    def _end_run(self) -> None:
        if self._run:
            self.unknown.append(" ".join(self._run))
        self._run = []


def _stated(slugs: Iterable[str]) -> dict[str, Any]:
    """Return what everyday answers state by criterion: of two that differ the first by rank, else neither."""
    by_criterion: dict[str, dict[str, int]] = {}
    answers = sorted((everyday_answers()[slug] for slug in slugs), key=lambda answer: answer.rank)
    stated_by_all = {criterion for answer in answers for criterion, _ in answer.states}
    for answer in answers:
        if not stated_by_all.isdisjoint(answer.unless_stated):
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


@cache
def _names() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return, by a name in the singular, what it names: a part of a description, and a value of it."""
    lists = {
        "holder": ACTORS,
        "usages": str(MTG.Usage),
        "layers": criterion_list("layer").name,
        _MODE: criterion_list("management-mode").name,
    }
    holders = set(classes_of_holders().values())
    names: dict[str, set[tuple[str, str]]] = {}
    for part, closed in lists.items():
        for form, values in label_index()[closed].items():
            allowed = [v for v in values if part != "holder" or v in holders]
            if len(allowed) == 1 and form not in _SAYS_NOTHING:
                names.setdefault(singular(form), set()).add((part, allowed[0]))
    telling = (answer for answer in everyday_answers().values() if not answer.where_to_turn.fr)
    for answer in telling:
        for word in answer.words:
            names.setdefault(singular(plain_form(word)), set()).add((_SAYS, answer.slug))
    return {form: tuple(sorted(pairs)) for form, pairs in names.items()}
