"""What a sentence says in numbers: the facts, the sums behind them, what is guessed, what is in doubt."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple


class Span(NamedTuple):
    """Where words stand in a text."""

    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """A product: its factors, the share taken of it in per cent, and what it is divided by."""

    factors: tuple[Decimal, ...]
    percent: Decimal | None = None
    over: Decimal | None = None

    @property
    def value(self) -> Decimal:
        """Return what the product comes to."""
        worth = Decimal(1)
        for factor in self.factors:
            worth *= factor
        if self.percent is not None:
            worth = worth * self.percent / 100
        return worth / self.over if self.over else worth


@dataclass(frozen=True)
class Sum:
    """Products added up: the criterion whose unit they are in, and what they come to."""

    criterion: str
    terms: tuple[Term, ...]

    @property
    def value(self) -> Decimal:
        """Return what the products come to, to the cent."""
        worth = sum((term.value for term in self.terms), Decimal(0))
        if self.criterion == "modification-share":
            worth *= 100
        return Decimal(f"{worth.quantize(Decimal('0.01')).normalize():f}")


@dataclass(frozen=True)
class Guess:
    """A figure that was worked out and is not certain: asked, filled in."""

    criterion: str
    value: Decimal
    sum: Sum
    span: Span
    reason: str


@dataclass(frozen=True)
class Doubt:
    """Words of money or of time that no sum used."""

    span: Span
    kind: str
    reason: str


@dataclass(frozen=True)
class Number:
    """A number as what it is: an amount, a share, a count, a duration, a measure, a date, a name."""

    kind: str
    value: Decimal | None
    span: Span
    role: str = ""


@dataclass(frozen=True)
class AmountReading:
    """The numbers of a sentence: what they state, and what may not be stated from them."""

    facts: Mapping[str, Decimal] = field(default_factory=dict)
    spans: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    workings: Mapping[str, Sum] = field(default_factory=dict)
    sums: Mapping[str, str] = field(default_factory=dict)
    guesses: tuple[Guess, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    held: tuple[Span, ...] = ()
    numbers: tuple[Number, ...] = ()
