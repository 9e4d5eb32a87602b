"""A statement of the law as plain data: its days, its sources, its clauses; gates, preferences and duties."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import ClassVar

from rdflib import URIRef

from montages.bilingual import NO_TEXT, Text
from montages.one_line import OneLine

FOREVER = date.max
# When a duty is due, in the order of doing.
DUE_TIMES = (
    "before-launch",
    "in-the-consultation",
    "at-publication",
    "at-award",
    "at-signature",
    "after-signature",
    "during-the-contract",
)


@dataclass(frozen=True)
class Span(OneLine):
    """The days a statement of law is in force, both ends included."""

    first: date
    last: date = FOREVER

    @property
    def ends(self) -> bool:
        """Tell whether it has a last day."""
        return self.last != FOREVER

    def holds(self, day: date) -> bool:
        """Tell whether `day` lies in the span."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class ProvisionVersion(OneLine):
    """The version of an article that was read, with the days it is in force as far as they are recorded."""

    iri: URIRef
    label: Text
    identifier: str | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class Passage(OneLine):
    """A place in a document: an article, a ruling, a cell of the sheet."""

    slug: str
    iri: URIRef
    document: Text
    locator: str
    label: Text
    certainty: str = "Verified"
    document_slug: str = ""
    official: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    read_officially: bool = False
    extent: str = ""
    read_on: date | None = None
    versions: tuple[ProvisionVersion, ...] = ()

    def __hash__(self) -> int:
        """Return that of the slug: of all else, one would be long in coming."""
        return hash(self.slug)

    @property
    def url(self) -> str | None:
        """Return its official address, to which it is linked; None where none is known."""
        return next(iter(self.official), None)

    @property
    def address(self) -> str | None:
        """Return where it can be read: the official address first, else that of a copy."""
        return self.url or next(iter(self.copies), None)


@dataclass(frozen=True)
class Bound(OneLine):
    """One bound on a number: `side` is at-most, below, at-least or above; `limit` may be a threshold."""

    side: str
    limit: Decimal | URIRef


@dataclass(frozen=True)
class Clause(OneLine):
    """What one criterion must be: any of `accepts`, or a number within all `bounds`."""

    criterion: str
    accepts: frozenset[str] = frozenset()
    bounds: tuple[Bound, ...] = ()


@dataclass(frozen=True)
class Condition(OneLine):
    """Clauses that must all hold together."""

    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Requirement(OneLine):
    """One dated version of a requirement: accepts ∨ any unless ∨ ¬(all when), in Kleene's logic (R3)."""

    slug: str
    iri: URIRef
    version: URIRef
    arrangement: str
    own: Clause
    when: tuple[Condition, ...]
    unless: tuple[Condition, ...]
    basis: str
    certainty: str
    label: Text
    reading: Text
    sources: tuple[Passage, ...]
    span: Span

    # What it is: a gate is hard, a preference soft, a duty neither.
    strength: ClassVar[str]

    def __hash__(self) -> int:
        """Return that of the slug: of all else, texts and sources, one would be long in coming."""
        return hash(self.slug)

    @property
    def hard(self) -> bool:
        """Tell whether it decides."""
        return isinstance(self, Gate)

    @property
    def soft(self) -> bool:
        """Tell whether it only advises."""
        return isinstance(self, Preference)

    @property
    def duty(self) -> bool:
        """Tell whether it says what must be done."""
        return isinstance(self, Duty)

    @property
    def closes_if(self) -> tuple[Condition, ...]:
        """Return what refuses it: of a duty alone."""
        return ()

    def as_gate(self) -> Gate:
        """Return a gate that says the same."""
        return Gate(**{field.name: getattr(self, field.name) for field in fields(Requirement)})

    def clauses(self) -> tuple[Clause, ...]:
        """Return every clause it reads: its own, then those of its conditions."""
        return (self.own, *(c for cond in (*self.when, *self.unless) for c in cond.clauses))


@dataclass(frozen=True)
class Gate(Requirement):
    """A requirement that decides; `splits_into` is the contract by which what it leaves out is bought."""

    splits_into: str | None = None

    strength: ClassVar[str] = "hard"
    __hash__ = Requirement.__hash__


@dataclass(frozen=True)
class Preference(Requirement):
    """A requirement that advises, and weighs 1 to 3; one that `folds` makes hardly sensible what it is about.

    `folds_unstated`: where nothing is said, too.
    """

    weight: int = 0
    folds: bool = False
    folds_unstated: bool = False

    strength: ClassVar[str] = "soft"
    __hash__ = Requirement.__hash__


@dataclass(frozen=True, kw_only=True)
class Duty(Requirement):
    """A requirement that says what must be done, when and by whom; it closes only where it is refused.

    `sentence` says it; `body` is who decides, gives an opinion or controls, `body_name` how one says it;
    `days` are those to let pass; `order` is its place among the duties of its moment; `model_wording` puts
    into words what it says to write, under `model_title`.
    """

    sentence: Text
    due_at: str
    body: str | None = None
    body_name: Text = NO_TEXT
    days: int | None = None
    order: int = 0
    model_wording: Text = NO_TEXT
    model_title: Text = NO_TEXT
    closes_if: tuple[Condition, ...] = ()

    strength: ClassVar[str] = "duty"
    __hash__ = Requirement.__hash__
