"""One amount on one day: what each procedure is, and what switches above, below and later (R37)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from rdflib import URIRef

from montages.advice.thresholds.procedure_timeline import (
    AmountBand,
    LawPeriod,
    ProcedureStanding,
    ProcedureTimeline,
    amount_clauses,
)
from montages.knowledge.buckets import CUT_OF_SIDE, Cut
from montages.knowledge.law import Duty, Requirement
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.periods import Rules, rules_at


@dataclass(frozen=True)
class ProcedureMove:
    """A procedure that becomes another thing; `waits`: on a threshold that is not known there."""

    slug: str
    before: ProcedureVerdict
    after: ProcedureVerdict
    waits: bool = False


@dataclass(frozen=True)
class AmountStep:
    """A limit at which something switches: its cut, the thresholds there, what moves, what is to be done.

    `gates` are the rules that read the limit for what moves; `begins` and `ends` the duties.
    """

    cut: Cut
    thresholds: tuple[URIRef, ...]
    moves: tuple[ProcedureMove, ...]
    gates: tuple[Requirement, ...]
    begins: tuple[Duty, ...]
    ends: tuple[Duty, ...]


@dataclass(frozen=True)
class LawStep:
    """A day from which something is other at the same amount."""

    day: date
    moves: tuple[ProcedureMove, ...]


@dataclass(frozen=True)
class AmountPoint:
    """One amount on one day; the nearest switches above and below, the next ones in time."""

    amount: Decimal
    day: date
    above: AmountStep | None
    below: AmountStep | None
    later: tuple[LawStep, ...]


def amount_point(amount: Decimal, day: date, timeline: ProcedureTimeline) -> AmountPoint | None:
    """Return what switches around an amount on a day, None before the first day covered."""
    period = timeline.period_of(day)
    if period is None:
        return None
    rules, here = rules_at(day), period.band_of(amount)
    place = period.bands.index(here)
    return AmountPoint(
        amount,
        day,
        _next_step(here, period.bands[place + 1 :], rules, up=True),
        _next_step(here, reversed(period.bands[:place]), rules, up=False),
        tuple(_later(amount, here, timeline, period)),
    )


def _next_step(
    here: AmountBand, bands: Iterable[AmountBand], rules: Rules, *, up: bool
) -> AmountStep | None:
    """Return the limit of the first of some ranges in which something is other, None where all is alike."""
    there = next((band for band in bands if band.standings != here.standings), None)
    if there is None:
        return None
    cut = there.span.low if up else there.span.high
    assert cut is not None
    moves = moved(here.standings, there.standings)
    at_cut = {
        clause
        for clause in amount_clauses(rules)
        for bound in clause.bounds
        if (rules.limit(bound), CUT_OF_SIDE[bound.side]) == cut
    }
    limits = {b.limit for c in at_cut for b in c.bounds if rules.limit(b) == cut[0]}
    gates = {
        gate.slug: gate
        for move in moves
        for gate in rules.effective(move.slug)
        if gate.hard and at_cut & set(gate.clauses())
    }
    before, after = _duties(here, rules), _duties(there, rules)
    return AmountStep(
        cut,
        tuple(sorted(limit for limit in limits if isinstance(limit, URIRef))),
        moves,
        tuple(gates.values()),
        tuple(d for slug, d in after.items() if slug not in before and at_cut & set(d.clauses())),
        tuple(d for slug, d in before.items() if slug not in after and at_cut & set(d.clauses())),
    )


def _duties(band: AmountBand, rules: Rules) -> dict[str, Duty]:
    """Return the duties of what is open in a range."""
    slugs = {slug for standing in band.standings for slug in standing.duties}
    return {d.slug: d for d in rules.requirements if isinstance(d, Duty) and d.slug in slugs}


def moved(
    before: Iterable[ProcedureStanding], after: Iterable[ProcedureStanding]
) -> tuple[ProcedureMove, ...]:
    """Return the procedures that are another thing after than before, in their order."""
    then = {standing.slug: standing for standing in before}
    return tuple(
        ProcedureMove(standing.slug, then[standing.slug].verdict, standing.verdict, standing.waits)
        for standing in after
        if standing.slug in then and then[standing.slug].verdict is not standing.verdict
    )


def _later(
    amount: Decimal, here: AmountBand, timeline: ProcedureTimeline, period: LawPeriod
) -> Iterable[LawStep]:
    """Yield the days to come from which a procedure is another thing at the same amount."""
    before = here
    for later in timeline.periods[timeline.periods.index(period) + 1 :]:
        band = later.band_of(amount)
        moves = moved(before.standings, band.standings)
        if moves:
            yield LawStep(later.span.first, moves)
        before = band
