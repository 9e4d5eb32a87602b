"""A sentence as tokens with what the words say, and the items that its numbers make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from montages.description.reader.amounts.amount_types import Span
from montages.description.reader.lexicon import lexicon
from montages.description.reader.words import Word

BOUNDS = ("maximum", "minimum", "at-most", "at-least", "ceiling")
# What a word beside a number says of it, by its class.
_FIELDS = {"taxes": "tax", "periods": "period", "each": "unit"}
STOPS = frozenset({",", ".", ";", "?", "!", "/"})


@dataclass(frozen=True)
class Label:
    """A phrase of the lexicon in a sentence: its class, what it says in it, its first token and the next."""

    name: str
    says: str
    first: int
    last: int


@dataclass
class Item:
    """A number with the words beside it: its kind, its tokens, its value or range, what it is a number of.

    `unit` is what an amount is the price of (`each`: one of them), or the unit of a duration or of a
    measure; `per` what a count stands for one of; `times` a figure that multiplies; `bound` tells a highest
    or a lowest amount; `marks` what else was said.
    """

    kind: str
    first: int
    last: int
    low: Decimal
    high: Decimal | None = None
    nouns: tuple[str, ...] = ()
    unit: str = ""
    per: str = ""
    period: str = ""
    tax: str = ""
    times: Decimal | None = None
    bound: str = ""
    role: str = ""
    marks: set[str] = field(default_factory=set)
    held: set[int] = field(default_factory=set)

    @property
    def top(self) -> Decimal:
        """Return the upper end."""
        return self.low if self.high is None else self.high

    def take(self, label: Label) -> bool:
        """Take the tax, the period, the unit or the bound that a word beside says, unless one is said."""
        field_name = "bound" if label.name in BOUNDS else _FIELDS.get(label.name, "")
        if field_name and not getattr(self, field_name):
            setattr(self, field_name, self.hold(label) or label.name)
        return bool(field_name)

    def hold(self, label: Label) -> str:
        """Hold the words of a label, and return what they say."""
        self.held.update(range(label.first, label.last))
        return label.says


class Line:
    """A sentence: its text, its tokens, and the phrases of the lexicon that begin at each."""

    def __init__(self, text: str, words: Sequence[Word]) -> None:
        self.text = text
        self.tokens = words
        self.items: tuple[Item, ...] = ()
        self.words = [token.single for token in self.tokens]
        phrases = lexicon().phrases
        self.labels: list[list[Label]] = [[] for _ in self.tokens]
        for at, word in enumerate(self.words):
            for phrase, name, says in phrases.get(word, ()):
                last = min(at + len(phrase), len(self.words))
                # « crédit-bail » is no « bail », « l'ANS » no year.
                joined = self.word(at - 1) == "-" and name.startswith("roles")
                joined |= word == "l" and self.tokens[last - 1].form == "ans"
                if tuple(self.words[at:last]) == phrase and not joined:
                    self.labels[at].append(Label(name, says, at, last))

    @cached_property
    def said(self) -> frozenset[str]:
        """Return the classes of which something is said anywhere, but for words of an idiom."""
        labels = [label for of_place in self.labels for label in of_place]
        idioms = [range(one.first, one.last) for one in labels if one.name == "idioms"]
        names = {one.name for one in labels if not any(one.first in idiom for idiom in idioms)}
        return frozenset(names - {"design"} if "design-build" in names else names)

    def beside(self, item: Item, by: int = -1) -> Item | None:
        """Return the item before another, or so many behind it."""
        at = self.items.index(item) + by
        return self.items[at] if 0 <= at < len(self.items) else None

    def token(self, at: int) -> Word | None:
        """Return the token at a place, if there is one."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else None

    def added(self, at: int) -> bool:
        """Tell whether what stands at a place is added to what is before: « + 2000 », « + pose 2000 »."""
        return "+" in self.words[max(at - 2, 0) : at]

    def word(self, at: int) -> str:
        """Return the word or sign at a place, or nothing."""
        return self.words[at] if 0 <= at < len(self.words) else ""

    def number(self, at: int) -> Word | None:
        """Return the number at a place, if one stands there."""
        token = self.token(at)
        return token if token and token.value is not None else None

    def value(self, at: int) -> Decimal:
        """Return what the number at a place is; 0: none stands there."""
        number = self.number(at)
        return number.value if number and number.value else Decimal(0)

    def label(self, at: int, *names: str) -> Label | None:
        """Return the longest phrase of some classes that begins at a place."""
        labels = self.labels[at] if 0 <= at < len(self.labels) else ()
        return next((label for label in labels if label.name in names), None)

    def ending(self, at: int, back: int, *names: str) -> Iterator[Label]:
        """Yield the phrases of some classes that end before a place, nearest first."""
        matched = [
            label
            for start in range(max(back, 0), at)
            for label in self.labels[start]
            if label.name in names and label.last <= at
        ]
        yield from sorted(matched, key=lambda label: (at - label.last, label.first - label.last))

    def clause_before(self, item: Item) -> range:
        """Return the places of the clause of an item that stand before it."""
        clauses = [token.clause for token in self.tokens[: item.first + 1]]
        return range(clauses.index(clauses[-1]), item.first)

    def noun(self, at: int) -> bool:
        """Tell whether a thing may be named at a place: a word that joins nothing and measures nothing."""
        token = self.token(at)
        if token is None or token.kind or token.value is not None:
            return False
        if self.words[at] in lexicon().words["functions"] and self.word(at + 1) != "-":
            return False
        return not self.label(
            at, "approximate", "taxes", "currency", "foreign", "whole-long", "for-long", "times"
        )

    def prefixed(self, at: int) -> bool:
        """Tell whether a sign of currency stands right before a number: « €45,000 », « EUR 95 »."""
        number, before = self.number(at + 1), self.token(at - 1)
        if not number or not self.label(at, "currency", "foreign"):
            return False
        sign = self.tokens[at]
        apart = before is None or before.end < sign.start
        return not self.number(at - 1) or (apart and sign.end == number.start)

    def many(self, at: int) -> bool:
        """Tell whether the word at a place is written in the plural, or counted."""
        alike = self.words[at] in lexicon().words["same-in-plural"]
        plural = self.text[self.tokens[at].end - 1] in "sxSX"
        return self.value(at - 1) > 1 or (plural and (not alike or self.definite(at - 1)))

    def times(self, first: int, last: int) -> bool:
        """Tell whether nothing but a sign of times stands between two places."""
        return last == first + 1 and bool(self.label(first, "times"))

    def definite(self, at: int) -> bool:
        """Tell whether the word at a place is the article of several known things."""
        token = self.token(at)
        return bool(token and self.words[at] in lexicon().words["definite"] and self.many(at))

    def span(self, first: int, last: int) -> Span:
        """Return where some tokens stand in the text."""
        return Span(self.tokens[first].start, self.tokens[last - 1].end)

    def span_of(self, item: Item) -> Span:
        """Return where an item stands in the text."""
        return self.span(item.first, item.last)

    def same_clause(self, at: int, other: int) -> bool:
        """Tell whether two tokens stand in one clause."""
        return self.tokens[at].clause == self.tokens[other].clause
