"""What a sentence says in numbers: the facts, the sums behind them, what is guessed, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from montages.description.reader.amounts.lexicon import lexicon
from montages.knowledge.buckets import spaced

# The facts that an amount in doubt takes with it.
MONEY = ("estimated-value", "highest-value", "yearly-value", "annual-purchases")
BESIDE = "beside-the-amount"


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


@dataclass
class Outcome:
    """The facts of a sentence as they are found; a doubt about money turns every amount into a guess."""

    facts: dict[str, Sum] = field(default_factory=dict)
    spans: dict[str, list[Span]] = field(default_factory=dict)
    guesses: list[Guess] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    local: set[int] = field(default_factory=set)
    used: set[int] = field(default_factory=set)

    def state(self, criterion: str, working: Sum, spans: Iterable[Span]) -> None:
        """Take a fact, with the words it rests on."""
        self.facts[criterion] = working
        self.spans[criterion] = sorted(set(spans))

    def guess(self, criterion: str, working: Sum, span: Span, reason: str) -> None:
        """Note a figure to be asked."""
        guess = Guess(criterion, working.value, working, span, reason)
        if guess not in self.guesses:
            self.guesses.append(guess)

    def doubt(self, span: Span, kind: str, reason: str) -> None:
        """Note words that nothing used."""
        if not any(doubt.span == span for doubt in self.doubts):
            self.doubts.append(Doubt(span, kind, reason))

    def settled(self) -> tuple[dict[str, Sum], list[Guess]]:
        """Return the facts that no doubt touches, and the guesses."""
        facts = dict(self.facts)
        money = [doubt for doubt in self.doubts if doubt.kind == "money" or doubt.reason == BESIDE]
        for name in MONEY if money else ():
            if name in facts:
                self.guess(name, facts.pop(name), self.spans[name][0], money[0].reason)
        return facts, self.guesses


def sum_text(of: Sum, lang: str) -> str:
    """Return a sum as people write it, with what it comes to and its unit."""
    unit = lexicon().tables["written"].get(of.criterion, {}).get(lang, "")
    whole = f"{spaced(of.value, lang)} {unit}".rstrip()
    sums = " + ".join(_term(term, lang) for term in of.terms)
    return whole if sums == spaced(of.value, lang) else f"{sums} = {whole}"


def _term(term: Term, lang: str) -> str:
    factors = [number for number in term.factors if number != 1] or [Decimal(1)]
    text = " × ".join(_number(number, lang) for number in factors)
    if term.percent is not None:
        text += f" × {_number(term.percent, lang)} %"
    return f"{text} ÷ {_number(term.over, lang)}" if term.over else text


def _number(number: Decimal, lang: str) -> str:
    return spaced(number.quantize(Decimal("0.01")), lang)
