"""The contracts of a file in XML, one at a time, as the trees that the JSON of the format has for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from montages import settings
from montages.bilingual import message
from montages.errors import UnreadableInput
from montages_decp_ted.decp.contract_trees import (
    MOST_CHARACTERS,
    MOST_PASSED_OVER,
    MOST_VALUES,
    ContractTree,
)
from montages_decp_ted.decp.field_values import WRAPPERS
from montages_decp_ted.decp.file_text import EndlessText, Utf8Text

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
