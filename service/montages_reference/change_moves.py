"""What a change of the law moves: for how many coherent descriptions, and the shortest one.

Counted on the verdict diagram, as `montages rules diff` does, between the law of the day and the same without
that one change.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from montages.bilingual import Text
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Span
from montages.knowledge.model import Dated, Rulebook
from montages.knowledge.periods import Rules, rules_at
from montages.quality.checks.counted_descriptions import description_text
from montages.quality.rules_diff import VerdictShare, verdict_shares
from montages_reference.change_events import ChangeEvent


@dataclass(frozen=True)
class Move:
    """A set-up whose verdict moves: for which share of descriptions, and the shortest one, in words."""

    share: VerdictShare
    words: Text


def moves_of(event: ChangeEvent) -> tuple[Move, ...]:
    """Return the set-ups whose verdict a change moves, none for one that decides nothing.

    Worked out once for each state of the knowledge, then kept: two seconds each.
    """
    decides = event.kind != "release" and set(event.rules) & _gates(event.day)
    return _moves(event.name, event.day, str(event.about)) if decides else ()


def _gates(day: date) -> set[str]:
    """Return the requirements that decide, on a day or the day before."""
    both = (rules_at(day - timedelta(days=1)), rules_at(day))
    return {r.slug for rules in both for r in rules.requirements if r.hard or r.closes_if}


@disk_cache
def _moves(name: str, day: date, about: str) -> tuple[Move, ...]:
    """Return the set-ups whose verdict one change moves, the most first; `name` tells the change apart."""
    after = rules_at(day)
    before = Rules(_without(about, rules_at(day - timedelta(days=1)), after), after.period)
    both = verdict_shares(before, after)
    words = (description_text(share.smallest, both.rules) for share in both.moving)
    return tuple(
        Move(share, Text(text.fr, text.en)) for share, text in zip(both.moving, words, strict=True)
    )


def _without(about: str, before: Rules, after: Rules) -> Rulebook:
    """Return the book as it would be on a day without the change of one threshold or requirement."""
    book = after.book
    for iri, values in book.thresholds.items():
        if str(iri) == about:
            held = [v for v in values if v.span.holds(before.period.first)]
            always = tuple(Dated(value.amount, Span(date.min, date.max)) for value in held)
            return replace(book, thresholds={**book.thresholds, iri: always})
    others = [r for r in book.requirements if str(r.iri) != about]
    old = [replace(r, span=after.period) for r in before.requirements if str(r.iri) == about]
    return replace(book, requirements=(*others, *old))
