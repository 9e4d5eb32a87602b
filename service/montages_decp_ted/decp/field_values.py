"""The fields of one contract as values: texts, amounts, days, lists, its place; what is none is noted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from montages.hidden_signs import HIDDEN
from montages.knowledge.files import library
from montages.knowledge.thing_labels import plain_form
from montages.names import ID, MTG
from montages_decp_ted.field_meanings import Meaning, import_fields, meanings
from montages_decp_ted.imported_contract import ImportNote

FORMAT = "decp"
_NOTHING = "*"
_CPV = re.compile(r"(\d{8})(?:-?(\d))?")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?", re.DOTALL)
_NUMBER = re.compile(r"[-+]?\d{1,40}(?:[.,]\d{1,20})?(?:[eE][-+]?\d{1,3})?")
_BLANK = re.compile(r"\s+")


@dataclass(frozen=True)
class Credible:
    """The numbers that a field may hold without being a fault, both ends included."""

    least: Decimal
    most: Decimal

    def holds(self, number: Decimal | int) -> bool:
        """Tell whether a number is one of them."""
        return self.least <= number <= self.most


@cache
def credible(name: str) -> Credible:
    """Return what is believed of a field: data, `data/imports/decp.ttl`."""
    graph = library.imports()
    fields = set(graph.subjects(MTG.fieldOf, ID[f"import-format/{FORMAT}"]))
    which = next(f for f in graph.subjects(MTG.fieldName, None) if f in fields and _named(f, name))
    least, most = (
        Decimal(str(graph.value(which, p))) for p in (MTG.leastCredible, MTG.mostCredible)
    )
    return Credible(least, most)


def _named(which: Any, name: str) -> bool:
    return any(str(n) == name for n in library.imports().objects(which, MTG.fieldName))


@dataclass
class FieldValues:
    """Reads the fields of a contract; `place` is where it stands, `notes` what could not be taken."""

    tree: Mapping[str, Any]
    place: str
    notes: list[ImportNote] = field(default_factory=list)

    def note(self, code: str, name: str, value: Any = "") -> None:
        """Add a note on a field."""
        self.notes.append(
            ImportNote(code, f"{self.place}/{name}" if name else self.place, str(value))
        )

    def text(self, name: str) -> str:
        """Return a text, or a number as one, on one line; empty where there is none."""
        return self.text_of(self.tree.get(name), name)

    def text_of(self, value: Any, name: str) -> str:
        """Return a value found under a name as a text."""
        if value is None:
            return ""
        if isinstance(value, bool):
            return str(value).lower()
        if not isinstance(value, (str, int, Decimal)):
            self.note("not-a-text", name, type(value).__name__)
            return ""
        text = _BLANK.sub(" ", HIDDEN.sub(" ", str(value))).strip()
        if text and meanings(import_fields(FORMAT)[_NOTHING], text) is not None:
            self.note("no-value", name, text)
            return ""
        return text

    def meanings_of(self, name: str) -> list[Meaning]:
        """Return what the words of a field say, one word or a list, however deep the format puts it."""
        out: list[Meaning] = []
        for word in self._words(self.tree.get(name), name):
            meaning = meanings(import_fields(FORMAT)[name], word)
            if meaning is None:
                self.note("unknown-word", name, word)
            else:
                out += meaning
        return out

    def words(self, name: str) -> list[str]:
        """Return the words of a field, as they are written."""
        return list(self._words(self.tree.get(name), name))

    def _words(self, value: Any, name: str) -> Iterator[str]:
        if isinstance(value, Mapping):
            for part in value.values():
                yield from self._words(part, name)
        elif isinstance(value, list):
            for part in value:
                yield from self._words(part, name)
        elif text := self.text_of(value, name):
            yield text

    def amount(self, name: str) -> int | float | None:
        """Return an amount in euros, None where there is none, or none to be believed."""
        number = self._number(name, "no-amount")
        if number is None:
            return None
        if not credible("montant").holds(number):
            least = number < credible("montant").least
            self.note("token-amount" if least else "amount-beyond-belief", name, _plainly(number))
            return None
        return int(number) if number == number.to_integral_value() else float(round(number, 2))

    def months(self, name: str) -> int | None:
        """Return a duration in whole months, None where there is none, or none to be believed."""
        number = self._number(name, "no-duration")
        if number is None:
            return None
        if not credible("dureeMois").holds(number) or number != number.to_integral_value():
            self.note("no-duration", name, _plainly(number))
            return None
        return int(number)

    def day(self, name: str) -> date | None:
        """Return a day, None where there is none, or none to be believed."""
        text = self.text(name)
        if not text:
            return None
        match = _DAY.fullmatch(text)
        if match and not credible("année").holds(int(match[1])):
            self.note("year-beyond-belief", name, text)
            return None
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3]))
        except ValueError:
            pass
        self.note("no-date", name, text)
        return None

    def cpv(self, name: str) -> str:
        """Return a CPV code, its eight digits without the check digit; empty where there is none."""
        text = self.text(name)
        if not text:
            return ""
        match = _CPV.fullmatch(text.zfill(8) if text.isdecimal() and len(text) == 7 else text)
        if match is None:
            self.note("no-cpv", name, text)
            return ""
        if match[2] is not None:
            self.note("cpv-check-digit", name, text)
        return match[1]

    def _number(self, name: str, code: str) -> Decimal | None:
        text = self.text(name)
        if not text:
            return None
        number = number_in(text)
        if number is None:
            self.note(code, name, text)
        return number


def number_in(text: str) -> Decimal | None:
    """Return the number that a text is, None where it is none."""
    plain = text.replace(" ", "").replace("\u202f", "").removesuffix("€")
    try:
        return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None
    except InvalidOperation:
        return None


def _plainly(number: Decimal) -> str:
    """Return a number as people read it: in full where it is short, by powers of ten else."""
    return f"{number:,f}".replace(",", "\u202f") if abs(number.adjusted()) < 20 else f"{number:.2E}"


# The format of 2024 wraps each item in an object with its singular as the only key.
WRAPPERS = frozenset({"titulaire", "concessionnaire", "modification"})


def nested_items(fields: FieldValues, name: str) -> list[Any]:
    """Return the items of a list, flat; where the file does not nest it as the format does, that is noted."""
    value = fields.tree.get(name)
    items = list(_items(value, wrapped=False))
    as_format = value in (None, "") or (
        isinstance(value, list) and all(_is_plain(item) for item in value)
    )
    if not as_format:
        fields.note("other-form", name, _shape(value))
    return items


def _items(value: Any, wrapped: bool) -> Iterator[Any]:
    if isinstance(value, list):
        for part in value:
            yield from _items(part, wrapped)
    elif isinstance(value, Mapping) and len(value) == 1 and WRAPPERS & value.keys():
        yield from _items(next(iter(value.values())), wrapped=True)
    elif value not in (None, "", {}):
        yield value


def _is_plain(item: Any) -> bool:
    """Tell whether an item is an object, wrapped once or not at all."""
    if isinstance(item, Mapping) and len(item) == 1 and WRAPPERS & item.keys():
        return isinstance(next(iter(item.values())), Mapping)
    return isinstance(item, Mapping)


def _shape(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(sorted({_shape(part) for part in value}))}]"
    return "{…}" if isinstance(value, Mapping) else str(value)


# Kinds of code whose head is the number of the département.
_HEADED = frozenset(
    {"code postal", "code commune", "code insee commune", "code arrondissement", "code canton"}
)
_WHOLE = frozenset({"code departement"})
_OVERSEAS = ("97", "98")
# Corsica has no number of its own in postal codes.
_CORSICA = {"200": "2A", "201": "2A", "202": "2B", "206": "2B"}


def departement(fields: FieldValues) -> str:
    """Return the number of the département, empty where the place is larger, or not told."""
    place = fields.tree.get("lieuExecution")
    if not isinstance(place, Mapping):
        return ""
    code = fields.text_of(place.get("code"), "lieuExecution/code").upper()
    kind = plain_form(fields.text_of(place.get("typeCode"), "lieuExecution/typeCode"))
    if kind in _WHOLE:
        return code.zfill(2)
    if kind not in _HEADED or not code:
        return ""
    if kind == "code postal":
        code = code.zfill(5)
        if code[:3] in _CORSICA:
            return _CORSICA[code[:3]]
    return code[:3] if code.startswith(_OVERSEAS) else code[:2]
