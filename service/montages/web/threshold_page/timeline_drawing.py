"""The picture of a timeline: amounts upwards by powers of ten, days along, what suffices in each place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor, log10

from montages.advice.thresholds.amount_rules import amount_within
from montages.advice.thresholds.procedure_timeline import (
    EnoughBand,
    LawPeriod,
    ProcedureTimeline,
    enough_bands,
)
from montages.knowledge.law import FOREVER

_WIDTH, _HEIGHT = 440, 460
_LEFT, _RIGHT, _TOP, _BOTTOM = 50, 10, 26, 48
# After the last change of the law that is recorded, and after today, so much is drawn.
_AHEAD = timedelta(days=731)
# No amount is written in a place narrower than this, no name in one lower; closer days take two lines.
_WRITTEN, _LINE, _DAY = 30, 15, 74


@dataclass(frozen=True)
class DrawnBand:
    """A rectangle, with what suffices there and the limit at its foot, if it has one."""

    band: EnoughBand
    low: Decimal | None
    x: float
    y: float
    width: float
    height: float
    coming: bool


@dataclass(frozen=True)
class DrawnLabel:
    """An amount, a day or what suffices, written at a place."""

    x: float
    y: float
    amount: Decimal | None = None
    day: date | None = None
    what: str = ""


@dataclass(frozen=True)
class TimelineDrawing:
    """The picture of a family of procedures; `point` is where the amount and the day meet, if it is within.

    `coming` is from where on the law is that of days to come, `first` and `last` are the days at its edges,
    `low` and `high` its lowest and highest power of ten.
    """

    bands: tuple[DrawnBand, ...]
    decades: tuple[DrawnLabel, ...]
    limits: tuple[DrawnLabel, ...]
    names: tuple[DrawnLabel, ...]
    days: tuple[DrawnLabel, ...]
    today: float
    point: tuple[float, float] | None
    left: float = _LEFT
    right: float = _WIDTH - _RIGHT
    top: float = _TOP
    bottom: float = _HEIGHT - _BOTTOM
    width: float = _WIDTH
    height: float = _HEIGHT


@dataclass(frozen=True)
class TimelineScale:
    """Where amounts and days stand in the picture: its first and last day, its powers of ten."""

    first: date
    last: date
    low: int
    high: int

    def x(self, day: date) -> float:
        """Return where a day stands, at the edge where it is beyond."""
        share = (day - self.first).days / (self.last - self.first).days
        return round(_LEFT + min(max(share, 0), 1) * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, amount: Decimal) -> float:
        """Return how high an amount stands, at the edge where it is beyond."""
        share = (log10(max(amount, Decimal("0.01"))) - self.low) / (self.high - self.low)
        return round(_HEIGHT - _BOTTOM - min(max(share, 0), 1) * (_HEIGHT - _TOP - _BOTTOM), 1)


def timeline_scale(timeline: ProcedureTimeline, today: date) -> TimelineScale:
    """Return the scale that shows every limit and every change of the law."""
    limits = [b.span.low[0] for p in timeline.periods for b in p.bands if b.span.low]
    return TimelineScale(
        timeline.periods[0].span.first,
        max(timeline.periods[-1].span.first, today) + _AHEAD,
        floor(log10(min(limits))),
        ceil(log10(max(limits))),
    )


def timeline_drawing(
    timeline: ProcedureTimeline,
    family: Sequence[str],
    today: date,
    amount: Decimal | None,
    day: date,
) -> TimelineDrawing:
    """Return the picture of some procedures, with a point where an amount and a day are named."""
    scale = timeline_scale(timeline, today)
    bands = tuple(_bands(timeline, family, scale, today))
    within = amount is not None and scale.first <= day <= scale.last
    return TimelineDrawing(
        bands=bands,
        decades=tuple(
            DrawnLabel(_LEFT, scale.y(Decimal(10) ** power), amount=Decimal(10) ** power)
            for power in range(scale.low, scale.high + 1)
        ),
        limits=tuple(_limits(bands)),
        names=tuple(_names(bands)),
        days=tuple(_days(timeline.periods, scale)),
        today=scale.x(today),
        point=(scale.x(day), scale.y(amount)) if within and amount is not None else None,
    )


def _bands(
    timeline: ProcedureTimeline, family: Sequence[str], scale: TimelineScale, today: date
) -> Iterator[DrawnBand]:
    for period in timeline.periods:
        span = period.span
        end = scale.last if span.last == FOREVER else span.last + timedelta(days=1)
        left, right = scale.x(span.first), scale.x(end)
        for band in enough_bands(period, family):
            low = amount_within(band.first.span) if band.first.span.low else None
            high = band.last.span.high
            bottom = _HEIGHT - _BOTTOM if low is None else scale.y(low)
            top = _TOP if high is None else scale.y(high[0])
            width, height = round(right - left, 1), round(bottom - top, 1)
            yield DrawnBand(band, low, left, top, width, height, span.first > today)


def _limits(bands: Sequence[DrawnBand]) -> Iterator[DrawnLabel]:
    """Yield the limits to write: in each place that is wide enough, unless the one before has the same."""
    before: set[Decimal] = set()
    here: set[Decimal] = set()
    x = bands[0].x
    for band in bands:
        if band.x != x:
            before, here, x = here or before, set(), band.x
        if band.low is not None and band.width >= _WRITTEN:
            here.add(band.low)
            if band.low not in before:
                yield DrawnLabel(band.x + 3, band.y + band.height - 3, amount=band.low)


def _names(bands: Sequence[DrawnBand]) -> Iterator[DrawnLabel]:
    """Yield what suffices, written once where all places of it in a row leave room."""
    for what in dict.fromkeys(band.band.what for band in bands):
        places = [b for b in bands if b.band.what == what]
        top = max(b.y for b in places)
        bottom = min(b.y + b.height for b in places)
        if bottom - top >= _LINE:
            left, right = min(b.x for b in places), max(b.x + b.width for b in places)
            yield DrawnLabel((left + right) / 2, (top + bottom) / 2 + 4, what=what)


def _days(periods: Sequence[LawPeriod], scale: TimelineScale) -> Iterator[DrawnLabel]:
    """Yield the days from which the law changes, on two lines where they are close."""
    last, line = -float(_WIDTH), 0
    for period in periods:
        x = scale.x(period.span.first)
        line = 1 - line if x - last < _DAY else 0
        yield DrawnLabel(x, _HEIGHT - _BOTTOM + _LINE * (1 + line), day=period.span.first)
        last = x
