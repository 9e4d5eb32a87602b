"""The contracts of a file in JSON or XML, one at a time, as plain trees: each with its place, none large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from xml.parsers import expat

import ijson
from ijson.common import ObjectBuilder

from montages import settings
from montages.bilingual import message
from montages.errors import UnreadableInput
from montages_decp_ted.decp.field_values import WRAPPERS
from montages_decp_ted.decp.file_text import EndlessText, JsonRepair, Utf8Text

# Where the formats have their contracts: since 2024 two lists, in 2019 one; a list of one may be left out.
_LISTS = frozenset({("marches",), ("marches", "marche"), ("marches", "contrat-concession")})
# Values of one contract: a long one, with its modifications and the figures of each year, has some 500.
MOST_VALUES, MOST_CHARACTERS = 20_000, 1_000_000
# So many are passed over to come to the next contract; what goes on is no contract.
MOST_PASSED_OVER = 4_000_000
_OPENING, _CLOSING = frozenset({"start_map", "start_array"}), frozenset({"end_map", "end_array"})

# More digits than these stay as they are written.
_MOST_DIGITS = 18

Tree = dict[str, Any]


@dataclass(frozen=True)
class ContractTree:
    """A contract as its file holds it: its place, a JSON pointer; the list it stands in; its tree.

    `too_large`: it was left out, more values or levels than a contract has.
    """

    place: str
    list_name: str
    tree: Any
    too_large: bool = False


def contract_trees(text: Utf8Text) -> Iterator[ContractTree]:
    """Yield the contracts of a file in JSON, in their order; raises as ijson, what was yielded stays good.

    Memory does not grow with the file: one contract is held, of a limited size.
    """
    walk = _Walk()
    for event, value in ijson.basic_parse(JsonRepair(text), use_float=False):
        contract = walk.take(event, value)
        if contract is not None:
            yield contract


class _Walk:
    """Follows the events of a file, and builds what stands in a list of contracts."""

    def __init__(self) -> None:
        self._path: list[str] = []  # keys above, "" in a list
        self._key = ""
        self._counts: dict[str, int] = {}
        self._builder: _TreeBuilder | None = None

    def take(self, event: str, value: Any) -> ContractTree | None:
        if self._builder is not None:
            return self._finished() if self._builder.take(event, value) else None
        if event == "map_key":
            self._key = value
        elif event in _CLOSING:
            self._path.pop()
        elif self._holds_contracts(event):
            self._builder = _TreeBuilder()
            return self._finished() if self._builder.take(event, value) else None
        elif event in _OPENING:
            if len(self._path) > settings.number("max_depth"):
                raise EndlessText
            self._path.append(self._key if event == "start_map" else f"{self._key}[]")
            self._key = ""
        return None

    def _holds_contracts(self, event: str) -> bool:
        """Tell whether what begins here is a contract: an item of a list, or a map for a list of one."""
        above = self._path[1:]  # below the whole
        if above and above[-1].endswith("[]"):
            return (*above[:-1], above[-1][:-2]) in _LISTS
        return event == "start_map" and len(above) == 1 and (above[0], self._key) in _LISTS

    def _finished(self) -> ContractTree:
        builder, self._builder = self._builder, None
        assert builder is not None
        above = self._path[1:]
        listed = above[-1].endswith("[]")
        keys = [key.removesuffix("[]") for key in above] + ([] if listed else [self._key])
        name = keys[-1]
        number = self._counts[name] = self._counts.get(name, -1) + 1
        place = "/" + "/".join(keys) + (f"/{number}" if listed else "")
        return ContractTree(place, name, builder.tree, builder.too_large)


class _TreeBuilder:
    """Builds a tree from events, up to a number of values and a depth; the rest is passed over."""

    def __init__(self) -> None:
        self.too_large = False
        self._left, self._room = MOST_VALUES, MOST_CHARACTERS
        self._deepest = settings.number("max_depth")
        self._depth = 0
        self._builder = ObjectBuilder()

    @property
    def tree(self) -> Any:
        """Return the tree, None for one that is too large."""
        return None if self.too_large else self._builder.value

    def take(self, event: str, value: Any) -> bool:
        """Take an event in; return whether the tree is whole."""
        self._left -= 1
        if isinstance(value, str):
            self._room -= len(value)
        if self._left < 0 or self._room < 0 or self._depth > self._deepest:
            self.too_large, self._builder = True, ObjectBuilder()
            if self._left < -MOST_PASSED_OVER:
                raise EndlessText
        self._depth += (event in _OPENING) - (event in _CLOSING)
        if not self.too_large:
            if isinstance(value, Decimal) and value == value.to_integral_value():
                value = int(value) if value.adjusted() < _MOST_DIGITS else value
            self._builder.event(event, value)
        return self._depth == 0


_ROOT, _CONTRACTS = "marches", ("marche", "contrat-concession")
# A tag or a comment that is longer, in bytes, is none: the parser would hold all of it.
_LONGEST_TAG = 1 << 20
_ENDS_EARLY = (
    expat.errors.codes[expat.errors.XML_ERROR_NO_ELEMENTS],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_TOKEN],
    expat.errors.codes[expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION],
    expat.errors.codes[expat.errors.XML_ERROR_PARTIAL_CHAR],
)


def xml_contracts(text: Utf8Text) -> Iterator[ContractTree]:
    """Yield the contracts of a file in their order; raises ExpatError, what was yielded stays good.

    Memory does not grow with the file: one contract is held, of a limited size. Raises UnreadableInput for a
    declaration of a document type or of an entity.
    """
    reader, fed = _Reader(), 0
    while True:
        chunk = text.chunk()
        fed += len(chunk)
        try:
            reader.parser.Parse(chunk, not chunk)
        finally:
            ready, reader.ready = reader.ready, []
            yield from ready
        if not chunk:
            return
        if fed - reader.parser.CurrentByteIndex > _LONGEST_TAG:
            raise EndlessText


def ends_early(error: expat.ExpatError) -> bool:
    """Tell whether a fault is that a file stops before its end."""
    return error.code in _ENDS_EARLY


@dataclass
class _Element:
    """An element that is open: what it holds so far."""

    name: str
    children: list[tuple[str, Any]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def value(self) -> Any:
        """Return what JSON has for it: a text, a list of wrapped items, or a map; None where it is empty."""
        if not self.children:
            return "".join(self.texts).strip() or None
        if all(name in WRAPPERS for name, _ in self.children):
            return [{name: value} for name, value in self.children]
        tree: dict[str, Any] = {}
        for name, value in self.children:
            tree.setdefault(name, []).append(value)
        return {name: some if len(some) > 1 else some[0] for name, some in tree.items()}


class _Reader:
    """Follows the elements of a file, and builds the contracts below its root, or the root that is one."""

    def __init__(self) -> None:
        self.ready: list[ContractTree] = []
        # What the file says of its encoding no longer holds.
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartDoctypeDeclHandler = self._declared
        self.parser.EntityDeclHandler = self._declared
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters
        self._counts: dict[str, int] = {}
        self._depth, self._deepest = 0, settings.number("max_depth")
        self._of_contracts, self._above = False, 0
        self._open: list[_Element] = []
        self._left, self._room, self._too_large = 0, 0, False

    def _declared(self, *declaration: object) -> None:
        raise UnreadableInput(
            message("DOCTYPE and ENTITY declarations are refused: the format has none.")
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if not self._open and self._depth <= 1 + self._of_contracts and name in _CONTRACTS:
            self._above = self._depth - 1
            self._left, self._room, self._too_large = MOST_VALUES, MOST_CHARACTERS, False
            self._open = [_Element(name)]
        elif self._depth == 1:
            self._of_contracts = name == _ROOT
        elif self._open:
            self._left -= 1
            if self._left < -MOST_PASSED_OVER:
                raise EndlessText
            if self._left < 0 or self._depth > self._deepest:
                self._too_large = True
            if not self._too_large:
                self._open.append(_Element(name))
        elif self._depth > self._deepest:
            raise EndlessText

    def _characters(self, text: str) -> None:
        if self._open and not self._too_large:
            self._room -= len(text)
            self._too_large = self._room < 0
            self._open[-1].texts.append(text)

    def _end(self, name: str) -> None:
        self._depth -= 1
        if self._open and self._depth == self._above:
            number = self._counts[name] = self._counts.get(name, -1) + 1
            tree = None if self._too_large else self._open[0].value()
            place = f"/{_ROOT}/{name}/{number}" if self._above else f"/{name}"
            self.ready.append(ContractTree(place, name, tree, self._too_large))
            self._open = []
        elif self._open and not self._too_large:
            done = self._open.pop()
            self._open[-1].children.append((done.name, done.value()))
