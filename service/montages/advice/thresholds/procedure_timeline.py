"""What each procedure is for a purchase, range of amounts by range, in each period of the law (R25, R37)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from montages.advice.thresholds.amount_rules import (
    amount_criterion,
    amount_ranges,
    amount_within,
    bucket_of,
    law_days,
)
from montages.advice.thresholds.amount_verdicts import procedures_at
from montages.assessment.arrangement_result import ArrangementResult
from montages.engine.units import Unit
from montages.knowledge.buckets import Bucket
from montages.knowledge.logic import ProcedureVerdict
from montages.knowledge.model import FOREVER, Span
from montages.knowledge.periods import rules_at


@dataclass(frozen=True)
class ProcedureStanding:
    """What a procedure is at an amount on a day; `waits`: on a threshold that has no known value then.

    `attention` are the points of attention that go with it where it is open.
    """

    slug: str
    verdict: ProcedureVerdict
    waits: bool = False
    attention: tuple[str, ...] = ()


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
    return ProcedureTimeline(
        tuple(
            LawPeriod(
                Span(first, last),
                tuple(
                    AmountBand(span, standings(procedures_at(unit, amount_within(span), rules)))
                    for span in amount_ranges(rules)
                ),
            )
            for first, last in zip(days, ends, strict=True)
            for rules in (rules_at(first),)
        )
    )


def standings(verdicts: Iterable[ArrangementResult]) -> tuple[ProcedureStanding, ...]:
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
            else tuple(point.slug for point in result.attention),
        )
        for result in ordered
        if result.procedure is not None
    )
