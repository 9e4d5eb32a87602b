"""The contracts of a file in JSON, one at a time, as plain trees: each with its place, none too large."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import ijson
from ijson.common import ObjectBuilder

from montages import settings
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
