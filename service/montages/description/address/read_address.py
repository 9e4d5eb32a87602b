"""The parameters of a link as a project: each by itself, so that a bad one is told and the rest stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from montages.description.address.parameters import (
    AddressFault,
    ParameterValues,
    answer_pieces,
    bad_value,
    criterion_of,
    list_words,
    no_such_layer,
    no_such_perimeter,
    others_left,
    unknown_parameter,
)
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
    ProjectAddress,
    Tree,
    in_order,
    layer_names,
)
from montages.description.parsing.key_values import WORD
from montages.description.readings import Reading
from montages.hidden_signs import HIDDEN
from montages.knowledge.description_keys import answer_keys
from montages.names import slugify

_VERSION = re.compile(r"[0-9a-f]{4,64}")
# What others refer to is read before them.
_FIRST = {"perimeters": 0, "layers": 1}


@dataclass(frozen=True)
class AddressReading:
    """A project read from a link, the faults of its parameters, and what was read otherwise than written."""

    address: ProjectAddress
    faults: tuple[AddressFault, ...] = ()
    readings: tuple[Reading, ...] = ()


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


def accepted_parameters() -> list[str]:
    """Return the parameters of a project as a whole, without those of its perimeters and layers."""
    parts = (*TEXTS, "holder", "usages", "perimeters", "layers")
    rest = ("complete", *FLAGS, *THINGS, *NODE_TEXTS[1:], "asserts", "assumes")
    return [*parts, *answer_keys(), *rest, *DATES, RULES]


def perimeter_word(name: str) -> str:
    """Return the word by which a link names a perimeter."""
    return name if WORD.fullmatch(name) else slugify(name)


@dataclass
class _AddressReader:
    tree: Tree = field(default_factory=dict)
    passed: set[str] = field(default_factory=set)
    dates: dict[str, date] = field(default_factory=dict)
    rules: str = ""
    values: ParameterValues = field(default_factory=ParameterValues)

    def reading(self) -> AddressReading:
        """Return what was read."""
        left = self.values.left
        faults = [*self.values.faults, *([others_left(left)] if left else [])]
        address = ProjectAddress(
            in_order(self.tree), frozenset(self.passed), **self.dates, rules=self.rules
        )
        return AddressReading(address, tuple(faults), tuple(self.values.readings))

    def parameter(self, name: str, texts: Sequence[str]) -> None:
        """Read one parameter, which may be there several times."""
        if self.values.are_many_at_fault:
            self.values.left += 1
            return
        head, _, rest = name.partition(NODE)
        if head.startswith(PERIMETER):
            self._of_perimeter(name, head[1:], rest, texts)
        elif rest and head not in HEADS:
            self._of_layer(name, head, rest, texts)
        elif head == "holder":
            self._holder(name, rest, texts)
        elif name in _WHOLE:
            _WHOLE[name](self, name, texts)
        else:
            self._of_node(self.tree, name, name, texts)

    def _of_perimeter(self, name: str, word: str, key: str, texts: Sequence[str]) -> None:
        area = self.tree.get("perimeters", {}).get(word)
        if area is None:
            self._fault(no_such_perimeter(name, word))
        else:
            self._of_node(area, key, name, texts)

    def _of_layer(self, name: str, word: str, key: str, texts: Sequence[str]) -> None:
        layer = dict(layer_names(self.tree.get("layers"))).get(word)
        if layer is None:
            self._fault(no_such_layer(name, word))
        else:
            assert isinstance(layer, dict)
            self._of_node(layer, key, name, texts)

    def _of_node(self, node: Tree, key: str, name: str, texts: Sequence[str]) -> None:
        """Read what is said of a project, a perimeter or a layer use alike."""
        whole, (head, _, rest) = node is self.tree, key.partition(NODE)
        if key in answer_keys():
            self._answer(node, key, name, texts)
        elif key in THINGS or (key == "usages" and not whole):
            _add(node, key, self.values.words(name, key, list_words(texts)))
        elif key in NODE_TEXTS[whole:]:
            node[key] = texts[-1]
        elif key == "complete":
            self._complete(node, name, list_words(texts), whole)
        elif head == "asserts":
            notes = {rest: texts[-1]} if rest else dict.fromkeys(list_words(texts), "")
            node["asserts"] = node.get("asserts", {}) | notes
        elif whole and head == "assumes" and rest in answer_keys():
            if read := self.values.answers(name, rest, answer_pieces(rest, texts)):
                node.setdefault("assumes", {})[rest] = _one_or_all(read, rest)
        else:
            self._fault(unknown_parameter(name, accepted_parameters()))

    def _answer(self, node: Tree, key: str, name: str, texts: Sequence[str]) -> None:
        words = answer_pieces(key, texts)
        if UNKNOWN in words:
            _add(node, "unknown", [answer_keys()[key]])
        if read := self.values.answers(name, key, (word for word in words if word != UNKNOWN)):
            node.setdefault("answers", {})[key] = _one_or_all(read, key)

    def _complete(self, node: Tree, name: str, words: Iterable[str], whole: bool) -> None:
        for word in words:
            if whole and word in COMPLETE_FLAGS:
                node[COMPLETE_FLAGS[word]] = True
            elif (criterion := self.values.criterion(name, word)) is not None:
                _add(node, "complete", [criterion])

    def _text(self, name: str, texts: Sequence[str]) -> None:
        if name == "id" and not WORD.fullmatch(texts[-1]):
            self._fault(bad_value(name, texts[-1], suggestion=slugify(texts[-1])))
        else:
            self.tree[name] = texts[-1]

    def _flag(self, name: str, texts: Sequence[str]) -> None:
        read = self.values.keyed(name, name, texts[-1])
        if isinstance(read, bool):
            self.tree[name] = read
        else:
            self._fault(bad_value(name, texts[-1], accepted=("yes", "no")))

    def _date(self, name: str, texts: Sequence[str]) -> None:
        if (day := self.values.day(name, texts[-1])) is not None:
            self.dates[name] = day

    def _rules(self, name: str, texts: Sequence[str]) -> None:
        if _VERSION.fullmatch(texts[-1]):
            self.rules = texts[-1]
        else:
            self._fault(bad_value(name, texts[-1]))

    def _holder(self, name: str, key: str, texts: Sequence[str]) -> None:
        if key:
            if key in ("name", "siren"):
                self.tree.setdefault("holder", {})[key] = texts[-1]
            else:
                self._fault(unknown_parameter(name, ("holder", "holder.name", "holder.siren")))
            return
        words = list_words(texts)
        if UNKNOWN in words:
            _add(self.tree, "unknown", ["holder"])
        read = (self.values.holder_class(name, word) for word in words if word != UNKNOWN)
        if types := list(dict.fromkeys(kind for kind in read if kind is not None)):
            self.tree.setdefault("holder", {})["type"] = types[0] if len(types) == 1 else types

    def _usages(self, name: str, texts: Sequence[str]) -> None:
        words = self._not_passed(name, list_words(texts))
        _add(self.tree, name, self.values.words(name, name, words))

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
        read = (self.values.choice(name, word.strip(), criterion) for word in words if word.strip())
        return [value for value in read if value is not None]

    def _areas(self, name: str, words: Iterable[str]) -> list[str]:
        known, within = self.tree.get("perimeters", {}), []
        for word in filter(None, map(str.strip, words)):
            if perimeter_word(word) in known:
                within.append(perimeter_word(word))
            else:
                self._fault(no_such_perimeter(name, word))
        return within

    def _not_passed(self, part: str, words: Sequence[str]) -> list[str]:
        """Return the words of a part to describe, having noted whether it was passed over."""
        if UNKNOWN in words and part in PASSABLE:
            self.passed.add(part)
        return [word for word in words if word != UNKNOWN]

    def _fault(self, fault: AddressFault) -> None:
        self.values.fault(fault)


# How the parameters that only a project as a whole has are read.
_WHOLE: dict[str, Callable[[_AddressReader, str, Sequence[str]], None]] = {
    **dict.fromkeys(TEXTS, _AddressReader._text),
    **dict.fromkeys(FLAGS, _AddressReader._flag),
    **dict.fromkeys(DATES, _AddressReader._date),
    "usages": _AddressReader._usages,
    "perimeters": _AddressReader._perimeters,
    "layers": _AddressReader._layers,
    RULES: _AddressReader._rules,
}


def _add(node: Tree, key: str, values: Iterable[Any]) -> None:
    """Add values to a list of a node, each once; no list where there is none."""
    if listed := list(dict.fromkeys([*node.get(key, ()), *values])):
        node[key] = listed


def _one_or_all(values: list[Any], key: str) -> Any:
    """Return the value of a question that takes one, all of them as a list where it takes several."""
    return values[0] if len(values) == 1 and not criterion_of(key).multiple else values
