"""The rules of the procedures that read an amount: its ranges on a day, the days they change, what to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import cache

from rdflib import URIRef

from montages.knowledge.buckets import Bucket, buckets
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import Bound, Clause, Requirement
from montages.knowledge.model import Criterion
from montages.knowledge.periods import Rules, change_dates, rules_at
from montages.knowledge.rulebook import rulebook

_CENT = Decimal("0.01")


@cache
def amount_criterion() -> Criterion:
    """Return the criterion that the gates of procedures compare with thresholds."""
    book = rulebook()
    return next(
        book.criteria[requirement.own.criterion]
        for requirement in book.requirements
        if book.arrangements[requirement.arrangement].kind == "procedure"
        and any(isinstance(bound.limit, URIRef) for bound in requirement.own.bounds)
    )


def procedure_gates(rules: Rules) -> Iterator[Requirement]:
    """Yield the gates of the procedures in force, each once."""
    procedures = (a.slug for a in rules.arrangements.values() if a.kind == "procedure")
    gates = {r.slug: r for slug in procedures for r in rules.effective(slug) if r.hard}
    yield from gates.values()


def amount_clauses(rules: Rules) -> tuple[Clause, ...]:
    """Return the clauses on the amount that gates and duties of procedures read."""
    procedures = [a.slug for a in rules.arrangements.values() if a.kind == "procedure"]
    read = {r.slug: r for slug in procedures for r in rules.effective(slug) if not r.soft}
    clauses = (clause for requirement in read.values() for clause in requirement.clauses())
    name = amount_criterion().slug
    return tuple(dict.fromkeys(c for c in clauses if c.criterion == name and c.bounds))


def amount_bounds(rules: Rules) -> tuple[Bound, ...]:
    """Return the bounds of those clauses, each once."""
    return tuple(dict.fromkeys(b for clause in amount_clauses(rules) for b in clause.bounds))


def amount_ranges(rules: Rules) -> tuple[Bucket, ...]:
    """Return the ranges of amounts that the rules of procedures tell apart, lowest first."""
    known = ((bound.side, rules.limit(bound)) for bound in amount_bounds(rules))
    cuts = [(side, limit) for side, limit in known if limit is not None]
    return buckets(amount_criterion(), cuts)


def amount_within(span: Bucket) -> Decimal:
    """Return an amount of a range: its lowest one, to the cent."""
    if span.low is None:
        return _CENT
    number, after = span.low
    return number + _CENT if after else number


def bucket_of(amount: Decimal, spans: Iterable[Bucket]) -> Bucket:
    """Return the range that an amount lies in, of ranges that leave out none, lowest first."""
    return [s for s in spans if s.low is None or amount_within(s) <= amount][-1]


@cache
def law_days() -> tuple[date, ...]:
    """Return the days from which the rules of procedures, or an amount they read, may be others."""
    book = rulebook()
    first = min(a.span.first for a in book.arrangements.values() if a.kind == "procedure")
    days: list[date] = []
    before: object = None
    for day in change_dates(book):
        if day < first:
            continue
        rules = rules_at(day)
        now = (
            tuple((b.side, b.limit, rules.limit(b)) for b in amount_bounds(rules)),
            tuple(gate.version for gate in procedure_gates(rules)),
        )
        if now != before:
            days.append(day)
            before = now
    return tuple(days)


@cache
def amount_questions(rules: Rules) -> tuple[tuple[Criterion, ...], tuple[Criterion, ...]]:
    """Return the questions that say which threshold counts, and the others that bear on procedures."""
    name = amount_criterion().slug
    gates = list(procedure_gates(rules))
    compared = [gate for gate in gates if gate.own.bounds]
    first = _questions({c.criterion for gate in compared for c in gate.clauses()} - {name}, rules)
    every = _questions({c.criterion for gate in gates for c in gate.clauses()} - {name}, rules)
    return first, tuple(c for c in every if c not in first)


def _questions(names: set[str], rules: Rules) -> tuple[Criterion, ...]:
    """Return the questions that tell some criteria and are asked of everybody, in author order."""
    bearing = (rules.criteria[n] for n in asking_order(tuple(sorted(names)), rules))
    asked = {c.slug: c for c in bearing if c.answer_origin == "Asked"}
    return tuple(sorted(asked.values(), key=lambda c: c.order))
