"""What comes out of a sentence while it is read: facts with their sums, guesses, doubts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from montages.description.reader.amounts.model import Doubt, Guess, Span, Sum

# The facts that an amount in doubt takes with it.
MONEY = ("estimated-value", "highest-value", "yearly-value", "annual-purchases")
BESIDE = "beside-the-amount"


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
