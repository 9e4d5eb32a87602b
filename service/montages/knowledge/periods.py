"""The rulebook at one date: which rules are in force, and what their thresholds are worth (R25)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property, lru_cache

from rdflib import URIRef

from montages.knowledge.buckets import Bucket, buckets
from montages.knowledge.law import FOREVER, Bound, Clause, Requirement, Span
from montages.knowledge.model import Arrangement, Attention, Criterion, Presumption, Rulebook
from montages.knowledge.rulebook import rulebook
from montages.one_line import OneLine


def change_dates(book: Rulebook) -> tuple[date, ...]:
    """Return the days on which something starts or stops being in force, earliest first."""
    spans = [r.span for r in book.requirements] + [a.span for a in book.attentions]
    spans += [a.span for a in book.arrangements.values()]
    spans += [p.span for p in book.presumptions]
    spans += [dated.span for values in book.thresholds.values() for dated in values]
    days = {span.first for span in spans}
    days |= {span.last + timedelta(days=1) for span in spans if span.last != FOREVER}
    return tuple(sorted(days - {date.min}))


def period(book: Rulebook, day: date) -> Span:
    """Return the longest span around `day` in which nothing changes."""
    days = change_dates(book)
    first = max((d for d in days if d <= day), default=date.min)
    following = min((d for d in days if d > day), default=None)
    return Span(first, following - timedelta(days=1) if following else FOREVER)


@dataclass(frozen=True, eq=False)
class Rules(OneLine):
    """The rulebook in force during one period, thresholds resolved and numbers cut into buckets.

    `cuts` are bounds by which numbers are cut beside those that the rules read.
    """

    book: Rulebook
    period: Span
    cuts: Mapping[str, frozenset[tuple[str, Decimal]]] = field(default_factory=dict)

    @cached_property
    def arrangements(self) -> dict[str, Arrangement]:
        """Return the arrangements in force, by slug, in display order."""
        return {s: a for s, a in self.book.arrangements.items() if a.span.holds(self.period.first)}

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """Return the requirement versions in force whose arrangement is in force too."""
        return tuple(
            r
            for r in self.book.requirements
            if r.span.holds(self.period.first) and r.arrangement in self.arrangements
        )

    @cached_property
    def attentions(self) -> tuple[Attention, ...]:
        """Return the points of attention in force."""
        return tuple(a for a in self.book.attentions if a.span.holds(self.period.first))

    @cached_property
    def presumptions(self) -> tuple[Presumption, ...]:
        """Return the presumptions in force."""
        return tuple(p for p in self.book.presumptions if p.span.holds(self.period.first))

    def limit(self, bound: Bound) -> Decimal | None:
        """Return the number a bound stands for, None where its threshold has no known value then."""
        if isinstance(bound.limit, Decimal):
            return bound.limit
        values = self.book.thresholds.get(bound.limit, ())
        return next((d.amount for d in values if d.span.holds(self.period.first)), None)

    @cached_property
    def bounds(self) -> dict[str, set[tuple[str, Decimal]]]:
        """Return the bounds that numeric criteria are cut by: side and limit."""
        bounds: dict[str, set[tuple[str, Decimal]]] = {
            c.slug: set(self.cuts.get(c.slug, ()))
            for c in self.book.criteria.values()
            if c.numeric_property
        }
        readers = [*(r.clauses() for r in self.requirements)]
        readers += [w.clauses for d in self.book.definitions for w in d.when]
        readers += [a.clauses for a in self.attentions]
        for clause in (clause for clauses in readers for clause in clauses):
            for bound in clause.bounds:
                limit = self.limit(bound)
                if limit is not None:
                    bounds[clause.criterion].add((bound.side, limit))
        return bounds

    @cached_property
    def buckets(self) -> dict[str, tuple[Bucket, ...]]:
        """Return the buckets of each numeric criterion, cut by every bound in force."""
        criteria = self.book.criteria
        return {slug: buckets(criteria[slug], sorted(cuts)) for slug, cuts in self.bounds.items()}

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Return the criteria in author order, numeric ones with their buckets as values."""
        return {
            slug: replace(c, values=tuple(b.value() for b in self.buckets[slug]))
            if c.numeric_property
            else c
            for slug, c in self.book.criteria.items()
        }

    def range_of(self, criterion: str, number: Decimal) -> frozenset[str]:
        """Return the bucket that a number lies in, by its slug."""
        return frozenset(b.slug for b in self.buckets[criterion] if b.holds(number))

    def accepted(self, clause: Clause) -> frozenset[str] | None:
        """Return the value slugs a clause accepts, None where a threshold is unknown at that date."""
        return _accepted(self, clause)

    def rejected(self, clause: Clause) -> frozenset[str]:
        """Return the value slugs a clause rejects: the rest of the criterion's list."""
        return _rejected(self, clause)

    def own(self, slug: str) -> tuple[Requirement, ...]:
        """Return the requirements stated for an arrangement itself."""
        return tuple(r for r in self.requirements if r.arrangement == slug)

    def effective(self, slug: str) -> tuple[Requirement, ...]:
        """Return all requirements of an arrangement: its own and the inherited ones (R3).

        Hard ones add up; an own requirement on a criterion replaces an inherited soft one.
        """
        return _effective(self, slug)

    def lineage(self, slug: str) -> tuple[str, ...]:
        """Return an arrangement and all it specialises, nearest first."""
        return _lineage(self, slug)

    def proposed(self) -> tuple[Arrangement, ...]:
        """Return what can be proposed: every arrangement of the book that is not abstract."""
        return tuple(a for a in self.book.arrangements.values() if not a.abstract)


@cache
def _accepted(rules: Rules, clause: Clause) -> frozenset[str] | None:
    if not clause.bounds:
        return clause.accepts
    limits = [(bound.side, rules.limit(bound)) for bound in clause.bounds]
    if any(limit is None for _, limit in limits):
        return None
    return frozenset(
        bucket.slug
        for bucket in rules.buckets[clause.criterion]
        if all(bucket.within(side, limit) for side, limit in limits if limit is not None)
    )


@cache
def _rejected(rules: Rules, clause: Clause) -> frozenset[str]:
    accepted = rules.accepted(clause)
    if accepted is None:
        return frozenset()
    return frozenset(v.slug for v in rules.criteria[clause.criterion].values) - accepted


@cache
def _effective(rules: Rules, slug: str) -> tuple[Requirement, ...]:
    own = rules.own(slug)
    settled = {r.own.criterion for r in own}
    inherited: dict[URIRef, Requirement] = {}
    for parent in rules.book.arrangements[slug].parents:
        for requirement in rules.effective(parent):
            if not requirement.soft or requirement.own.criterion not in settled:
                inherited[requirement.version] = requirement
    return (*own, *(r for r in inherited.values()))


@cache
def _lineage(rules: Rules, slug: str) -> tuple[str, ...]:
    names = [slug]
    for name in names:
        names += [p for p in rules.book.arrangements[name].parents if p not in names]
    return tuple(names)


@cache
def _rules(span: Span) -> Rules:
    return Rules(rulebook(), span)


@lru_cache(maxsize=1024)
def rules_at(day: date) -> Rules:
    """Return the shipped rules in force on a day; the same object for every day of one period."""
    return _rules(period(rulebook(), day))
