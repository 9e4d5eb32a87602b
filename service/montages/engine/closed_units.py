"""A unit once facts are closed: the parts of the description it stands for, and its answers (R12)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from montages.description.facts import Term


class ClosingFact(NamedTuple):
    """One answer that the closing step gives a unit, and what it comes from."""

    property: str
    value: Term
    source: str
    from_property: str
    state: str

    def iri(self, unit: str) -> str:
        """Return the name of this fact about a unit, as the queries give it."""
        value = self.value if isinstance(self.value, str) else self.value.value
        digest = hashlib.md5(value.encode(), usedforsecurity=False).hexdigest()
        return f"{unit}/fact/{self.property.rpartition('/')[2]}/{digest}"


@dataclass(eq=False)
class ClosedUnit:
    """A layer use in a perimeter, or the part of that there is, with its answers by property."""

    iri: str
    project: str
    use: str | None
    perimeter: str | None
    facts: list[ClosingFact] = field(default_factory=list)
    answers: dict[str, list[Term]] = field(default_factory=dict)
    usages: list[Term] = field(default_factory=list)
    presumptions: list[str] = field(default_factory=list)
    retains: list[str] = field(default_factory=list)
    asserted: list[str] = field(default_factory=list)

    def parts(self) -> Iterator[str]:
        """Return the layer use, the perimeter and the project, nearest first."""
        if self.use is not None:
            yield self.use
        if self.perimeter is not None:
            yield self.perimeter
        yield self.project

    def write(self, fact: ClosingFact) -> None:
        """Add an answer with what it comes from."""
        self.facts.append(fact)
        values = self.answers.setdefault(fact.property, [])
        if fact.value not in values:
            values.append(fact.value)
