"""The places of statements in a text: line, column, and JSON pointer where there is one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol
from urllib.parse import urljoin

from montages.description.blank_nodes import blank_node_names
from montages.description.facts import BLANK, Facts, Term
from montages.names import slug


@dataclass(frozen=True)
class Place:
    """A place in a text: line and column from 1; `pointer` is the JSON pointer (RFC 6901) of its value.

    Line 0: the text is nobody's, as of a tree that a program gives; the pointer alone tells. In a table,
    `cell` is its cell as a spreadsheet names it, and `field` the title of its column.
    """

    line: int
    column: int
    pointer: str | None = None
    cell: str | None = None
    field: str | None = None

    def to_json(self) -> dict[str, int | str]:
        """Return the place as findings give theirs."""
        where: dict[str, int | str] = {} if self.pointer is None else {"where": self.pointer or "/"}
        if self.line:
            where |= {"line": self.line, "column": self.column}
        named = {"cell": self.cell, "field": self.field}
        return where | {name: value for name, value in named.items() if value is not None}


class PlaceLookup(Protocol):
    """Finds the place in a text of what a finding is about."""

    def place_of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of a statement, None where the text does not show it."""
        ...


@lru_cache(maxsize=4096)
def resolved(base: str, reference: str) -> str:
    """Return an IRI that a text refers to; the reference itself where its host makes it none."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


class LineStarts:
    """The offsets at which the lines of a text begin."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def start(self, line: int) -> int:
        """Return the offset at which a line begins."""
        return self._starts[line - 1]

    def at(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)


@dataclass(frozen=True)
class Places:
    """The places of subjects, of their properties, and of each value; first mention first."""

    nodes: dict[str, Place] = field(default_factory=dict)
    properties: dict[tuple[str, str], Place] = field(default_factory=dict)
    values: dict[tuple[str, str, str], Place] = field(default_factory=dict)
    # Whatever the subject: for subjects whose name a text does not show.
    any_subject: dict[tuple[str, str], Place] = field(default_factory=dict)

    def add_value(self, subject: str, prop: str, value: str, place: Place) -> None:
        """Add the place of a value."""
        self.values.setdefault((subject, prop, value), place)
        self.any_subject.setdefault((prop, value), place)

    def place_of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of a statement, None where the text does not show it."""
        place = self.values.get((focus, path, value)) or self.properties.get((focus, path))
        if place is None and focus not in self.nodes:
            place = self.any_subject.get((path, value)) or self.any_subject.get((path, slug(value)))
        return place or self.nodes.get(focus)


class PlaceIndex:
    """Gathers places while a text is read; blank nodes get their names at the end."""

    def __init__(self) -> None:
        self._triples: list[tuple[str, str, Term, Place, Place]] = []
        self._nodes: dict[str, Place] = {}
        self._blank = 0

    def new_blank(self) -> str:
        """Return a new blank node."""
        self._blank += 1
        return f"{BLANK} {self._blank}"

    def add_subject(self, node: str, place: Place) -> None:
        """Add the place where a subject first stands."""
        self._nodes.setdefault(node, place)

    def add_triple(self, s: str, p: str, o: Term, property_at: Place, value_at: Place) -> None:
        """Add the places of a triple's property and value."""
        self._triples.append((s, p, o, property_at, value_at))

    def places(self) -> Places:
        """Return all places, with the names that a description gives its blank nodes."""
        names = blank_node_names(Facts((s, p, o) for s, p, o, _, _ in self._triples))
        places = Places({names.get(node, node): place for node, place in self._nodes.items()})
        for s, p, o, property_at, value_at in self._triples:
            subject = names.get(s, s)
            places.properties.setdefault((subject, p), property_at)
            value = names.get(o, o) if isinstance(o, str) else o.value
            places.add_value(subject, p, value, value_at)
        return places
