"""The parameters of a link as a project: each by itself, so that a bad one is told and the rest stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from montages.description.address.project_address import (
    COMPLETE_FLAGS,
    DATES,
    FLAGS,
    HEADS,
    MODE,
    NODE,
    NODE_TEXTS,
    PASSABLE,
    PERIMETER,
    RULES,
    TEXTS,
    THINGS,
    UNKNOWN,
    WANTED_BY,
    AddressFault,
    ProjectAddress,
    Tree,
    accepted_parameters,
    answer_pieces,
    bad_value,
    in_order,
    list_words,
    no_such_node,
    node_of,
    one_or_all,
    others_left,
    perimeter_word,
    unique_values,
    unknown_parameter,
)
from montages.description.dates import read_day, read_last_day
from montages.description.parsing.key_faults import KeyNotes
from montages.description.parsing.key_values import WORD, choice, node_values
from montages.description.readings import ValueReading
from montages.errors import MontagesError
from montages.hidden_signs import HIDDEN
from montages.knowledge.actor_kinds import classes_of_kinds
from montages.knowledge.description_keys import answer_keys
from montages.names import slugify

_VERSION = re.compile(r"[0-9a-f]{4,64}")
# So many faults are told one by one: each takes time to tell.
_TOLD = 20
# What others refer to is read before them.
_FIRST = {"perimeters": 0, "layers": 1}


@dataclass(frozen=True)
class AddressReading:
    """A project read from a link, the faults of its parameters, and what was read otherwise than written."""

    address: ProjectAddress
    faults: tuple[AddressFault, ...] = ()
    readings: tuple[ValueReading, ...] = ()


def read_address(pairs: Iterable[tuple[str, str]]) -> AddressReading:
    """Return the project that the parameters of a link say; one that says nothing is a project too.

    A parameter that cannot be read is told and left out. Empty ones are passed over, as those of a form are.
    """
    reader, texts = _AddressReader(), dict[str, list[str]]()
    for name, value in pairs:
        if text := HIDDEN.sub(" ", value).strip():
            texts.setdefault(name, []).append(text)
    for name in sorted(texts, key=lambda name: _FIRST.get(name, 2)):
        reader.parameter(name, texts[name])
    return reader.reading()


@dataclass
class _AddressReader:
    tree: Tree = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    dates: dict[str, date] = field(default_factory=dict)
    rules: str = ""
    faults: list[AddressFault] = field(default_factory=list)
    readings: list[ValueReading] = field(default_factory=list)
    # Parameters and values that are not read any more, after many at fault.
    left: int = 0

    def reading(self) -> AddressReading:
        """Return what was read."""
        faults = [*self.faults, *([others_left(self.left)] if self.left else [])]
        address = ProjectAddress(
            in_order(self.tree), frozenset(self.passed), **self.dates, rules=self.rules
        )
        return AddressReading(address, tuple(faults), tuple(self.readings))

    def parameter(self, name: str, texts: Sequence[str]) -> None:
        """Read one parameter, which may be there several times."""
        if self._is_left():
            return
        head, _, rest = name.partition(NODE)
        if head.startswith(PERIMETER) or (rest and head not in HEADS):
            node = node_of(name, self.tree)
            if node is None:
                self._fault(no_such_node(name, head))
            else:
                self._of_node(node, rest, name, texts)
        elif head == "holder":
            self._holder(name, rest, texts)
        elif name in _WHOLE:
            _WHOLE[name](self, name, texts)
        else:
            self._of_node(self.tree, name, name, texts)

    def _of_node(self, node: Tree, key: str, name: str, texts: Sequence[str]) -> None:
        """Read what is said of a project, a perimeter or a layer use alike."""
        whole, (head, _, rest) = node is self.tree, key.partition(NODE)
        if key in answer_keys():
            self._answer(node, key, name, texts)
        elif key in THINGS or (key == "usages" and not whole):
            _add(node, key, self._keyed_list(name, key, list_words(texts)))
        elif key in NODE_TEXTS[whole:]:
            node[key] = texts[-1]
        elif key == "complete":
            self._complete(node, name, list_words(texts), whole)
        elif head == "asserts":
            notes = {rest: texts[-1]} if rest else dict.fromkeys(list_words(texts), "")
            node["asserts"] = node.get("asserts", {}) | notes
        elif whole and head == "assumes" and rest in answer_keys():
            if read := self._answers(name, rest, answer_pieces(rest, texts)):
                node.setdefault("assumes", {})[rest] = one_or_all(read, rest)
        else:
            self._fault(unknown_parameter(name, accepted_parameters()))

    def _answer(self, node: Tree, key: str, name: str, texts: Sequence[str]) -> None:
        words = answer_pieces(key, texts)
        if UNKNOWN in words:
            _add(node, "unknown", [answer_keys()[key]])
        if read := self._answers(name, key, (word for word in words if word != UNKNOWN)):
            node.setdefault("answers", {})[key] = one_or_all(read, key)

    def _complete(self, node: Tree, name: str, words: Iterable[str], whole: bool) -> None:
        for word in words:
            if whole and word in COMPLETE_FLAGS:
                node[COMPLETE_FLAGS[word]] = True
            else:
                _add(node, "complete", self._keyed(name, "complete", word) or ())

    def _text(self, name: str, texts: Sequence[str]) -> None:
        if name == "id" and not WORD.fullmatch(texts[-1]):
            self._fault(bad_value(name, texts[-1], suggestion=slugify(texts[-1])))
        else:
            self.tree[name] = texts[-1]

    def _flag(self, name: str, texts: Sequence[str]) -> None:
        read = self._keyed(name, name, texts[-1])
        if isinstance(read, bool):
            self.tree[name] = read
        else:
            self._fault(bad_value(name, texts[-1], accepted=("yes", "no")))

    def _date(self, name: str, texts: Sequence[str]) -> None:
        if (day := self._read(name, texts[-1], lambda notes: read_day(texts[-1]))) is not None:
            self.dates[name] = day

    def _day_wanted(self, name: str, texts: Sequence[str]) -> None:
        """Take a year, a month or a day."""
        if self._read(name, texts[-1], lambda notes: read_last_day(texts[-1])) is not None:
            self.tree[name] = texts[-1]

    def _rules(self, name: str, texts: Sequence[str]) -> None:
        if _VERSION.fullmatch(texts[-1]):
            self.rules = texts[-1]
        else:
            self._fault(bad_value(name, texts[-1]))

    def _holder(self, name: str, key: str, texts: Sequence[str]) -> None:
        if key in ("name", "siren"):
            self.tree.setdefault("holder", {})[key] = texts[-1]
            return
        if key:
            self._fault(unknown_parameter(name, ("holder", "holder.name", "holder.siren")))
            return
        words = list_words(texts)
        if UNKNOWN in words:
            _add(self.tree, "unknown", ["holder"])
        if types := unique_values(self._actor(name, word) for word in words if word != UNKNOWN):
            self.tree.setdefault("holder", {})["type"] = types[0] if len(types) == 1 else types

    def _actor(self, name: str, word: str) -> Any:
        """Return the class of a holder, written by the slug or the name of its kind."""
        kind = classes_of_kinds().get(word, word)
        return self._read(name, word, partial(_keyed, "type", kind))

    def _usages(self, name: str, texts: Sequence[str]) -> None:
        named = self._not_passed(name, list_words(texts))
        _add(self.tree, name, self._keyed_list(name, name, named))

    def _perimeters(self, name: str, texts: Sequence[str]) -> None:
        areas = self.tree.setdefault("perimeters", {})
        for word in list_words(texts):
            short = perimeter_word(word)
            areas.setdefault(short, {} if short == word else {"name": word})

    def _layers(self, name: str, texts: Sequence[str]) -> None:
        for text in self._not_passed(name, list_words(texts)):
            named, *areas = text.split(PERIMETER)
            layer, *modes = named.split(MODE)
            read = {
                "layer": self._choices(name, layer.split("/"), "layer"),
                "mode": self._choices(name, modes, "management-mode"),
                "perimeter": self._areas(name, areas),
            }
            if read["layer"]:
                use = {key: v[0] if len(v) == 1 else v for key, v in read.items() if v}
                self.tree.setdefault("layers", []).append(use)

    def _choices(self, name: str, words: Iterable[str], criterion: str) -> list[Any]:
        named = filter(None, map(str.strip, words))
        values = [self._read(name, word, partial(choice, word, criterion, "")) for word in named]
        return [value for value in values if value is not None]

    def _areas(self, name: str, words: Iterable[str]) -> list[str]:
        known, within = self.tree.get("perimeters", {}), []
        for word in filter(None, map(str.strip, words)):
            if perimeter_word(word) in known:
                within.append(perimeter_word(word))
            else:
                self._fault(no_such_node(name, PERIMETER + word))
        return within

    def _not_passed(self, part: str, words: Sequence[str]) -> list[str]:
        """Return the words of a part to describe, having noted whether it was passed over."""
        if UNKNOWN in words and part in PASSABLE:
            self.passed.add(part)
        return [word for word in words if word != UNKNOWN]

    def _fault(self, fault: AddressFault) -> None:
        if not self._is_left():
            self.faults.append(fault)

    def _is_left(self) -> bool:
        """Tell whether so much is at fault that nothing more is read; what is left is counted."""
        many = len(self.faults) >= _TOLD
        self.left += many
        return many

    def _read(self, name: str, value: str, read: Callable[[KeyNotes], Any]) -> Any:
        """Return a value in its own form, None where it cannot be read."""
        if self._is_left():
            return None
        notes = KeyNotes()
        try:
            meant = read(notes)
        except MontagesError as error:
            self._fault(bad_value(name, value, error=error))
            return None
        self.readings += notes.readings
        return meant

    def _keyed(self, name: str, key: str, word: str) -> Any:
        return self._read(name, word, partial(_keyed, key, word))

    def _keyed_list(self, name: str, key: str, words: Iterable[str]) -> list[Any]:
        return unique_values(self._keyed(name, key, word) for word in words)

    def _answers(self, name: str, key: str, words: Iterable[str]) -> list[Any]:
        """Return answers to a question in their own form, each once."""

        def read(word: str, notes: KeyNotes) -> Any:
            meant = _keyed("answers", {key: word}, notes)[key]
            return float(meant) if isinstance(meant, Decimal) else meant

        return unique_values(self._read(name, word, partial(read, word)) for word in words)


# How the parameters that only a project as a whole has are read.
_WHOLE: dict[str, Callable[[_AddressReader, str, Sequence[str]], None]] = {
    **dict.fromkeys(TEXTS, _AddressReader._text),
    WANTED_BY: _AddressReader._day_wanted,
    **dict.fromkeys(FLAGS, _AddressReader._flag),
    **dict.fromkeys(DATES, _AddressReader._date),
    "usages": _AddressReader._usages,
    "perimeters": _AddressReader._perimeters,
    "layers": _AddressReader._layers,
    RULES: _AddressReader._rules,
}


def _keyed(key: str, value: Any, notes: KeyNotes) -> Any:
    """Return a value of one of our keys in its own form."""
    return node_values({key: value}, "", (key,), notes)[key]


def _add(node: Tree, key: str, values: Iterable[Any]) -> None:
    """Add values to a list of a node, each once; no list where there is none."""
    if listed := list(dict.fromkeys([*node.get(key, ()), *values])):
        node[key] = listed
