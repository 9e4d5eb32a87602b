"""Where each statement stands in what was sent: line, column, and JSON pointer where there is one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field

from montages.decision.facts import BLANK, Facts, Term
from montages.decision.naming import names_of
from montages.names import slug


@dataclass(frozen=True)
class Place:
    """A place in a text: line and column from 1; `pointer` is the JSON pointer (RFC 6901) of its value."""

    line: int
    column: int
    pointer: str | None = None


class Lines:
    """Turns offsets in a text into lines and columns."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def at(self, offset: int) -> Place:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset)
        return Place(line, offset - self._starts[line - 1] + 1)


@dataclass(frozen=True)
class Places:
    """The places of subjects, of their properties, and of each value; first mention first."""

    nodes: Mapping[str, Place] = field(default_factory=dict)
    properties: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    values: Mapping[tuple[str, str, str], Place] = field(default_factory=dict)
    # Whoever says it: for subjects whose name a text does not show.
    anyone: Mapping[tuple[str, str], Place] = field(default_factory=dict)

    def of(self, focus: str, path: str = "", value: str = "") -> Place | None:
        """Return the nearest place of what a finding is about, None where the text does not show it."""
        found = self.values.get((focus, path, value)) or self.properties.get((focus, path))
        if found is None and focus not in self.nodes:
            found = self.anyone.get((path, value)) or self.anyone.get((path, slug(value)))
        return found or self.nodes.get(focus)


class Index:
    """Gathers places while a text is read; blank nodes get their names at the end."""

    def __init__(self) -> None:
        self._said: list[tuple[str, str, Term, Place, Place]] = []
        self._nodes: dict[str, Place] = {}
        self._blank = 0

    def blank(self) -> str:
        """Return a new blank node."""
        self._blank += 1
        return f"{BLANK} {self._blank}"

    def subject(self, node: str, place: Place) -> None:
        """Note where a subject is first spoken of."""
        self._nodes.setdefault(node, place)

    def say(self, s: str, p: str, o: Term, property_at: Place, value_at: Place) -> None:
        """Note where a triple's property and value stand."""
        self._said.append((s, p, o, property_at, value_at))

    def places(self) -> Places:
        """Return what was gathered, blank nodes under the names that a description gives them."""
        names = names_of(Facts((s, p, o) for s, p, o, _, _ in self._said))
        properties: dict[tuple[str, str], Place] = {}
        values: dict[tuple[str, str, str], Place] = {}
        anyone: dict[tuple[str, str], Place] = {}
        for s, p, o, property_at, value_at in self._said:
            subject = names.get(s, s)
            value = names.get(o, o) if isinstance(o, str) else o.value
            properties.setdefault((subject, p), property_at)
            values.setdefault((subject, p, value), value_at)
            anyone.setdefault((p, value), value_at)
        nodes = {names.get(node, node): place for node, place in self._nodes.items()}
        return Places(nodes, properties, values, anyone)
