"""What a sentence says in numbers: the facts, the sums behind them, what is guessed, what is in doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from montages.description.reader.lexicon import lexicon
from montages.knowledge.buckets import measured_in, spaced

# The facts that an amount in doubt takes with it.
MONEY = ("estimated-value", "highest-value", "yearly-value", "annual-purchases")


class Span(NamedTuple):
    """Where words stand in a text."""

    start: int
    end: int


class Term(NamedTuple):
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


class Sum(NamedTuple):
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


@dataclass
class AmountReading:
    """The numbers of a sentence: what they state with the words it rests on, what is asked filled in.

    `doubts` are words that no sum used: of an amount (`money`), beside one (`time`), of a length
    (`duration`). `held` are the words used, `counts` the numbers of things.
    """

    workings: dict[str, Sum] = field(default_factory=dict)
    spans: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    guesses: list[Sum] = field(default_factory=list)
    doubts: dict[Span, str] = field(default_factory=dict)
    held: tuple[Span, ...] = ()
    counts: frozenset[Decimal] = frozenset()

    @property
    def facts(self) -> Mapping[str, Decimal]:
        """Return the numbers stated, by criterion."""
        return {name: working.value for name, working in self.workings.items()}

    @property
    def sums(self) -> Mapping[str, str]:
        """Return how each number was worked out."""
        return {name: sum_text(working, "fr") for name, working in self.workings.items()}

    def state(self, working: Sum, spans: Iterable[Span]) -> None:
        """Take a fact, with the words it rests on."""
        self.workings[working.criterion] = working
        self.spans[working.criterion] = tuple(sorted(set(spans)))

    def settle(self) -> None:
        """Turn every amount into a guess where there is a doubt about money."""
        doubtful = any(kind != "duration" for kind in self.doubts.values())
        for name in [name for name in MONEY if doubtful and name in self.workings]:
            self.guesses.append(self.workings.pop(name))
            del self.spans[name]


def sum_text(of: Sum, lang: str) -> str:
    """Return a sum as people write it, with what it comes to and its unit."""
    unit = lexicon().tables["written"].get(of.criterion, {}).get(lang, "")
    whole = measured_in(lang, of.value, unit)
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
