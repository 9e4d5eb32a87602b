"""What each procedure is for a purchase, range of amounts by range, in each period of the law (R25, R37)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise

from rdflib import URIRef

from montages.assessment.arrangement_verdict import ArrangementVerdict
from montages.assessment.check import DutyResult
from montages.assessment.procedures import procedures
from montages.assessment.verdict.answers import stated
from montages.assessment.verdict.judgement import unit_verdict
from montages.engine.units import Unit
from montages.knowledge import logic
from montages.knowledge.buckets import Bucket, buckets
from montages.knowledge.entailment import asking_order
from montages.knowledge.law import FOREVER, Bound, Clause, Duty, Requirement, Span
from montages.knowledge.logic import Answer, DutyState, ProcedureVerdict
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


@dataclass(frozen=True)
class ProcedureStanding:
    """What a procedure is at an amount on a day; `waits`: on a threshold that has no known value then.

    `duties` are what surely is to be done by it where it is open.
    """

    slug: str
    verdict: ProcedureVerdict
    waits: bool = False
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class AmountBand:
    """A range of amounts, with what each procedure is anywhere in it."""

    span: Bucket
    standings: tuple[ProcedureStanding, ...]

    def standing(self, slug: str) -> ProcedureStanding | None:
        """Return what a procedure is, None for one that is not in force."""
        return next((s for s in self.standings if s.slug == slug), None)


@dataclass(frozen=True)
class LawPeriod:
    """The days between two changes of the rules of procedures, with their ranges of amounts, lowest first."""

    span: Span
    bands: tuple[AmountBand, ...]

    def band_of(self, amount: Decimal) -> AmountBand:
        """Return the range that an amount lies in."""
        span = bucket_of(amount, (band.span for band in self.bands))
        return next(band for band in self.bands if band.span is span)


@dataclass(frozen=True)
class ProcedureTimeline:
    """The periods of the law, earliest first; the last one has no known end."""

    periods: tuple[LawPeriod, ...]

    def period_of(self, day: date) -> LawPeriod | None:
        """Return the period of a day, None for one before the first."""
        return next((p for p in self.periods if p.span.holds(day)), None)


def procedure_timeline(unit: Unit) -> ProcedureTimeline:
    """Return what each procedure is for a purchase, each range of each period judged once."""
    days = law_days()
    ends = [after - timedelta(days=1) for _, after in pairwise(days)] + [FOREVER]
    periods = []
    for first, last in zip(days, ends, strict=True):
        rules = rules_at(first)
        bands = (
            AmountBand(span, standings(_procedures_at(unit, amount_within(span), rules)))
            for span in amount_ranges(rules)
        )
        periods.append(LawPeriod(Span(first, last), tuple(bands)))
    return ProcedureTimeline(tuple(periods))


def standings(verdicts: Iterable[ArrangementVerdict]) -> tuple[ProcedureStanding, ...]:
    """Return what each procedure is among the verdicts on a purchase, lightest first."""
    name = amount_criterion().slug
    ordered = sorted(verdicts, key=lambda r: r.arrangement.order)
    return tuple(
        ProcedureStanding(
            result.arrangement.slug,
            result.procedure,
            any(term.criterion == name and not term.to for term in result.to_verify),
            ()
            if result.procedure is ProcedureVerdict.CLOSED
            else tuple(duty.requirement.slug for duty in result.duties),
        )
        for result in ordered
        if result.procedure is not None
    )


@dataclass(frozen=True, eq=False)
class _PricedResult(ArrangementVerdict):
    """What an arrangement is for a purchase of an amount; `due` is what surely is to be done by it."""

    due: tuple[DutyResult, ...] = ()

    @property
    def duties(self) -> tuple[DutyResult, ...]:
        """Return what surely is to be done."""
        return self.due


def _procedures_at(unit: Unit, amount: Decimal, rules: Rules) -> tuple[ArrangementVerdict, ...]:
    """Return what the procedures of a purchase of an amount are under the rules of a day, lightest first.

    Its other answers stay. The judge of verdicts says it, from the answers as they are: the rules of a day
    need not be compiled for the engine, which takes seconds.
    """
    name = amount_criterion().slug
    within = bucket_of(amount, rules.buckets[name])
    answer = Answer(frozenset({within.slug}), state="explicit", number=amount)
    priced = replace(unit, answers={**unit.answers, name: answer})
    answers = stated(priced.answers, rules)
    results = [
        _PricedResult(
            arrangement,
            unit_verdict(arrangement.slug, answers, rules),
            due=tuple(
                DutyResult(duty, DutyState.DUE)
                for duty in rules.effective(arrangement.slug)
                if isinstance(duty, Duty)
                and logic.duty_state(duty, priced.answers, rules) is DutyState.DUE
            ),
        )
        for arrangement in rules.proposed()
        if arrangement.kind in ("contract", "procedure")
    ]
    return procedures(results, answers.bits, rules)


# In place of a procedure: what is not answered decides, a threshold is not known, or none is open.
DEPENDS, UNKNOWN, NONE = "depends", "unknown", "none"


def enough_of(band: AmountBand, family: Sequence[str]) -> str:
    """Return the procedure of a family that suffices in a range, or why none can be named."""
    members = [s for s in band.standings if s.slug in family]
    for standing in members:
        if standing.verdict is ProcedureVerdict.SUFFICIENT:
            return standing.slug
    if any(standing.waits for standing in members):
        return UNKNOWN
    closed = all(standing.verdict is ProcedureVerdict.CLOSED for standing in members)
    return NONE if closed else DEPENDS
