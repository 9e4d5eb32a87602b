"""What a change of the law moves: for how many coherent descriptions, and the shortest one.

Counted on the verdict diagram, as `montages rules diff` does, between the law of the day and the same without
that one change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from montages.bilingual import Text
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Span
from montages.knowledge.model import Dated, Rulebook
from montages.knowledge.periods import Rules, rules_at
from montages.quality.checks.counted_descriptions import description_text
from montages.quality.rules_diff import verdict_shares
from montages_reference.change_events import ChangeEvent


@dataclass(frozen=True)
class Share:
    """A set-up whose verdict moves: for how many coherent descriptions, and the shortest one, in words."""

    arrangement: str
    moved: int
    total: int
    smallest: Mapping[str, tuple[str, ...]]
    words: Text
    before: str
    after: str

    def to_json(self) -> dict[str, Any]:
        """Return the share as JSON: whole numbers of so many digits travel as text."""
        return {
            "contract": self.arrangement,
            "share": self.moved / self.total,
            "moved": str(self.moved),
            "descriptions": str(self.total),
            "smallest": {name: list(values) for name, values in self.smallest.items()},
            "before": self.before,
            "after": self.after,
        }


def shares_of(event: ChangeEvent) -> tuple[Share, ...]:
    """Return the set-ups whose verdict a change moves, none for one that decides nothing.

    Worked out once for each state of the knowledge, then kept: two seconds each.
    """
    decides = event.kind != "release" and set(event.rules) & _gates(event.day)
    return _shares(event.name, event.day, str(event.about)) if decides else ()


def _gates(day: date) -> set[str]:
    """Return the requirements that decide, on a day or the day before."""
    both = (rules_at(day - timedelta(days=1)), rules_at(day))
    return {r.slug for rules in both for r in rules.requirements if r.hard or r.closes_if}


@disk_cache
def _shares(name: str, day: date, about: str) -> tuple[Share, ...]:
    """Return the set-ups whose verdict one change moves, the most first; `name` tells the change apart."""
    after = rules_at(day)
    before = Rules(_without(about, rules_at(day - timedelta(days=1)), after), after.period)
    both = verdict_shares(before, after)
    return tuple(
        Share(
            share.arrangement.slug,
            share.moved,
            share.total,
            dict(share.smallest),
            _plain(description_text(share.smallest, both.rules)),
            share.before.value,
            share.after.value,
        )
        for share in both.moving
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


def _plain(text: Text) -> Text:
    return Text(text.fr, text.en)
