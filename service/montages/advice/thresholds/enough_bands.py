"""Which procedure of a family suffices, range by range of the amounts of a period (R37)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from montages.advice.thresholds.procedure_timeline import AmountBand, LawPeriod
from montages.knowledge.buckets import Bucket
from montages.knowledge.logic import ProcedureVerdict

# In place of a procedure: what is not answered decides, a threshold is not known, or none is open.
DEPENDS, UNKNOWN, NONE = "depends", "unknown", "none"


@dataclass(frozen=True)
class EnoughBand:
    """Neighbouring ranges in which the same suffices: a procedure, or `depends`, `unknown` or `none`."""

    what: str
    first: AmountBand
    last: AmountBand

    @property
    def span(self) -> Bucket:
        """Return the amounts of all of them."""
        span = self.first.span
        return Bucket(span.criterion, span.low, self.last.span.high, span.unit)


def enough_bands(period: LawPeriod, family: Sequence[str]) -> Iterator[EnoughBand]:
    """Yield what suffices among some procedures, lowest amounts first."""
    first = last = period.bands[0]
    for band in period.bands[1:]:
        if enough_of(band, family) != enough_of(first, family):
            yield EnoughBand(enough_of(first, family), first, last)
            first = band
        last = band
    yield EnoughBand(enough_of(first, family), first, last)


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
