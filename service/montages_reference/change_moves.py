"""What a change of the law moves: descriptions of the reference set, and the shortest one of all.

The reference set is the cases of the panel and the real projects, under the law of the day before and of the
day itself. Shares of all coherent descriptions, with the shortest, are counted on the verdict diagram, as
`montages rules diff` does, between the law of the day and the same without that one change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from montages.api import load
from montages.assessment.assessment import Assessment
from montages.bilingual import Text
from montages.description.description import Description
from montages.description.panel_description import panel_description
from montages.knowledge.files import library
from montages.knowledge.files.disk_cache import disk_cache
from montages.knowledge.law import Span
from montages.knowledge.model import Dated, Rulebook
from montages.knowledge.panel import panel
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


@dataclass(frozen=True)
class Moves:
    """What a change moves: which descriptions of the reference set, out of how many, and shares of all.

    `shortest` is the one of the reference set that says least, "" where none moves.
    """

    moved: tuple[str, ...]
    total: int
    shortest: str
    shares: tuple[Share, ...]


def moves_of(event: ChangeEvent) -> Moves:
    """Return what a change moves; worked out once for each state of the knowledge, then kept."""
    if event.kind == "release":
        return Moves((), 0, "", ())
    named, acting = reference_set(), set(event.rules)
    by_name = _moving(event.day, _reference_hash())
    moved = tuple(name for name, rules in by_name.items() if rules & acting)
    shortest = min(moved, key=lambda name: (len(named[name].facts), name), default="")
    decides = bool(acting & _gates(event.day))
    shares = _shares(event.name, event.day, str(event.about)) if decides else ()
    return Moves(moved, len(named), shortest, shares)


def _gates(day: date) -> set[str]:
    """Return the requirements that decide, on a day or the day before."""
    both = (rules_at(day - timedelta(days=1)), rules_at(day))
    return {r.slug for rules in both for r in rules.requirements if r.hard or r.closes_if}


@cache
def reference_set() -> dict[str, Description]:
    """Return the descriptions on which changes are tried: the cases of the panel, then the real projects."""
    read, projects = load().read, library.files("data/projects", "*.*")
    cases = {f"panel/{case.slug}": panel_description(case) for case in panel()}
    return cases | {path.stem: read(path) for path in projects}


@cache
def _reference_hash() -> str:
    digest = sha256(library.panel_hash().encode())
    for path in library.files("data/projects", "*.*"):
        digest.update(path.read_bytes())
    return digest.hexdigest()


@disk_cache
def _moving(day: date, reference: str) -> dict[str, frozenset[str]]:
    """Return the rules by which each description that moves does; `reference` tells the set apart."""
    before, after = _answered(day - timedelta(days=1)), _answered(day)
    moving = {}
    for name, (old, was) in before.items():
        new, now = after[name]
        rules = {slug for slug, _ in was ^ now}
        turned = [slug for slug in old if old[slug] != new.get(slug, old[slug])]
        if turned:
            rules |= _causes(reference_set()[name], turned, day)
        if rules:
            moving[name] = frozenset(rules)
    return moving


@cache
def _answered(day: date) -> dict[str, tuple[dict[str, str], frozenset[tuple[str, str]]]]:
    """Return the verdicts by set-up of each description, and the versions of the duties that are due."""
    named = reference_set()
    return {
        name: (
            {
                slug: verdict.verdict.value
                for slug, verdict in one.conclusions.explainer.project.reading.verdicts.items()
            },
            frozenset((duty.slug, str(duty.version)) for duty in one.answer.due),
        )
        for name, one in zip(named, _assessed(list(named.values()), day), strict=True)
    }


def _assessed(descriptions: list[Description], day: date) -> list[Assessment]:
    return load().assess_all(descriptions, as_of=day, anyway=True)


def _causes(description: Description, turned: list[str], day: date) -> set[str]:
    """Return the rules of some set-ups whose outcome differs between a day and the day before."""
    outcomes = [
        {
            (check.requirement.slug, check.outcome)
            for slug in turned
            if slug
            in one.conclusions.explainer.project.by_slug  # what some have in common has no checks
            for check in one.conclusions.verdict(slug).checks
        }
        for on in (day - timedelta(days=1), day)
        for one in _assessed([description], on)
    ]
    return {slug for slug, _ in outcomes[0] ^ outcomes[1]}


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
